#pragma once
/// \file
/// The theorem of the MARINA family: gradient steps along an estimator that is biased and drifts slowly.
///
///     x^{k+1} = x^k - gamma g^k,      G_k = |g^k - grad f(x^k)|^2,      gap_k = f(x^k) - inf f
///
///     (R)   E[ G_{k+1} | state ]  <=  (1 - p) G_k + p Lambda^2 |x^{k+1} - x^k|^2 + p nu,      0 < p <= 1
///
/// Theorem    Let f be L-smooth and bounded below.
///
///            non-convex    gamma <= 1/(L + Lambda), Phi^k = gap_k + (gamma/(2p)) G_k:
///                          E Phi^{k+1} <= E Phi^k - (gamma/2) E|grad f(x^k)|^2 + (gamma/2) nu, hence
///                          (1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K) + nu
///            PL            |grad f(x)|^2 >= 2 mu gap, gamma <= min{1/(L + sqrt(2) Lambda), p/(2 mu)},
///                          Psi^k = gap_k + (gamma/p) G_k:
///                          E Psi^{k+1} <= (1 - gamma mu) E Psi^k + gamma nu
///
/// All that is used of the stepsize is 1 - gamma L - gamma^2 Lambda^2 >= 0 (PL: with 2 Lambda^2), that is
/// gamma <= 2/(L + sqrt(L^2 + 4 Lambda^2)), which is at least 1/(L + Lambda). Of L it is only used that f(y) <= f(x) +
/// <grad f(x), y - x> + (L/2)|y - x|^2: on quadratics any L not below the largest eigenvalue, however negative others are.
///
/// Source     derived; the theorems of arXiv:2102.07845 for each method are instances

#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// 1/(L + t) for any t >= 0 with t^2 >= Lambda^2 (PL: 2 Lambda^2): the theorem's stepsize where t is the root, a
/// smaller one where t is an upper bound of it. No square root is taken, so that rationals can be used.
template <Field S>
[[nodiscard]] S biased_estimator_stepsize(const S& L, const S& t) {
  return S(S(1) / S(L + t));
}

/// 2/(L + r) for any r >= 0 with r^2 >= L^2 + 4 Lambda^2 (PL: 8 Lambda^2): where r is the root, all that descent admits.
template <Field S>
[[nodiscard]] S biased_estimator_sharp_stepsize(const S& L, const S& r) {
  return S(S(2) / S(L + r));
}

/// Under the PL condition gamma must not exceed any of these.
template <Field S>
[[nodiscard]] std::vector<S> biased_estimator_pl_stepsizes(const S& L, const S& t, const S& p, const S& mu) {
  return {biased_estimator_stepsize(L, t), S(p / S(S(2) * mu))};
}

/// 1 - gamma L - gamma^2 Lambda^2, what descent asks to be nonnegative.
template <Field S>
[[nodiscard]] S biased_estimator_descent(const S& L, const S& gamma, const S& lambda_squared) {
  return S(S(1) - gamma * L - gamma * gamma * lambda_squared);
}

/// Whether descent admits gamma, exactly; PL: with 2 Lambda^2, and gamma <= p/(2 mu) besides.
template <OrderedField S>
[[nodiscard]] bool biased_estimator_admits(const S& L, const S& gamma, const S& lambda_squared) {
  return biased_estimator_descent(L, gamma, lambda_squared) >= S(0);
}

/// 2 Phi^0/(gamma K) + nu, what (1/K) sum_{k < K} E|grad f(x^k)|^2 is at most.
template <Field S>
[[nodiscard]] S biased_estimator_bound(const S& gamma, const S& K, const S& first, const S& nu = S(0)) {
  return S(S(S(2) * first) / S(gamma * K) + nu);
}

/// nu/mu, where E Psi^k <= (1 - gamma mu)^k Psi^0 + nu/mu ends.
template <Field S>
[[nodiscard]] S biased_estimator_pl_floor(const S& nu, const S& mu) {
  return S(nu / mu);
}

/// gamma/(2p), the weight of G in Phi.
template <Field S>
[[nodiscard]] S biased_estimator_weight(const S& gamma, const S& p) {
  return S(gamma / S(S(2) * p));
}

/// gamma/p, the weight of G in Psi.
template <Field S>
[[nodiscard]] S biased_estimator_pl_weight(const S& gamma, const S& p) {
  return S(gamma / p);
}

}  // namespace touchstone::inline v0
