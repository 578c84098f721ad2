#include "verify/claims/scheme_theorem.hpp"

#include <algorithm>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/error_feedback/delay.hpp"

namespace touchstone::inline v0 {

namespace {

Rational least(const std::vector<Rational>& gaps) {
  return *std::min_element(gaps.begin(), gaps.end());
}

/// With kappa of the window, or with the bound of it that no eta enters.
ErrorModel<Rational> errors_with(const SchemeTheorem& theorem, const Rational& kappa) {
  switch (theorem.kind) {
    case ErrorKind::compensated:
      return compensated_errors(theorem.row, theorem.L, theorem.delta);
    case ErrorKind::delayed:
      return buffered_errors<Rational>(theorem.row, theorem.L, Rational(theorem.tau), kappa);
    case ErrorKind::delayed_in_expectation:
      return delayed_errors<Rational>(theorem.row, theorem.L, Rational(theorem.tau), kappa);
    case ErrorKind::none:
      break;
  }
  return no_errors<Rational>();
}

bool is_delayed(const SchemeTheorem& theorem) {
  return theorem.kind == ErrorKind::delayed || theorem.kind == ErrorKind::delayed_in_expectation;
}

}  // namespace

ErrorModel<Rational> SchemeTheorem::errors() const {
  return errors_with(*this, is_delayed(*this) ? window_weights(gap(), tau).front() : Rational(0));
}

ErrorModel<Rational> SchemeTheorem::errors_for_every_eta() const {
  return errors_with(*this, largest_window_weight(Rational(tau)));
}

Rational SchemeTheorem::gap() const {
  const Rational claimed_mu = mu * mu_factor;
  if (kind == ErrorKind::none) return least(error_free_gaps<Rational>(row, gamma, claimed_mu));
  // What eta must not exceed does not depend on kappa.
  return least(error_feedback_gaps<Rational>(row, errors_with(*this, Rational(tau)), gamma, claimed_mu));
}

Rational SchemeTheorem::descent() const {
  return kind == ErrorKind::none ? error_free_descent<Rational>(row, gamma)
                                 : descent_coefficient<Rational>(row, errors(), gamma);
}

Rational SchemeTheorem::noise() const {
  return error_feedback_noise<Rational>(row, errors(), gamma);
}

Rational SchemeTheorem::lyapunov(const LyapunovParts& parts) const {
  const ErrorModel<Rational> model = errors();
  const LyapunovWeights<Rational> weights = error_feedback_weights<Rational>(row, model, gamma);
  Rational V = parts.distance + gamma * gamma * (weights.shift * parts.s1 + weights.sampling * parts.s2);
  if (kind == ErrorKind::compensated) V += error_weight(model, gamma) * parts.errors;
  if (is_delayed(*this)) {
    const std::vector<Rational> before = window();
    for (std::size_t j = 1; j <= before.size(); ++j) V += before[j - 1] * parts.delayed_squares[before.size() - j];
  }
  return V;
}

std::vector<Rational> SchemeTheorem::window() const {
  std::vector<Rational> weights = window_weights(gap(), tau);
  for (Rational& q : weights) q *= 3 * L * gamma * gamma * gamma * (kind == ErrorKind::delayed ? tau : 1);
  return weights;
}

Rational SchemeTheorem::one_step_bound(const Rational& V, const Rational& objective_gap) const {
  return Rational((1 - gap()) * V - gamma * descent() * objective_gap + noise());
}

Rational largest_stepsize(const SchemeTheorem& theorem, const Rational& descent_share) {
  if (theorem.kind == ErrorKind::none) return error_free_stepsize<Rational>(theorem.row);
  const ErrorModel<Rational> model = theorem.errors_for_every_eta();
  const Rational t = square_root_upper_bound(stepsize_radicand<Rational>(theorem.row, model, descent_share));
  return error_feedback_stepsize<Rational>(theorem.row, t, descent_share);
}

}  // namespace touchstone::inline v0
