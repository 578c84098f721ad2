#pragma once
/// \file
/// The rows of EC-SGD-DIANA, EC-SGDsr-DIANA and EC-GD-DIANA: error compensation of shifted gradients, with s1.
///
///     A = 2L    B1 = 2    rho1 = alpha    G = 0
///
///                       A~   D1~    A'          D1'     C1                                   D2
///     EC-SGD-DIANA      0    v      L           v/n     alpha L                              alpha^2 (1 + omega) v
///     EC-SGDsr-DIANA    2E   2 v    L + 2E/n    2 v/n   alpha L + 2 alpha^2 (1 + omega) E    2 alpha^2 (1 + omega) v
///     EC-GD-DIANA       0    0      L           0       alpha L                              0
///
///     EC-SGD-DIANA, EC-GD-DIANA    P = L           Z = (14/3) L k
///     EC-SGDsr-DIANA               P = L + 2E/n    Z = 2 E q + k ((14/3) L + (16/3) alpha (1 + omega) E)
///
/// with k = (1 - delta)(2 - delta)/delta, q = 1 - delta. v is the uniform variance, (1/n) sum_i E|ghat_i - grad
/// f_i(x)|^2 <= v for all x, for EC-SGD-DIANA, and the variance at x* for EC-SGDsr-DIANA, E its expected smoothness.
///
/// Needs      every f_i convex and L-smooth; 0 < alpha <= 1/(1 + omega); workers independent
/// Corollary  theorem.hpp: noise gamma^2 (v/n + N v (q + (8/3) k alpha (1 + omega))), N = 12 L gamma/delta; twice that
///            for EC-SGDsr-DIANA; EC-GD-DIANA is linear to x* with eta = min{gamma mu/2, alpha/4}
/// Options    the two rates of slide 50 are those of alpha = 1/(1 + omega) (I) and alpha = delta/(1 + omega) (II)
/// Source     slide 50, rows 4 to 6 (Algorithms 22, 23); constants derived

#include "touchstone/theory/error_feedback/error_compensation.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

/// Error compensation of ghat_i - h_i + h, where ghat_i has the given variance.
template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_diana_constants(const S& L, const S& omega, const S& n,
                                                               const S& alpha, const MomentBound<S>& variance) {
  return {{.mean = mean_of_independent(L, variance, n), .shift = learned_shifts(L, omega, alpha, variance)},
          shifted_worker_mean(L),
          variance};
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_sgd_diana_constants(const S& L, const S& omega, const S& n,
                                                                   const S& alpha, const S& variance) {
  return ec_diana_constants(L, omega, n, alpha, uniform_variance(variance));
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_sgdsr_diana_constants(const S& L, const S& expected_smoothness,
                                                                     const S& omega, const S& n, const S& alpha,
                                                                     const S& sampling_variance) {
  return ec_diana_constants(L, omega, n, alpha, sampled_variance(expected_smoothness, sampling_variance));
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_gd_diana_constants(const S& L, const S& omega, const S& alpha) {
  const S any_n(1);  // full gradients have no variance to average
  return ec_diana_constants(L, omega, any_n, alpha, no_variance<S>());
}

/// Option II: delta/(1 + omega). Option I is diana_shift_stepsize(omega).
template <Field S>
[[nodiscard]] S ec_diana_careful_shift_stepsize(const S& omega, const S& delta) {
  return S(delta / S(S(1) + omega));
}

}  // namespace touchstone::inline v0
