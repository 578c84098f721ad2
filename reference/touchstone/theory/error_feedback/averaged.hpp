#pragma once
/// \file
/// The weighted-average theorem of chapter 3 (EF-W), the form of the paper: M1 and M2 do not depend on gamma.
///
///     M1 = 4 B1'/(3 rho1)     M2 = 4/(3 rho2) (B2' + (4/3) B1' G)     T^0 = |x^0 - x*|^2 + M1 gamma^2 s1_0 + M2 gamma^2 s2_0
///
///     gamma <= 1/(4 P), 8 w Z gamma^2 <= 1, eta as in theorem.hpp:
///
///     3 L sum_k w_k E|e^k|^2 <= (1/4) sum_k w_k E gap_k + F1 s1_0 + F2 s2_0 + gamma D3 W
///     E f(xbar) - f(x*)      <= 4 (T^0 + gamma F1 s1_0 + gamma F2 s2_0)/(gamma W) + 4 gamma (D1' + M1 D2 + D3)
///
///     F1 = (4/3) w gamma^2 b1/rho1    F2 = (4/3) w gamma^2 (b2 + (4/3) G b1)/rho2    D3 = gamma u (d1 + b1 D2/rho1)
///
///     error compensation  w = 12 L/delta   u = 6 L/delta        delay  w = 4 L tau   u = 3 L tau
///
///     w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K, xbar = (sum_k w_k x^k)/W, 1/W <= (1 - eta)^{K+1}
///
/// Source     derived. arXiv:2010.12292 has larger F1, D3 and a smaller stepsize; as remembered, it lacks B1' in M2 and
///            has M2 D2 where M1 D2 is meant, which is wrong for B1' > 1

#include "touchstone/theory/error_feedback/delay.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"

namespace touchstone::inline v0 {

/// gamma inverse <= 1, gamma^2 inverse_square <= 1: 4 P and 8 w Z.
template <Field S>
[[nodiscard]] SimpleStepsize<S> averaged_stepsize(const ErrorFeedbackConstants<S>& c, const ErrorModel<S>& errors) {
  return {S(S(4) * weighted_smoothness(c, c.mean)),
          S(S(8) * errors.weight * weighted_smoothness(c, errors.moments))};
}

/// The factors F1, F2 before s1_0, s2_0; zero for a sequence that the method does not have.
template <Field S>
[[nodiscard]] LyapunovWeights<S> averaged_initial_factors(const ErrorFeedbackConstants<S>& c,
                                                          const ErrorModel<S>& errors, const S& gamma) {
  const S factor = S(gamma * gamma * errors.weight);
  const LyapunovWeights<S> weights = lyapunov_weights(c, errors.moments);
  return {S(factor * weights.shift), S(factor * weights.sampling)};
}

/// u: 6 L/delta
template <Field S>
[[nodiscard]] S compensated_noise_factor(const S& L, const S& delta) {
  return S(S(6) * L / delta);
}

/// u: 3 L tau
template <Field S>
[[nodiscard]] S delayed_noise_factor(const S& L, const S& tau) {
  return S(S(3) * L * tau);
}

/// D3 = gamma u (d1 + b1 D2/rho1).
template <Field S>
[[nodiscard]] S averaged_error_noise(const ErrorFeedbackConstants<S>& c, const MomentBound<S>& moments,
                                     const S& noise_factor, const S& gamma) {
  const S shift = c.shift ? S(moments.B1 * c.shift->D / c.shift->rho) : S(0);
  return S(gamma * noise_factor * S(moments.D + shift));
}

/// D1' + M1 D2 + D3; four gamma times this is where the average ends.
template <Field S>
[[nodiscard]] S averaged_noise(const ErrorFeedbackConstants<S>& c, const MomentBound<S>& moments,
                               const S& noise_factor, const S& gamma) {
  return S(weighted_noise(c, c.mean) + averaged_error_noise(c, moments, noise_factor, gamma));
}

}  // namespace touchstone::inline v0
