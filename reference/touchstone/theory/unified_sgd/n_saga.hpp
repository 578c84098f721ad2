#pragma once
/// \file
/// N-SAGA's row of Table 2.1, for sigma_k^2 = (1/m) sum_j |T_j - grad f_j(x*)|^2: SAGA's with noise.
///
///     A = 2L    B = 2    rho = 1/m    C = L/m    D1 = variance    D2 = variance/m
///
/// Needs      every f_j convex and L-smooth, L = max_j L_j; noise of mean zero, variance >= (1/m) sum_j E|e_j|^2
/// Corollary  M = 4m, gamma <= 1/(6L): E V^k <= max{1 - gamma mu, 1 - 1/(2m)}^k V^0 +
///            5 variance gamma^2/min{gamma mu, 1/(2m)}
/// Source     Table 2.1 names the result. arXiv:1905.11261 has D1 = 2 variance, which is valid and loose: the noise is
///            independent of the rest and enters once.

#include "touchstone/theory/unified_sgd/saga.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> n_saga_constants(const S& L, const S& m, const S& variance) {
  ParametricConstants<S> row = saga_constants(L, m);
  row.D1 = variance;
  row.D2 = S(variance / m);
  return row;
}

}  // namespace touchstone::inline v0
