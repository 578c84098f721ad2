#pragma once
/// \file
/// The checks of a method of chapter 4, the same for every method.
///
///     local_lines_check        (M), (N), (A), (S), E g = (1/n) sum_i grad f_i(x_i), Var g = (1/n^2) sum_i Var g_i, and the one-step
///                              inequality, at the states listed
///     local_all_states_check   the same inequalities at every state of the instances: their slack is positive semidefinite
///     local_run_check          along runs as the theorem has them, from exact second moments: the conditions on the stepsize, the
///                              one-step inequality in expectation, (V), the bound of the average, and f at the average
///
/// Each stops at the first comparison that fails. Mutants are instances on which the check must fail.

#include "verify/claims/local_case.hpp"

namespace touchstone::inline v0 {

/// A line of the assumption or of the theorem at a state.
struct LocalLine {
  std::string name;
  Rational left, right;
};
[[nodiscard]] std::vector<LocalLine> local_lines(const LocalTheorem& theorem, const LocalSides& sides);

[[nodiscard]] Check local_lines_check(LocalInstances instances, LocalMutants mutants);
[[nodiscard]] Check local_all_states_check(LocalInstances instances, LocalMutants mutants);
[[nodiscard]] Check local_run_check(LocalInstances instances, LocalMutants mutants, Index steps);

/// For mutants that are variations.
template <class Method>
using LocalVariationList = std::vector<Mutant<LocalVariation<Method>>>;

using LocalCheck = Check (*)(LocalInstances, LocalMutants);
template <class Method>
[[nodiscard]] Check local_check(LocalCheck check, const LocalCases<Method>& cases,
                                const LocalVariationList<Method>& mutants) {
  return check(local_instances<Method>(cases), local_mutants<Method>(cases, mutants));
}

using LocalRun = Check (*)(LocalInstances, LocalMutants, Index);
template <class Method>
[[nodiscard]] Check local_check(LocalRun check, const LocalCases<Method>& cases,
                                const LocalVariationList<Method>& mutants, Index steps) {
  return check(local_instances<Method>(cases), local_mutants<Method>(cases, mutants), steps);
}

}  // namespace touchstone::inline v0
