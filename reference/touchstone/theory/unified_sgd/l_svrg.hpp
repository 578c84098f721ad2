#pragma once
/// \file
/// L-SVRG's row of Table 2.1, for sigma_k^2 = (1/m) sum_j |grad f_j(w) - grad f_j(x*)|^2.
///
///     A = 2L    B = 2    rho = p    C = pL    D1 = 0    D2 = 0
///
/// Needs      every f_j convex and L-smooth, L = max_j L_j; 0 < p <= 1
/// Corollary  M = 4/p, gamma <= 1/(6L): E V^k <= max{1 - gamma mu, 1 - p/2}^k V^0
/// Source     Table 2.1 names the result (Cor 2.6.25); constants as in arXiv:1905.11261

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> l_svrg_constants(const S& L, const S& p) {
  return {.A = S(S(2) * L), .B = S(2), .rho = p, .C = S(p * L), .D1 = S(0), .D2 = S(0)};
}

/// M = 4/p
template <Field S>
[[nodiscard]] S l_svrg_lyapunov_weight(const S& p) {
  return S(S(4) / p);
}

/// 1/(6L)
template <Field S>
[[nodiscard]] S l_svrg_stepsize(const S& L) {
  return S(S(1) / S(S(6) * L));
}

}  // namespace touchstone::inline v0
