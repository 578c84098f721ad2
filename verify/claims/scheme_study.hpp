#pragma once
/// \file
/// The checks of a row of chapter 3, the same for every method.
///
///     scheme_lines_check      (P1) to (P6), and the error bound of compensated errors, at the states listed
///     scheme_one_step_check   the one-step Lyapunov inequality at the states listed, for every stepsize given
///     scheme_all_states_check the same at every state of the instances, where the step is affine
///     scheme_rate_check       E V^k against the closed form, from exact second moments, where the step is affine
///     scheme_path_check       the one-step inequality at every state of a seeded run, all outcomes of each step enumerated;
///                             for any step
///
/// Each stops at the first comparison that fails. Mutants are instances on which the check must fail.

#include <utility>
#include <vector>

#include "verify/claims/scheme_case.hpp"

namespace touchstone::inline v0 {

/// A line of the parametric assumption, or (E) the error bound of compensated errors, at a state. Names are those of the
/// statements in proofs/rows.
struct LineSides {
  std::string name;
  Rational left, right;
};
[[nodiscard]] std::vector<LineSides> line_sides(const SchemeTheorem& theorem, const SchemeSides& sides);

using SchemeMutants = std::vector<Mutant<SchemeInstances>>;

[[nodiscard]] Check scheme_lines_check(SchemeInstances instances, SchemeMutants mutants);
[[nodiscard]] Check scheme_one_step_check(SchemeInstances instances, SchemeMutants mutants);
[[nodiscard]] Check scheme_all_states_check(SchemeInstances instances, SchemeMutants mutants);
[[nodiscard]] Check scheme_rate_check(SchemeInstances instances, SchemeMutants mutants, Index steps);
[[nodiscard]] Check scheme_path_check(SchemeInstances instances, SchemeMutants mutants, Index steps);

/// For mutants that are variations.
template <class Method>
using VariationList = std::vector<Mutant<SchemeVariation<Method>>>;

using SchemeCheck = Check (*)(SchemeInstances, SchemeMutants);
template <class Method>
[[nodiscard]] Check scheme_check(SchemeCheck check, const SchemeCases<Method>& cases,
                                 const VariationList<Method>& mutants) {
  return check(scheme_instances<Method>(cases), scheme_mutants<Method>(cases, mutants));
}

using SchemeRun = Check (*)(SchemeInstances, SchemeMutants, Index);
template <class Method>
[[nodiscard]] Check scheme_check(SchemeRun check, const SchemeCases<Method>& cases,
                                 const VariationList<Method>& mutants, Index steps) {
  return check(scheme_instances<Method>(cases), scheme_mutants<Method>(cases, mutants), steps);
}

}  // namespace touchstone::inline v0
