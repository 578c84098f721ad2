#pragma once
/// \file
/// SAGA's row of Table 2.1, for sigma_k^2 = (1/m) sum_j |T_j - grad f_j(x*)|^2.
///
///     A = 2L    B = 2    rho = 1/m    C = L/m    D1 = 0    D2 = 0
///
/// Needs      every f_j convex and L-smooth, L = max_j L_j
/// Corollary  M = 4m, gamma <= 1/(6L): E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0
/// Source     Table 2.1 names the result (Cor 2.6.15); constants as in arXiv:1905.11261

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> saga_constants(const S& L, const S& m) {
  return {.A = S(S(2) * L), .B = S(2), .rho = S(S(1) / m), .C = S(L / m), .D1 = S(0), .D2 = S(0)};
}

/// M = 4m
template <Field S>
[[nodiscard]] S saga_lyapunov_weight(const S& m) {
  return S(S(4) * m);
}

/// 1/(6L)
template <Field S>
[[nodiscard]] S saga_stepsize(const S& L) {
  return S(S(1) / S(S(6) * L));
}

}  // namespace touchstone::inline v0
