#pragma once
/// \file
/// DIANA on functions that need not be convex. For H = (1/n) sum_i |grad f_i(x) - h_i|^2 and V = E|g - grad f(x)|^2:
///
///     V <= (omega/n) H
///     E H+ <= (1 - alpha/2) H + (2/alpha - 1) L^2 gamma^2 (|grad f(x)|^2 + V)          L^2 = (1/n) sum_i L_i^2
///
///     theta^2 = 2 (2 - alpha) omega/(alpha^2 n)
///
/// Theorem    gamma <= 1/(L (1 + theta)), Phi^k = f(x^k) - inf f + (gamma omega/(n alpha)) H_k:
///            E Phi^{k+1} <= Phi^k - (gamma/2) |grad f(x^k)|^2, hence
///            (1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K)
///            PL, |grad f(x)|^2 >= 2 mu (f(x) - inf f): gamma <= min{1/(L (1 + sqrt(2) theta)), alpha/(4 mu)},
///            Psi^k = f(x^k) - inf f + (2 gamma omega/(n alpha)) H_k: E Psi^{k+1} <= (1 - gamma mu) Psi^k
/// Needs      every f_i L_i-smooth, f bounded below; 0 < alpha <= 1/(1 + omega); compressors independent across workers;
///            any h_i^0: Phi^0 = f(x^0) - inf f for h_i^0 = grad f_i(x^0)
/// Corollary  alpha = 1/(1 + omega): theta^2 = 2 (1 + 2 omega)(1 + omega) omega/n <= 4 (1 + omega)^2 omega/n
/// Source     slides "DIANA" (the order); constants derived
///
/// All that is used of the stepsize is 1 - gamma L - theta^2 gamma^2 L^2 >= 0: biased_estimator.hpp's descent coefficient with
/// Lambda = theta L, and its stepsizes.
/// Twice theta^2 under the PL condition.

#include <vector>

#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0 {

/// E H+ <= (1 - rho) H + move |x+ - x|^2
template <Field S>
struct NonconvexShifts {
  S rho, move;
};

/// alpha/2 and (2/alpha - 1) L^2.
template <Field S>
[[nodiscard]] NonconvexShifts<S> diana_nonconvex_shifts(const S& L_squared, const S& alpha) {
  return {S(alpha / S(2)), S(S(S(2) / alpha - S(1)) * L_squared)};
}

/// theta^2
template <Field S>
[[nodiscard]] S diana_nonconvex_theta_squared(const S& omega, const S& n, const S& alpha) {
  return S(S(S(2) * S(S(2) - alpha)) * omega / S(alpha * alpha * n));
}

/// 4 (1 + omega)^2 omega/n, not below theta^2 for the largest alpha.
template <Field S>
[[nodiscard]] S diana_nonconvex_simple_theta_squared(const S& omega, const S& n) {
  const S one_and_omega = S(S(1) + omega);
  return S(S(S(4) * one_and_omega) * one_and_omega * omega / n);
}

/// 1/(L (1 + t)) for any t >= 0 with t^2 >= theta^2.
template <Field S>
[[nodiscard]] S diana_nonconvex_stepsize(const S& L, const S& t) {
  return biased_estimator_stepsize(L, S(L * t));
}

/// gamma omega/(n alpha), the weight of H in Phi.
template <Field S>
[[nodiscard]] S diana_nonconvex_weight(const S& gamma, const S& omega, const S& n, const S& alpha) {
  return S(gamma * omega / S(n * alpha));
}

/// Under the PL condition gamma must not exceed any of these, for t^2 >= 2 theta^2.
template <Field S>
[[nodiscard]] std::vector<S> diana_nonconvex_pl_stepsizes(const S& L, const S& t, const S& alpha, const S& mu) {
  return {diana_nonconvex_stepsize(L, t), S(alpha / S(S(4) * mu))};
}

/// 2 gamma omega/(n alpha), the weight of H in Psi.
template <Field S>
[[nodiscard]] S diana_nonconvex_pl_weight(const S& gamma, const S& omega, const S& n, const S& alpha) {
  return S(S(2) * diana_nonconvex_weight(gamma, omega, n, alpha));
}

}  // namespace touchstone::inline v0
