#pragma once
/// \file
/// The Lyapunov theorem of error compensation at a state: both sides of its one-step inequality.

#include <algorithm>

#include "touchstone/problems/problem.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"
#include "verify/engine/error_feedback.hpp"

namespace touchstone::inline v0 {

/// The parameters that the theorem speaks of.
template <Field S>
struct ErrorCompensationSetting {
  ErrorCompensationConstants<S> constants;
  S L, mu, gamma, delta;

  /// 1 - eta
  [[nodiscard]] S contraction() const {
    const auto gaps = error_feedback_gaps(constants, errors(), gamma, mu);
    return S(S(1) - *std::min_element(gaps.begin(), gaps.end()));
  }
  [[nodiscard]] S noise() const { return error_feedback_noise(constants, errors(), gamma); }
  [[nodiscard]] S theta() const { return descent_coefficient(constants, errors(), gamma); }
  /// N
  [[nodiscard]] S weight() const { return error_weight(errors(), gamma); }
  [[nodiscard]] ErrorModel<S> errors() const { return compensated_errors(constants, L, delta); }
};

/// V = |xt - x*|^2 + N (1/n) sum_i |e_i|^2
template <Field S, class State>
[[nodiscard]] S error_compensation_lyapunov(const ErrorCompensationSetting<S>& setting, const State& s,
                                            const Vector<S>& x_star) {
  const S distance = (virtual_iterate(s, setting.gamma) - x_star).squaredNorm();
  return S(distance + setting.weight() * mean_square(s.e));
}

/// The right side of the one-step inequality, (1 - eta) V - gamma theta (f(x) - f(x*)) + noise.
template <Field S, class P, class State>
[[nodiscard]] S error_compensation_bound(const ErrorCompensationSetting<S>& setting, const P& f, const State& s,
                                         const Vector<S>& x_star) {
  return S(setting.contraction() * error_compensation_lyapunov(setting, s, x_star) -
           setting.gamma * setting.theta() * S(f.value(s.x) - f.value(x_star)) + setting.noise());
}

}  // namespace touchstone::inline v0
