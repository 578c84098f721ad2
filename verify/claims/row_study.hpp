#pragma once
/// \file
/// The checks of a row of the unified theory, the same for every method.
///
///     assumption_check    (K1), (K2), (K3) at the states listed
///     all_states_check    (K2), (K3) at every state of the instances, where the step is affine
///     closed_form_check   the second moments themselves
///     rate_check          E V^k against the theorem's bound, from exact second moments, where the step is affine
///     tree_check          the same for the first k by enumeration, for any step
///     neighbourhood_check the noise floor from both sides: lim E V^k is positive and at most what the theorem says
///     draws_check         the choices of a step: which, in what order, by whom, with what probabilities
///     reduction_check     two methods are one: their states have the same law after some steps
///
/// Each stops at the first comparison that fails. Mutants are instances on which the check must fail.

#include <string>
#include <utility>
#include <vector>

#include "verify/claims/row_case.hpp"

namespace touchstone::inline v0 {

using RowMutants = std::vector<Mutant<RowInstances>>;

struct RateSettings {
  Index steps = 500;
  Index exact_steps = 6;  ///< the first ones are compared exactly, the rest enclosed by intervals with 100 digits
};

[[nodiscard]] Check assumption_check(RowInstances instances, RowMutants mutants);
[[nodiscard]] Check all_states_check(RowInstances instances, RowMutants mutants);
[[nodiscard]] Check closed_form_check(RowInstances instances, RowMutants mutants);
[[nodiscard]] Check rate_check(RowInstances instances, RowMutants mutants, RateSettings settings = {});
[[nodiscard]] Check tree_check(RowInstances instances, RowMutants mutants, Index steps);
[[nodiscard]] Check neighbourhood_check(RowInstances instances, RowMutants mutants);
[[nodiscard]] Check draws_check(RowInstances instances, RowMutants mutants);

/// Two lists of instances, pairwise the same problem and start.
struct Reduction {
  std::string name;  ///< "n = 1: gradient descent"
  RowInstances from, to;
  bool whole_state = false;  ///< compare all coordinates, not the model's alone
};

/// The laws are equal after `steps` steps, exactly.
[[nodiscard]] Check reduction_check(std::vector<Reduction> as_stated,
                                    std::vector<Mutant<std::vector<Reduction>>> mutants, Index steps = 2);

/// Each case, and the same from its solution, where nothing is left but the noise.
template <class Method>
[[nodiscard]] RowCases<Method> and_from_solution(const RowCases<Method>& cases) {
  return [cases](Seeded& random) {
    const std::vector<RowCase<Method>> all = cases(random);
    std::vector<RowCase<Method>> at_solution = all;
    for (RowCase<Method>& at : at_solution) {
      at.state = at.solution;
      at.where += " from the solution";
    }
    return joined(all, at_solution);
  };
}

/// The rate is claimed for a multiple of mu, and for nothing else.
template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> faster(const Rational& mu_factor = 3) {
  return {{"rate 1 - " + mu_factor.str() + " gamma mu",
           {.change =
                [](auto& at) {
                  if (at.M != 0) at.row.rho = 1 + at.row.B / at.M;
                },
            .mu_factor = mu_factor}}};
}

template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> theorem_without_noise() {
  return {{"no noise in the theorem", {.change = [](auto& at) { at.row.D1 = at.row.D2 = 0; }}}};
}

/// For mutants that are variations.
template <class Method>
[[nodiscard]] Check assumption_check(const RowCases<Method>& cases,
                                     const std::vector<Mutant<RowVariation<Method>>>& mutants) {
  return assumption_check(row_instances<Method>(cases), row_mutants<Method>(cases, mutants));
}
template <class Method>
[[nodiscard]] Check all_states_check(const RowCases<Method>& cases,
                                     const std::vector<Mutant<RowVariation<Method>>>& mutants) {
  return all_states_check(row_instances<Method>(cases), row_mutants<Method>(cases, mutants));
}
template <class Method>
[[nodiscard]] Check closed_form_check(const RowCases<Method>& cases, const ClosedForms<Method>& closed_forms,
                                      const std::vector<Mutant<RowVariation<Method>>>& mutants) {
  const Expected<Method> expected{.closed_forms = closed_forms};
  return closed_form_check(row_instances<Method>(cases, {}, expected),
                           row_mutants<Method>(cases, mutants, expected));
}
template <class Method>
[[nodiscard]] Check tree_check(const RowCases<Method>& cases,
                               const std::vector<Mutant<RowVariation<Method>>>& mutants, Index steps) {
  return tree_check(row_instances<Method>(cases), row_mutants<Method>(cases, mutants), steps);
}
template <class Method>
[[nodiscard]] Check neighbourhood_check(const RowCases<Method>& cases,
                                        const std::vector<Mutant<RowVariation<Method>>>& mutants) {
  return neighbourhood_check(row_instances<Method>(cases), row_mutants<Method>(cases, mutants));
}
template <class Method>
[[nodiscard]] Check rate_check(const RowCases<Method>& cases,
                               const std::vector<Mutant<RowVariation<Method>>>& mutants,
                               RateSettings settings = {}) {
  return rate_check(row_instances<Method>(cases), row_mutants<Method>(cases, mutants), settings);
}

}  // namespace touchstone::inline v0
