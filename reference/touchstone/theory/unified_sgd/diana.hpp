#pragma once
/// \file
/// DIANA's row of Table 2.1, for sigma_k^2 = (1/n) sum_i |h_i - grad f_i(x*)|^2.
///
///     A = (1 + 2 omega/n) L    B = 2 omega/n    rho = alpha    C = alpha L
///     D1 = (1 + omega) variance/n               D2 = alpha variance
///
/// Needs      every f_i convex and L-smooth, L = max_i L_i; 0 < alpha <= 1/(1 + omega); compressors independent
///            across workers; variance >= (1/n) sum_i E|ghat_i - grad f_i(x)|^2 for all x (0 for full gradients)
/// Corollary  M = 4 omega/(n alpha), gamma <= 1/((1 + 6 omega/n) L):
///            E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0 + noise / min{gamma mu, alpha/2}
///            For omega = 0 take M = 0.
/// Source     Table 2.1 names the result (Cor 2.6.28); constants as in arXiv:1905.11261
///
/// Where ghat_i is the gradient of a component drawn uniformly, the variance grows with x. Then, with the
/// components convex, Ls = max_ij L_ij and
///
///     sampling_variance = (1/n) sum_i (1/m_i) sum_j |grad f_ij(x*) - grad f_i(x*)|^2
///
///     A = L + (2 omega L + 2 (1 + omega) Ls)/n    B = 2 omega/n    rho = alpha
///     C = alpha L + 2 alpha^2 (1 + omega) Ls      D1 = 2 (1 + omega) sampling_variance/n
///     D2 = 2 alpha^2 (1 + omega) sampling_variance
///
/// Source     derived (the row of DIANAsr in chapter 3, with Ls for the expected smoothness)

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> diana_constants(const S& L, const S& omega, const S& n, const S& alpha,
                                                     const S& variance = S(0)) {
  const S B = S(S(2) * omega / n);
  return {.A = S(S(S(1) + B) * L),
          .B = B,
          .rho = alpha,
          .C = S(alpha * L),
          .D1 = S(S(S(1) + omega) * variance / n),
          .D2 = S(alpha * variance)};
}

template <Field S>
[[nodiscard]] ParametricConstants<S> diana_sampling_constants(const S& L, const S& component_L, const S& omega,
                                                              const S& n, const S& alpha,
                                                              const S& sampling_variance) {
  const S twice = S(S(2) * S(S(1) + omega));
  const S B = S(S(2) * omega / n);
  return {.A = S(L + B * L + twice * component_L / n),
          .B = B,
          .rho = alpha,
          .C = S(alpha * L + alpha * alpha * twice * component_L),
          .D1 = S(twice * sampling_variance / n),
          .D2 = S(alpha * alpha * twice * sampling_variance)};
}

/// The largest stepsize of the shifts, 1/(1 + omega).
template <Field S>
[[nodiscard]] S diana_shift_stepsize(const S& omega) {
  return S(S(1) / S(S(1) + omega));
}

/// M = 4 omega/(n alpha)
template <Field S>
[[nodiscard]] S diana_lyapunov_weight(const S& omega, const S& n, const S& alpha) {
  return S(S(4) * omega / S(n * alpha));
}

/// 1/((1 + 6 omega/n) L), for full gradients or gradients of bounded variance
template <Field S>
[[nodiscard]] S diana_stepsize(const S& L, const S& omega, const S& n) {
  return S(S(1) / S(S(S(1) + S(6) * omega / n) * L));
}

}  // namespace touchstone::inline v0
