#pragma once
/// \file
/// The rows of D-QSGD, quantized gradients g_i = Q(ghat_i) with or without delay, no s1, no s2.
///
///     uniform    A' = L + 2 omega L/n                        D1' = (2 omega zeta + (1 + omega) variance)/n
///     sampled    A' = L + (2 omega L + 2 (1 + omega) E)/n    D1' = (2 omega zeta + 2 (1 + omega) sampling_variance)/n
///
///     P = A'
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2. Without delay the uniform row is QSGD (qsgd.hpp), with Q of TernGrad
/// TernGrad: omega = (sqrt(d) - 1)/2.
///
/// Needs      every f_i convex and L-smooth; compressors independent across workers; uniform: variance >= (1/n) sum_i
///            E|ghat_i - grad f_i(x)|^2 for all x (0 for full gradients); sampled: expected smoothness E
/// Corollary  delay: theorem.hpp with delay.hpp; without: gamma <= 1/P, error-free noise gamma^2 D1'. Linear to x* only
///            if the variance is 0, and omega = 0 or zeta = 0
/// Source     slides 55-57 name the method and print no rates; constants derived

#include "touchstone/theory/error_feedback/delay.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_qsgd_constants(const S& L, const S& omega, const S& n, const S& zeta,
                                                         const S& variance = S(0)) {
  return {.mean = mean_of_independent(
              L, quantized_variance(omega, plain_worker_mean(L, zeta), uniform_variance(variance)), n)};
}

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_qsgd_sampling_constants(const S& L, const S& expected_smoothness,
                                                                  const S& omega, const S& n, const S& zeta,
                                                                  const S& sampling_variance) {
  const MomentBound<S> variance = sampled_variance(expected_smoothness, sampling_variance);
  return {.mean = mean_of_independent(L, quantized_variance(omega, plain_worker_mean(L, zeta), variance), n)};
}

/// TernGrad's omega, (t - 1)/2 for t >= 1 with t^2 >= d; exact where t is the root.
template <Field S>
[[nodiscard]] S tern_grad_omega(const S& root_of_d) {
  return S(S(root_of_d - S(1)) / S(2));
}

}  // namespace touchstone::inline v0
