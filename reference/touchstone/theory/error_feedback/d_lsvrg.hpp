#pragma once
/// \file
/// The rows of D-LSVRG, D-QLSVRG and D-LSVRG-DIANA, loopless variance reduction with or without delay, with s2.
///
///     rho2 = p    C2 = p L
///
///                      A'                        B1'          B2'                D1'
///     D-LSVRG          L + 2L/n                  0            2/n                0
///     D-QLSVRG         L + 2L (1 + 2 omega)/n    0            2 (1 + omega)/n    2 omega zeta/n
///     D-LSVRG-DIANA    L + 2L (1 + 2 omega)/n    2 omega/n    2 (1 + omega)/n    0
///
///     D-LSVRG-DIANA also has s1: rho1 = alpha, C1 = alpha L + 2 W alpha L, G = 2 W, D2 = 0,    W = alpha (1 + omega)
///
///     D-LSVRG          P = L + 14 L/(3n)
///     D-QLSVRG         P = L + (14 + 20 omega) L/(3n)
///     D-LSVRG-DIANA    P = L + (14/3) L/n + (28/3) omega L/n + (112/9) W omega L/n
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2.
///
/// Needs      every f_ij convex and L-smooth; one coin per worker with probability p; workers independent; for
///            D-LSVRG-DIANA 0 < alpha <= 1/(1 + omega)
/// Corollary  delay: theorem.hpp with delay.hpp; without: gamma <= 1/P. Linear to x*, D-QLSVRG only if omega zeta = 0
/// Source     slides 55-57 name the methods and print no rates; constants derived

#include "touchstone/theory/error_feedback/d_diana.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_lsvrg_constants(const S& L, const S& n, const S& p) {
  return {.mean = mean_of_independent(L, reference_point_variance(L), n), .sampling = reference_points(L, p)};
}

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_qlsvrg_constants(const S& L, const S& omega, const S& n, const S& p,
                                                           const S& zeta) {
  return {.mean = mean_of_independent(
              L, quantized_variance(omega, plain_worker_mean(L, zeta), reference_point_variance(L)), n),
          .sampling = reference_points(L, p)};
}

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> d_lsvrg_diana_constants(const S& L, const S& omega, const S& n,
                                                                const S& alpha, const S& p) {
  ErrorFeedbackConstants<S> row = d_diana_constants(L, omega, n, alpha, reference_point_variance(L));
  row.sampling = reference_points(L, p);
  return row;
}

}  // namespace touchstone::inline v0
