#pragma once
/// \file
/// The checks of chapter 5's theorems along runs.
///
///     descent_run_check    quadratics: exact second moments of the state, for as many steps as asked; from the fifth on enclosed
///     descent_tree_check   any rational problem: all outcomes of all steps, equal states joined
///
/// Each holds: the conditions on the stepsize, E memory at the start, E (g^k - grad f(x^k)) = 0 where the method keeps an estimator,
/// the one-step inequality in expectation and what is promised of K steps for every K. Mutants are instances on which the check
/// must fail.

#include "verify/claims/descent_case.hpp"

namespace touchstone::inline v0 {

[[nodiscard]] Check descent_run_check(DescentInstances instances, DescentMutants mutants, Index steps);
[[nodiscard]] Check descent_tree_check(DescentInstances instances, DescentMutants mutants, Index steps);

/// E of the quantities for k = 0, ..., steps, of a method that is affine for each outcome, on a quadratic.
[[nodiscard]] std::vector<DescentQuantities> quantities_by_moments(const DescentInstance& one, Index steps,
                                                                   Seeded& random);

/// The same along the tree of outcomes, of any method on any problem.
[[nodiscard]] std::vector<DescentQuantities> expected_quantities(const DescentInstance& one, Index steps);

/// How many different states there are after so many steps.
[[nodiscard]] std::size_t distinct_states(const DescentInstance& one, Index steps);

}  // namespace touchstone::inline v0
