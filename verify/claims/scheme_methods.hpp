#pragma once
/// \file
/// Cases of the methods of chapter 3: states, constants of an instance, and what is done wrong in more than one of them.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/scheme.hpp"
#include "touchstone/methods/sampling.hpp"
#include "verify/claims/averaged_study.hpp"
#include "verify/claims/delay_study.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/scheme_claims.hpp"
#include "verify/claims/scheme_models.hpp"
#include "verify/claims/scheme_study.hpp"

namespace touchstone::inline v0 {

/// zeta = (1/n) sum_i |grad f_i(x*)|^2
[[nodiscard]] inline Rational gradient_noise(const NamedQuadratic& on) {
  return mean_square(worker_gradients(on.f, on.x_star));
}

/// (1/n) sum_i E|ghat_i - grad f_i(x)|^2 at x* for a way to obtain gradients that remembers nothing.
template <class Gradient>
[[nodiscard]] Rational variance_at_solution(const Gradient& gradient, const NamedQuadratic& on) {
  Rational sum(0);
  for (Index i = 0; i < on.f.workers(); ++i)
    sum += expectation<Rational>([&](auto& random) {
      return Rational(
          (gradient.gradient(on.f, i, on.x_star, random.worker(i)) - on.f.gradient(i, on.x_star)).squaredNorm());
    });
  return sum / on.f.workers();
}

/// max_ij L_ij/(m_i p_ij): the expected smoothness of a single element drawn with probability p_ij.
[[nodiscard]] inline Rational expected_smoothness(const SampledByWorkers<SingleElement<Rational>>& by,
                                                  const Quadratic<Rational>& f) {
  Rational largest(0);
  for (Index i = 0; i < f.workers(); ++i)
    for (Index j = 0; j < f.components(i); ++j) {
      const auto row = static_cast<std::size_t>(i);
      const auto column = static_cast<std::size_t>(j);
      largest = std::max(
          largest, Rational(f.constants().L_ij[row][column] / (f.components(i) * by.samplings[row].p[column])));
    }
  return largest;
}

/// A single element with random probabilities on every worker.
[[nodiscard]] inline SampledByWorkers<SingleElement<Rational>> random_samplings(Seeded& random,
                                                                                const Quadratic<Rational>& f) {
  SampledByWorkers<SingleElement<Rational>> all;
  for (Index i = 0; i < f.workers(); ++i) all.samplings.push_back({random_probabilities(random, f.components(i))});
  return all;
}

/// Where V vanishes: x*, no errors, nothing delayed, h_i = grad f_i(x*), w_i = x*.
template <class Method>
[[nodiscard]] typename Method::State solution_of(const Method& method, const NamedQuadratic& on) {
  typename Method::State s = method.initial(on.f, on.x_star);
  if constexpr (LearnsShifts<typename Method::State>) s.h = worker_gradients(on.f, on.x_star);
  return s;
}

/// Parts of a state that are not at their fixed point.
struct Off {
  bool x = false, errors = false, shifts = false, references = false;
  bool far = false;  ///< x = x* + (10, ..., 10): noise does not count
};

template <class Method>
[[nodiscard]] typename Method::State state_off(const Method& method, const NamedQuadratic& on, Seeded& random,
                                               const Off& off) {
  using State = typename Method::State;
  State s = solution_of(method, on);
  const Index n = on.f.workers();
  const Index d = on.f.dimension();
  if (off.x) s.x = random_vector(random, d);
  if (off.far) s.x += Vector<Rational>::Constant(d, Rational(10));
  if constexpr (RemembersErrors<State>)
    if (off.errors) s.e = random_vectors(random, n, d);
  if constexpr (RemembersDelayed<State>)
    if (off.errors) s.delayed = random_vectors(random, static_cast<Index>(s.delayed.size()), d);
  if constexpr (LearnsShifts<State>)
    if (off.shifts) s.h = random_vectors(random, n, d);
  if constexpr (RemembersReferences<State>)
    if (off.references) s.w = random_vectors(random, n, d);
  return with_coordinates(method, on.f, s, coordinates<Rational>(s));
}

/// The method at `share` of the largest stepsize with theta >= 0.
template <class Method>
[[nodiscard]] SchemeCase<Method> scheme_case(const NamedQuadratic& on, Method method, SchemeTheorem theorem,
                                             const Rational& share, const typename Method::State& state,
                                             const std::string& where) {
  theorem.gamma = share * largest_stepsize(theorem, ratio<Rational>(1, 2));
  method.gamma = theorem.gamma;
  const typename Method::State solution = solution_of(method, on);
  return {on.f, on.x_star, std::move(method), state, solution, std::move(theorem), on.name + ", " + where};
}

/// And two where the inequalities of the rows lose least: both workers have the Hessian 2 I and opposite gradients at the
/// solution; the components' gradients are orthogonal.
[[nodiscard]] inline std::vector<NamedQuadratic> with_tight(std::vector<NamedQuadratic> instances) {
  instances.push_back(scalar_pair({2, 2, 1}));
  instances.push_back(orthogonal_components(2));
  return instances;
}

/// A method on an instance with its constants.
template <class Method>
struct MethodOn {
  NamedQuadratic on;
  Method method;
  SchemeTheorem theorem;
};
template <class Method>
using MethodsOn = std::function<std::vector<MethodOn<Method>>(Seeded&)>;

/// Random states and the corners, at a third of the largest stepsize, at it and beyond: the one-step inequality holds for all.
template <class Method>
[[nodiscard]] SchemeCases<Method> states_of(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    using State = typename Method::State;
    constexpr bool errors = RemembersErrors<State> || RemembersDelayed<State>;
    std::vector<SchemeCase<Method>> all;
    for (const auto& [on, method, theorem] : methods(random)) {
      // With delta = 1 the theorem keeps no error.
      const bool kept = errors && !(theorem.kind == ErrorKind::compensated && theorem.delta == 1);
      std::vector<std::pair<Off, std::string>> corners{{{true, kept, true, true}, "random state"},
                                                       {{true, kept, true, true}, "another state"},
                                                       {{true, false, false, false}, "x off alone"},
                                                       {{.far = true}, "x far off alone"},
                                                       {{}, "solution"}};
      if (kept) corners.push_back({{false, true, false, false}, "e off alone"});
      if (LearnsShifts<State>) corners.push_back({{false, false, true, false}, "h off alone"});
      if (RemembersReferences<State>) corners.push_back({{false, false, false, true}, "w off alone"});
      for (const Rational& share : {Rational(1, 3), Rational(1), Rational(4)})
        for (const auto& [off, where] : corners)
          all.push_back(scheme_case(on, method, theorem, share, state_off(method, on, random, off),
                                    fmt::format("{} gamma, {}", share.str(), where)));
    }
    return all;
  };
}

/// At the largest stepsize and beyond; the state does not matter.
template <class Method>
[[nodiscard]] SchemeCases<Method> stepsizes_of(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (const auto& [on, method, theorem] : methods(random))
      for (const Rational& share : {Rational(1), Rational(4)})
        all.push_back(
            scheme_case(on, method, theorem, share, solution_of(method, on), fmt::format("{} gamma", share.str())));
    return all;
  };
}

/// Runs as the theorem has them, from no errors, at the largest stepsize; every instance from a random x and from x*.
template <class Method>
[[nodiscard]] SchemeCases<Method> runs_of(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (const auto& [on, method, theorem] : methods(random))
      for (const bool solved : {false, true}) {
        Vector<Rational> x = on.x_star;
        if (!solved) x = random_vector(random, on.f.dimension());
        all.push_back(
            scheme_case(on, method, theorem, Rational(1), method.initial(on.f, x), solved ? "run from x*" : "run"));
      }
    return all;
  };
}

/// The same cases with the step of a type that does one thing wrong. Wrong has the state of Method and is made from it.
template <class Wrong, class Method>
[[nodiscard]] Mutant<SchemeInstances> wrong_step(std::string name, const SchemeCases<Method>& cases,
                                                 std::function<Wrong(const Method&)> made) {
  const SchemeCases<Wrong> changed = [cases, made](Seeded& random) {
    std::vector<SchemeCase<Wrong>> all;
    for (SchemeCase<Method>& at : cases(random))
      all.push_back({at.f, at.x_star, made(at.method), at.state, at.solution, at.theorem, at.where});
    return all;
  };
  return {std::move(name), scheme_instances<Wrong>(changed)};
}

/// Runs whose theorem holds in total expectation, at its largest stepsize and beyond.
template <class Method>
[[nodiscard]] SchemeCases<Method> runs_in_expectation(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (auto [on, method, theorem] : methods(random)) {
      theorem.kind = ErrorKind::delayed_in_expectation;
      const Vector<Rational> x = random_vector(random, on.f.dimension());
      all.push_back(scheme_case(on, method, theorem, Rational(1), method.initial(on.f, x), "run"));
      all.push_back(scheme_case(on, method, theorem, Rational(4), method.initial(on.f, x), "4 gamma, run"));
      all.push_back(scheme_case(on, method, theorem, Rational(1), method.initial(on.f, on.x_star), "run from x*"));
    }
    return all;
  };
}

/// Runs whose average is looked at, from x* + (3, ..., 3). The stepsize is the form's own.
template <class Method>
[[nodiscard]] SchemeCases<Method> averaged_runs(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (auto [on, method, theorem] : methods(random)) {
      if (theorem.kind == ErrorKind::delayed) theorem.kind = ErrorKind::delayed_in_expectation;
      const Vector<Rational> x = on.x_star + Vector<Rational>::Constant(on.f.dimension(), Rational(3));
      all.push_back(scheme_case(on, method, theorem, Rational(1), method.initial(on.f, x), "average"));
    }
    return all;
  };
}

/// A quadratic of this shape, and one with mu = 0.
[[nodiscard]] inline std::vector<NamedQuadratic> steep_and_flat(Seeded& random, const QuadraticShape& shape) {
  std::vector<NamedQuadratic> instances = random_instances(random, {shape});
  instances.front() = flat_quadratic(shape.n, shape.m);
  return instances;
}

/// Of error compensation.
template <class Method>
[[nodiscard]] VariationList<Method> memory_mutants() {
  return {{"the error's sign",
           {.alter =
                [](const auto&, const auto&, auto& next) {
                  for (Vector<Rational>& e_i : next.e) e_i = -e_i;
                }}},
          {"the error is not kept", {.alter = [](const auto&, const auto& s, auto& next) { next.e = s.e; }}},
          {"messages summed, not averaged", {.alter = [](const auto&, const auto& s, auto& next) {
             next.x = s.x + (next.x - s.x) * Rational(static_cast<Index>(s.e.size()));
           }}}};
}

/// Of delayed updates.
template <class Method>
[[nodiscard]] VariationList<Method> delay_mutants() {
  return {{"arrives an iteration too early",
           {.alter = [](const auto& at, const auto& s,
                        auto& next) { next.x = s.x - at.method.gamma * next.delayed.front(); }}},
          {"x moves as far the other way",
           {.alter = [](const auto&, const auto& s, auto& next) { next.x = 2 * s.x - next.x; }}}};
}

/// Of the theorem in expectation.
template <class Method>
[[nodiscard]] VariationList<Method> longer_delay() {
  return {{"the delay is one more than claimed", {.change = [](auto& at) {
             ++at.method.feedback.tau;
             const auto x = at.state.x;
             at.state = at.method.initial(at.f, x);
             auto solution = at.method.initial(at.f, at.x_star);
             if constexpr (LearnsShifts<typename Method::State>) solution.h = at.solution.h;
             at.solution = solution;
           }}}};
}

/// Unscaled RandK, with which a step is affine, or TopK. One type, so that a method is compiled once.
using Contracting = OneOf<RandKUnscaled, TopK>;

/// How a method is set up on an instance, with a compressor or a delay.
template <class Method, class With>
using SetUp = MethodOn<Method> (*)(const NamedQuadratic& on, const With& with, Seeded& random);

/// Every shape, and the tight ones, with every K that C can keep.
template <class C, class Method>
[[nodiscard]] MethodsOn<Method> with_every_sparsity(SetUp<Method, Contracting> set_up,
                                                    std::vector<QuadraticShape> shapes) {
  return [=](Seeded& random) {
    std::vector<MethodOn<Method>> all;
    for (const NamedQuadratic& on : with_tight(random_instances(random, shapes)))
      for (Index K = 1; K <= on.f.dimension(); ++K) {
        all.push_back(set_up(on, Contracting{C{K}}, random));
        all.back().on.name += fmt::format(" K={}", K);
      }
    return all;
  };
}

/// These instances with K = 1.
template <class C, class Method>
[[nodiscard]] std::vector<MethodOn<Method>> with_one_kept(SetUp<Method, Contracting> set_up,
                                                          const std::vector<NamedQuadratic>& instances,
                                                          Seeded& random) {
  std::vector<MethodOn<Method>> all;
  for (const NamedQuadratic& on : instances) all.push_back(set_up(on, Contracting{C{1}}, random));
  return all;
}

/// These instances with these delays.
template <class Method>
[[nodiscard]] std::vector<MethodOn<Method>> with_delays_on(SetUp<Method, Index> set_up,
                                                           const std::vector<NamedQuadratic>& instances,
                                                           const std::vector<Index>& delays, Seeded& random) {
  std::vector<MethodOn<Method>> all;
  for (const NamedQuadratic& on : instances)
    for (const Index tau : delays) {
      all.push_back(set_up(on, tau, random));
      all.back().on.name += fmt::format(" tau={}", tau);
    }
  return all;
}

/// Every shape, and the tight ones, with these delays.
template <class Method>
[[nodiscard]] MethodsOn<Method> with_delays(SetUp<Method, Index> set_up, std::vector<QuadraticShape> shapes,
                                            std::vector<Index> delays) {
  return [=](Seeded& random) {
    const std::vector<NamedQuadratic> instances = with_tight(random_instances(random, shapes));
    return with_delays_on<Method>(set_up, instances, delays, random);
  };
}

/// Of a method whose row of error-compensation is `row`.
template <class C>
[[nodiscard]] SchemeTheorem compensated_theorem(const NamedQuadratic& on, const C& compressor, const Rational& L,
                                                ErrorCompensationConstants<Rational> row) {
  return {.row = std::move(row),
          .kind = ErrorKind::compensated,
          .L = L,
          .mu = on.f.constants().mu,
          .gamma = {},
          .delta = compressor.template delta<Rational>(on.f.dimension())};
}

/// With a delay, or without feedback where tau = 0.
[[nodiscard]] inline SchemeTheorem delayed_theorem(const NamedQuadratic& on, Index tau, const Rational& L,
                                                   ErrorFeedbackConstants<Rational> row) {
  return {.row = {std::move(row), {}, {}},
          .kind = tau == 0 ? ErrorKind::none : ErrorKind::delayed,
          .L = L,
          .mu = on.f.constants().mu,
          .gamma = {},
          .tau = tau};
}

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

/// Of a method without feedback.
template <class Method>
[[nodiscard]] VariationList<Method> summed() {
  return {{"messages summed, not averaged", {.alter = [](const auto& at, const auto& s, auto& next) {
             next.x = s.x + Rational(at.f.workers()) * (next.x - s.x);
           }}}};
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
