#pragma once
/// \file
/// SVRG's row of Table 2.1 within one outer loop, for sigma_k^2 = (1/m) sum_j |grad f_j(w) - grad f_j(x*)|^2, and what
/// may be claimed instead of the main theorem, which rho = 0 does not allow.
///
///     A = 2L    B = 2    rho = 0    C = 0    D1 = 0    D2 = 0
///
/// With s = sigma_0^2, r_k = |x^k - x*|^2, gap(x) = f(x) - f(x*), for the iterates x^0, ..., x^K of one loop:
///
///     iterates   gamma <= 1/(2L):   E r_k <= (1 - gamma mu)^k r_0 + 2 gamma s (1 - (1 - gamma mu)^k)/mu
///     sum        gamma < 1/(2L):    2 gamma (1 - 2L gamma) sum_{k<K} E gap(x^k) <= r_0 + 2K gamma^2 s
///     epoch      x^0 = w, xbar the average of x^0, ..., x^{K-1}, or one of them at random:
///                E gap(xbar) <= [1/(mu gamma (1 - 2L gamma) K) + 2L gamma/(1 - 2L gamma)] gap(w)
///
/// Needs      every f_j convex and L-smooth, L = max_j L_j; `sum` and `epoch` without a regularizer
/// Source     Table 2.1 marks the method as variance reduced; its iterates are not (claim unified-sgd/svrg/linear); derived

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> svrg_constants(const S& L) {
  return {.A = S(S(2) * L), .B = S(2), .rho = S(0), .C = S(0), .D1 = S(0), .D2 = S(0)};
}

/// The row with s = sigma_0^2 counted as noise, which the main theorem does allow: `iterates` above.
template <Field S>
[[nodiscard]] ParametricConstants<S> svrg_noise_constants(const S& L, const S& s) {
  return {.A = S(S(2) * L), .B = S(0), .rho = S(1), .C = S(0), .D1 = S(S(2) * s), .D2 = S(0)};
}

/// 1/(2L)
template <Field S>
[[nodiscard]] S svrg_stepsize(const S& L) {
  return S(S(1) / S(S(2) * L));
}

/// 2 gamma (1 - 2L gamma), the weight of the sum of gaps
template <Field S>
[[nodiscard]] S svrg_gap_weight(const S& L, const S& gamma) {
  return S(S(2) * gamma * S(S(1) - S(2) * L * gamma));
}

/// The factor of `epoch`. gamma < 1/(2L), K >= 1.
template <Field S>
[[nodiscard]] S svrg_epoch_factor(const S& L, const S& mu, const S& gamma, const S& K) {
  const S rest = S(S(1) - S(2) * L * gamma);
  return S(S(S(1) / S(mu * gamma * rest * K)) + S(S(2) * L * gamma / rest));
}

}  // namespace touchstone::inline v0
