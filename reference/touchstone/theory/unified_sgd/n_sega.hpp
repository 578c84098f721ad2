#pragma once
/// \file
/// N-SEGA's row of Table 2.1, for sigma_k^2 = |h - grad f(x*)|^2: SEGA's with noise.
///
///     A = 2dL    B = 2d    rho = 1/d    C = L/d    D1 = d variance    D2 = variance/d
///
/// Needs      f convex and L-smooth; noise of mean zero, variance >= sum_i E e_i^2, the *total* over the d partial
///            derivatives. If variance bounds each of them, D1 = d^2 variance and D2 = variance.
/// Corollary  M = 4d^2, gamma <= 1/(6dL): E V^k <= (1 - gamma mu)^k V^0 + 5d variance gamma/mu
/// Source     Table 2.1 names the result. arXiv:1905.11261 has D1 = 2d variance, which is valid and loose.

#include "touchstone/theory/unified_sgd/sega.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> n_sega_constants(const S& L, const S& d, const S& variance) {
  ParametricConstants<S> row = sega_constants(L, d);
  row.D1 = S(d * variance);
  row.D2 = S(variance / d);
  return row;
}

}  // namespace touchstone::inline v0
