#pragma once
/// \file
/// The words that the claims of chapter 4 share, mutants of what they state, and the claims that every method has.

#include <functional>
#include <string>
#include <vector>

#include "verify/claims/local_kernel.hpp"
#include "verify/claims/local_models.hpp"
#include "verify/claims/study_parts.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] Claim local_assumption_claim(const MethodNames& names, std::vector<Check> checks);
[[nodiscard]] Claim local_theorem_claim(const MethodNames& names, std::vector<Check> checks);

/// One constant of the row at a time is a tenth of what it is, or for rho a quarter more. `names` as on the theory's pages: "A",
/// "B1", "B2", "F", "D", the same with ~ and ', "rho1", "C1", "D1", "rho2", "C2", "G2". Throws std::out_of_range for others.
[[nodiscard]] std::vector<Mutant<std::function<void(LocalTheorem&)>>> wrong_local_constants(
    const std::vector<std::string>& names);

template <class Method>
[[nodiscard]] LocalVariationList<Method> with_wrong_local_constants(const std::vector<std::string>& names) {
  LocalVariationList<Method> all;
  for (const auto& mutant : wrong_local_constants(names))
    all.push_back({mutant.name, {.change = [change = mutant.variation](auto& at) { change(at.theorem); }}});
  return all;
}

/// The row is claimed to be a hundredth.
template <class Method>
[[nodiscard]] LocalVariationList<Method> a_hundredth() {
  return {{"a row of a hundredth", {.change = [](auto& at) {
             at.theorem.row.mean = Rational(1, 100) * at.theorem.row.mean;
             at.theorem.row.worker_variance = Rational(1, 100) * at.theorem.row.worker_variance;
           }}}};
}

/// A step that goes the wrong way, and a rate that is too good.
template <class Method>
[[nodiscard]] LocalVariationList<Method> wrong_runs() {
  return {{"a step uphill",
           {.alter =
                [](const auto&, const auto& s, auto& next) {
                  const Vector<Rational> back = 2 * (average(s.x) - average(next.x));
                  for (Vector<Rational>& x_i : next.x) x_i += back;
                }}},
          {"rate with 8 mu", {.change = [](auto& at) { at.theorem.mu_factor = 8; }}}};
}

/// The claim of the theorem along runs with every schedule.
template <class Method>
void add_local_theorem(std::vector<Claim>& all, const MethodNames& names, const LocalSetUp<Method>& set_up,
                       const InstancesOf& instances, const std::vector<NamedSchedule>& schedules) {
  all.push_back(local_theorem_claim(
      names, {local_check<Method>(local_run_check,
                                  local_runs<Method>(with_schedules<Method>(set_up, instances, schedules)),
                                  wrong_runs<Method>(), 300)}));
}

/// The claims of a method: its row at states, at all states and, under the claim's name, in the kernel, and the theorem along runs with
/// every schedule. `constants` are those of
/// which a tenth is not enough; `more` are further mutants of the row. A row does not see the schedule: it is checked with the first
/// in which something happens between synchronizations, and on two instances more, where its inequalities lose least.
template <class Method>
void add_local(std::vector<Claim>& all, const MethodNames& names, const std::vector<std::string>& constants,
               const LocalSetUp<Method>& set_up, const InstancesOf& instances,
               const std::vector<NamedSchedule>& schedules, const LocalVariationList<Method>& more = {}) {
  const auto apart = std::ranges::find_if(schedules, [](const NamedSchedule& s) { return s.tau > 1 || s.p < 1; });
  const LocalMethodsOn<Method> methods = with_schedules<Method>(set_up, with_orthogonal(instances), {*apart});
  LocalVariationList<Method> wrong = joined(with_wrong_local_constants<Method>(constants), more);
  wrong.push_back({"one choice for all workers", {.shared_choices = true}});
  const LocalCases<Method> states = local_states<Method>(methods);
  all.push_back(with_kernel(
      local_assumption_claim(names, {local_check<Method>(local_lines_check, states, wrong),
                                     local_check<Method>(local_all_states_check, local_stepsizes<Method>(methods),
                                                         a_hundredth<Method>())}),
      kernel_cases<Method>(states)));
  add_local_theorem<Method>(all, names, set_up, instances, schedules);
}

}  // namespace touchstone::inline v0
