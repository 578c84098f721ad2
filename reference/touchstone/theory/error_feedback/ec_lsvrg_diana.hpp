#pragma once
/// \file
/// The row of EC-LSVRG-DIANA: error compensation of shifted, variance-reduced gradients, with s1 and s2.
///
///     A = 2L    B1 = 2    A~ = 2L    B2~ = 2    A' = L + 2L/n    B2' = 2/n    no noise at all
///     rho1 = alpha    C1 = alpha L + 2 alpha^2 (1 + omega) L    G = 2 alpha (1 + omega)    rho2 = p    C2 = p L
///
///     P = L + 14 L/(3n)    Z = (14/3) L q + k L (14/3 + (112/9) alpha (1 + omega))
///
/// with k = (1 - delta)(2 - delta)/delta, q = 1 - delta.
///
/// Needs      every f_ij convex and L-smooth; 0 < alpha <= 1/(1 + omega); workers independent
/// Corollary  theorem.hpp: linear to x*, eta = min{gamma mu/2, alpha/4, p/4}
/// Source     slide 50, row 9 (Algorithm 26); constants derived

#include "touchstone/theory/error_feedback/ec_diana.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_lsvrg_diana_constants(const S& L, const S& omega, const S& n,
                                                                     const S& alpha, const S& p) {
  ErrorCompensationConstants<S> row = ec_diana_constants(L, omega, n, alpha, reference_point_variance(L));
  row.sampling = reference_points(L, p);
  return row;
}

}  // namespace touchstone::inline v0
