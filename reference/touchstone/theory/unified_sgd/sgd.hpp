#pragma once
/// \file
/// SGD's row of Table 2.1, with sigma_k^2 = 0 and M = 0.
///
///     A = 2L    B = 0    rho = 1    C = 0    D1 = 2 variance    D2 = 0
///
/// Needs      every f_xi convex and L-smooth; variance >= E|grad f_xi(x*) - grad f(x*)|^2
/// Corollary  gamma <= 1/(2L): E V^k <= (1 - gamma mu)^k V^0 + 2 gamma variance/mu
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> sgd_constants(const S& L, const S& variance) {
  return {.A = S(S(2) * L), .B = S(0), .rho = S(1), .C = S(0), .D1 = S(S(2) * variance), .D2 = S(0)};
}

/// 1/(2L)
template <Field S>
[[nodiscard]] S sgd_stepsize(const S& L) {
  return S(S(1) / S(S(2) * L));
}

}  // namespace touchstone::inline v0
