#pragma once
/// \file
/// The rows of D-SGD-DIANA and DIANAsr, g_i = h_i + Q(ghat_i - h_i) with or without delay, with s1.
///
///     B1' = 2 omega/n    rho1 = alpha    G = 0
///
///                    A'                                      D1'                  C1                    D2
///     D-SGD-DIANA    L + 2 omega L/n                         (1 + omega) v/n      alpha L               W alpha v
///     DIANAsr        L + (2 omega L + 2 (1 + omega) E)/n     2 (1 + omega) v/n    alpha L + 2 W alpha E 2 W alpha v
///
///     D-SGD-DIANA    P = L + 14 omega L/(3n)
///     DIANAsr        P = L + (14/3) omega L/n + (2 + 2 omega) E/n + (16/3) W omega E/n,    W = alpha (1 + omega)
///
/// v is the uniform variance, (1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= v for all x, for D-SGD-DIANA, and the variance
/// at x* for DIANAsr, E its expected smoothness. The row of DIANAsr is that of diana_sampling_constants (chapter 2).
///
/// Needs      every f_i convex and L-smooth; 0 < alpha <= 1/(1 + omega); compressors independent across workers
/// Corollary  delay: theorem.hpp with delay.hpp; without: gamma <= 1/P. Linear to x* if v = 0
/// Source     slides 55-57 name the methods and print no rates; constants derived

#include "touchstone/theory/error_feedback/delay.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

/// g_i = h_i + Q(ghat_i - h_i), where ghat_i has the given variance.
template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_diana_constants(const S& L, const S& omega, const S& n, const S& alpha,
                                                          const MomentBound<S>& variance) {
  return {.mean = mean_of_independent(L, quantized_variance(omega, shifted_worker_mean(L), variance), n),
          .shift = learned_shifts(L, omega, alpha, variance)};
}

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_sgd_diana_constants(const S& L, const S& omega, const S& n,
                                                              const S& alpha, const S& variance = S(0)) {
  return d_diana_constants(L, omega, n, alpha, uniform_variance(variance));
}

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> dianasr_constants(const S& L, const S& expected_smoothness, const S& omega,
                                                          const S& n, const S& alpha, const S& sampling_variance) {
  return d_diana_constants(L, omega, n, alpha, sampled_variance(expected_smoothness, sampling_variance));
}

}  // namespace touchstone::inline v0
