#include "verify/experiment/guarantee.hpp"

#include "touchstone/numbers/root_bound.hpp"

namespace touchstone::inline v0 {

Rational compensated_stepsize(const CompensatedRow& row) {
  const auto half = ratio<Rational>(1, 2);
  const ErrorModel<Rational> errors = compensated_errors(row.constants, row.L, row.delta);
  const Rational radicand = stepsize_radicand(row.constants, errors, half);
  return error_feedback_stepsize(row.constants, square_root_upper_bound(radicand), half);
}

Guarantee compensated_guarantee(const CompensatedRow& row, const Rational& gamma, const Rational& mu) {
  const ErrorModel<Rational> errors = compensated_errors(row.constants, row.L, row.delta);
  const std::vector<Rational> gaps = error_feedback_gaps(row.constants, errors, gamma, mu);
  const Rational eta = *std::min_element(gaps.begin(), gaps.end());
  const LyapunovWeights<Rational> weights = error_feedback_weights(row.constants, errors, gamma);
  return {.q = Rational(1 - eta),
          .floor = Rational(error_feedback_noise(row.constants, errors, gamma) / eta),
          .sigma_weight = 0,  // the errors are zero at the start
          .factor = row.delta == 1 ? Rational(1) : iterate_factor(error_weight(errors, gamma)),
          .start = Rational(gamma * gamma * (weights.shift * row.s1 + weights.sampling * row.s2))};
}

}  // namespace touchstone::inline v0
