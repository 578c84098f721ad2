#include "verify/claims/scheme_theorem.hpp"

#include <algorithm>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/error_feedback/delay.hpp"

namespace touchstone::inline v0 {

namespace {

Rational least(const std::vector<Rational>& gaps) {
  return *std::min_element(gaps.begin(), gaps.end());
}

/// kappa of the window, or the bound of it that no eta enters.
ErrorModel<Rational> buffered(const SchemeTheorem& theorem, const Rational& kappa) {
  return buffered_errors<Rational>(theorem.row, theorem.L, Rational(theorem.tau), kappa);
}

}  // namespace

ErrorModel<Rational> SchemeTheorem::errors() const {
  switch (kind) {
    case ErrorKind::compensated:
      return compensated_errors(row, L, delta);
    case ErrorKind::delayed:
      return buffered(*this, window_weights(gap(), tau).front());
    case ErrorKind::none:
      break;
  }
  return no_errors<Rational>();
}

Rational SchemeTheorem::gap() const {
  const Rational claimed_mu = mu * mu_factor;
  if (kind == ErrorKind::none) return least(error_free_gaps<Rational>(row, gamma, claimed_mu));
  // What eta must not exceed does not depend on kappa.
  const ErrorModel<Rational> model =
      kind == ErrorKind::delayed ? buffered(*this, Rational(tau)) : compensated_errors(row, L, delta);
  return least(error_feedback_gaps<Rational>(row, model, gamma, claimed_mu));
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
  if (kind == ErrorKind::delayed) {
    const std::vector<Rational> q = window_weights(gap(), tau);
    for (std::size_t j = 1; j <= q.size(); ++j)
      V += 3 * L * gamma * gamma * gamma * tau * q[j - 1] * parts.delayed_squares[q.size() - j];
  }
  return V;
}

Rational SchemeTheorem::one_step_bound(const Rational& V, const Rational& objective_gap) const {
  return Rational((1 - gap()) * V - gamma * descent() * objective_gap + noise());
}

Rational largest_stepsize(const SchemeTheorem& theorem, const Rational& descent_share) {
  if (theorem.kind == ErrorKind::none) return error_free_stepsize<Rational>(theorem.row);
  const ErrorModel<Rational> model = theorem.kind == ErrorKind::delayed
                                         ? buffered(theorem, largest_window_weight(Rational(theorem.tau)))
                                         : compensated_errors(theorem.row, theorem.L, theorem.delta);
  const Rational t = square_root_upper_bound(stepsize_radicand<Rational>(theorem.row, model, descent_share));
  return error_feedback_stepsize<Rational>(theorem.row, t, descent_share);
}

}  // namespace touchstone::inline v0
