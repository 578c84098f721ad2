#pragma once
/// \file
/// The claims of the methods of chapter 3, by kind: error-compensated, delayed, without feedback.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "verify/claims/averaged_study.hpp"
#include "verify/claims/delay_study.hpp"
#include "verify/claims/scheme_claims.hpp"
#include "verify/claims/scheme_models.hpp"
#include "verify/claims/scheme_states.hpp"

namespace touchstone::inline v0 {

/// The cases of an error-compensated method that its row is checked on.
template <class Method>
[[nodiscard]] SchemeCases<Method> row_cases(SetUp<Method, Contracting> set_up,
                                            const std::vector<QuadraticShape>& shapes) {
  return states_of<Method>(with_every_sparsity<TopK>(set_up, shapes));
}

/// The claim that an error-compensated method has its row. `more` are further mutants of it.
template <class Method>
void add_compensated_row(std::vector<Claim>& all, const MethodNames& names,
                         const std::vector<std::string>& constants, SetUp<Method, Contracting> set_up,
                         const std::vector<QuadraticShape>& shapes, const SchemeMutants& more = {}) {
  const SchemeCases<Method> rows = row_cases<Method>(set_up, shapes);
  const SchemeMutants wrong = scheme_mutants<Method>(rows, with_wrong_constants<Method>(constants));
  all.push_back(with_kernel(
      assumption_claim(names, {scheme_lines_check(scheme_instances<Method>(rows), joined(wrong, more))}),
      kernel_cases<Method>(rows)));
}

/// The claims of an error-compensated method: with TopK and, for exact second moments, with unscaled RandK. `more` are mutants
/// of the row.
template <class Method>
void add_compensated(std::vector<Claim>& all, const MethodNames& names, const std::vector<std::string>& constants,
                     SetUp<Method, Contracting> set_up, const std::vector<QuadraticShape>& shapes,
                     const SchemeMutants& more = {}) {
  const MethodsOn<Method> affine = with_every_sparsity<RandKUnscaled>(set_up, shapes);
  const MethodsOn<Method> top = with_every_sparsity<TopK>(set_up, shapes);
  add_compensated_row<Method>(all, names, constants, set_up, shapes, more);
  all.push_back(lyapunov_claim(
      names, {scheme_check<Method>(scheme_one_step_check, states_of<Method>(top), memory_mutants<Method>()),
              scheme_check<Method>(scheme_all_states_check, stepsizes_of<Method>(affine), too_good<Method>())}));
  all.push_back(
      rate_claim(names, {scheme_check<Method>(scheme_rate_check, runs_of<Method>(affine), too_fast<Method>(), 300),
                         scheme_check<Method>(scheme_path_check, runs_of<Method>(top), uphill<Method>(), 6)}));
  const SchemeCases<Method> averaged = averaged_runs<Method>([set_up, shape = shapes.back()](Seeded& random) {
    return with_one_kept<RandKUnscaled, Method>(set_up, steep_and_flat(random, {2, shape.n, shape.m}), random);
  });
  all.push_back(
      average_claim(names, averaged_checks<Method>(averaged_moments_check, averaged, uphill<Method>(), 200)));
}

/// The claims of a delayed method, and without delay those of the method that is not delayed.
template <class Method>
void add_delayed(std::vector<Claim>& all, const MethodNames& names, const std::vector<std::string>& constants,
                 SetUp<Method, Index> set_up,
                 const std::vector<QuadraticShape>& shapes = {{1, 1, 2}, {2, 1, 2}, {2, 2, 2}}) {
  const MethodsOn<Method> late = with_delays<Method>(set_up, shapes, {1, 2});
  const MethodsOn<Method> any = with_delays<Method>(set_up, shapes, {0, 1, 2});
  VariationList<Method> wrong_row = with_wrong_constants<Method>(constants);
  wrong_row.push_back({"one choice for all workers", {.shared_choices = true}});
  all.push_back(with_kernel(
      assumption_claim(names, {scheme_check<Method>(scheme_lines_check, states_of<Method>(any), wrong_row)}),
      kernel_cases<Method>(states_of<Method>(any))));
  all.push_back(lyapunov_claim(
      names, {scheme_check<Method>(scheme_one_step_check, states_of<Method>(late), delay_mutants<Method>()),
              scheme_check<Method>(scheme_all_states_check, stepsizes_of<Method>(any), too_good<Method>())}));
  all.push_back(
      rate_claim(names, {scheme_check<Method>(scheme_rate_check, runs_of<Method>(any), too_fast<Method>(), 300)}));
  const auto run = [set_up](const std::vector<Index>& taus, const std::vector<QuadraticShape>& of) {
    return runs_in_expectation<Method>([=](Seeded& random) {
      const std::vector<NamedQuadratic> instances = random_instances(random, of);
      return with_delays_on<Method>(set_up, instances, taus, random);
    });
  };
  const VariationList<Method> wrong = joined(longer_delay<Method>(), delay_mutants<Method>());
  all.push_back(
      expectation_claim(names, {delay_check_of<Method>(run({1, 2, 3, 5}, {{1, 2, 2}}), wrong, 120),
                                delay_check_of<Method>(run({1, 3}, {{2, 2, 1}}), longer_delay<Method>(), 120)}));
}

/// The claim about the average of a delayed method.
template <class Method>
void add_delayed_average(std::vector<Claim>& all, const MethodNames& names, SetUp<Method, Index> set_up) {
  const SchemeCases<Method> averaged = averaged_runs<Method>([set_up](Seeded& random) {
    return with_delays_on<Method>(set_up, steep_and_flat(random, {2, 2, 2}), {1, 3}, random);
  });
  all.push_back(
      average_claim(names, averaged_checks<Method>(averaged_moments_check, averaged, uphill<Method>(), 200)));
}

/// The claims of a method without feedback whose step is affine; model(case) is what the symbols of its kernel row are.
template <class Method>
void add_error_free(std::vector<Claim>& all, const MethodNames& names, const std::vector<std::string>& constants,
                    const MethodsOn<Method>& methods,
                    std::function<proofs::kernel::Model(const SchemeCase<Method>&)> model) {
  all.push_back(
      with_kernel(assumption_claim(names, {scheme_check<Method>(scheme_lines_check, states_of<Method>(methods),
                                                                with_wrong_constants<Method>(constants))}),
                  kernel_cases<Method>(states_of<Method>(methods), std::move(model))));
  all.push_back(lyapunov_claim(
      names, {scheme_check<Method>(scheme_one_step_check, states_of<Method>(methods), summed<Method>()),
              scheme_check<Method>(scheme_all_states_check, stepsizes_of<Method>(methods), uphill<Method>())}));
  all.push_back(rate_claim(
      names, {scheme_check<Method>(scheme_rate_check, runs_of<Method>(methods), too_fast<Method>(), 300)}));
}

}  // namespace touchstone::inline v0
