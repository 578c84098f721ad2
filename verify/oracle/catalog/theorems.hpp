#pragma once
/// \file
/// From a row of the theory to the largest stepsize and the contraction factor: one function for each theorem.

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/error_feedback/delay.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "verify/experiment/guarantee.hpp"
#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/catalog/theory.hpp"

namespace touchstone::inline v0::oracle {

/// Throws spec_error unless mu > 0, which every theorem below but marina's needs.
inline void require_mu(const TheoryFacts& facts) {
  if (!(facts.mu > 0))
    throw spec_error("mu: found 0, expected > 0, as the theorem is about strongly convex functions");
}

[[nodiscard]] inline Theory unified_theory(const WeightedRow& row, const TheoryFacts& facts) {
  require_mu(facts);
  const Rational mu = facts.mu;
  return {.stepsize = unified_stepsize(row, mu),
          .contraction = [row, mu](const Rational& gamma) { return unified_guarantee(row, gamma, mu).q; }};
}

[[nodiscard]] inline Theory compensated_theory(const ErrorCompensationConstants<Rational>& constants,
                                               const Rational& L, const Rational& delta, const TheoryFacts& facts) {
  require_mu(facts);
  const CompensatedRow row{constants, L, delta, 0, 0};
  const Rational mu = facts.mu;
  return {.stepsize = compensated_stepsize(row),
          .contraction = [row, mu](const Rational& gamma) { return compensated_guarantee(row, gamma, mu).q; }};
}

[[nodiscard]] inline Rational one_minus_least(const std::vector<Rational>& gaps) {
  return 1 - *std::min_element(gaps.begin(), gaps.end());
}

[[nodiscard]] inline Theory error_free_theory(const ErrorFeedbackConstants<Rational>& row,
                                              const TheoryFacts& facts) {
  require_mu(facts);
  const Rational mu = facts.mu;
  return {.stepsize = error_free_stepsize(row), .contraction = [row, mu](const Rational& gamma) {
            return one_minus_least(error_free_gaps(row, gamma, mu));
          }};
}

/// In total expectation, from an empty buffer; without delay error_free_theory.
[[nodiscard]] inline Theory delayed_theory(const ErrorFeedbackConstants<Rational>& row, const Rational& L,
                                           Index tau, const TheoryFacts& facts) {
  if (tau == 0) return error_free_theory(row, facts);
  require_mu(facts);
  const auto half = ratio<Rational>(1, 2);
  const auto delay = integer<Rational>(tau);
  const ErrorModel<Rational> errors = delayed_errors(row, L, delay, largest_window_weight(delay));
  const Rational root = square_root_upper_bound(stepsize_radicand(row, errors, half));
  const Rational mu = facts.mu;
  return {.stepsize = error_feedback_stepsize(row, root, half),
          .contraction = [row, errors, mu](const Rational& gamma) {
            return one_minus_least(error_feedback_gaps(row, errors, gamma, mu));
          }};
}

/// The root, or a rational above it where it is irrational.
[[nodiscard]] inline Rational root_from_above(const Rational& q) {
  return Operations<Rational>::square_root(q).value_or(square_root_upper_bound(q));
}

/// `lambda_squared` is the row's Lambda^2.
[[nodiscard]] inline Theory biased_theory(const Rational& lambda_squared, const Rational& p,
                                          const TheoryFacts& facts) {
  if (!(facts.mu > 0)) return {.stepsize = biased_estimator_stepsize(facts.L, root_from_above(lambda_squared))};
  const std::vector<Rational> bounds =
      biased_estimator_pl_stepsizes(facts.L, root_from_above(2 * lambda_squared), p, facts.mu);
  const Rational mu = facts.mu;
  return {.stepsize = *std::min_element(bounds.begin(), bounds.end()),
          .contraction = [mu](const Rational& gamma) { return Rational(1 - gamma * mu); }};
}

}  // namespace touchstone::inline v0::oracle
