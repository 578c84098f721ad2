#pragma once
/// \file
/// The row of DIANA with one node and full gradients, for sigma_k^2 = |h - grad f(x*)|^2: DIANA's for n = 1 without noise.
///
///     A = (1 + 2 omega) L    B = 2 omega    rho = alpha    C = alpha L    D1 = 0    D2 = 0
///
/// Needs      f convex and L-smooth; 0 < alpha <= 1/(1 + omega)
/// Corollary  M = 4 omega/alpha, gamma <= 1/((1 + 6 omega) L): E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0
///            For omega = 0 take M = 0.
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261

#include "touchstone/theory/unified_sgd/diana.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> diana_single_constants(const S& L, const S& omega, const S& alpha) {
  return diana_constants(L, omega, S(1), alpha);
}

/// M = 4 omega/alpha
template <Field S>
[[nodiscard]] S diana_single_lyapunov_weight(const S& omega, const S& alpha) {
  return diana_lyapunov_weight(omega, S(1), alpha);
}

/// 1/((1 + 6 omega) L)
template <Field S>
[[nodiscard]] S diana_single_stepsize(const S& L, const S& omega) {
  return diana_stepsize(L, omega, S(1));
}

}  // namespace touchstone::inline v0
