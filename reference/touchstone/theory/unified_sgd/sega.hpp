#pragma once
/// \file
/// SEGA's row of Table 2.1, for sigma_k^2 = |h - grad f(x*)|^2, and a sharper one.
///
///     A = 2dL           B = 2d          rho = 1/d    C = L/d    D1 = 0    D2 = 0
///     A = (2d - 1)L     B = 2(d - 1)    rho = 1/d    C = L/d    D1 = 0    D2 = 0        sharper
///
/// Needs      f convex and L-smooth
/// Corollary  M = 4d^2, gamma <= 1/(6dL): E V^k <= (1 - gamma mu)^k V^0, since gamma mu <= 1/(2d)
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261; the sharper row is derived

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> sega_constants(const S& L, const S& d) {
  return {.A = S(S(2) * d * L), .B = S(S(2) * d), .rho = S(S(1) / d), .C = S(L / d), .D1 = S(0), .D2 = S(0)};
}

template <Field S>
[[nodiscard]] ParametricConstants<S> sega_sharper_constants(const S& L, const S& d) {
  ParametricConstants<S> row = sega_constants(L, d);
  row.A = S(S(S(2) * d - S(1)) * L);
  row.B = S(S(2) * S(d - S(1)));
  return row;
}

/// M = 4d^2
template <Field S>
[[nodiscard]] S sega_lyapunov_weight(const S& d) {
  return S(S(4) * d * d);
}

/// 1/(6dL)
template <Field S>
[[nodiscard]] S sega_stepsize(const S& L, const S& d) {
  return S(S(1) / S(S(6) * d * L));
}

}  // namespace touchstone::inline v0
