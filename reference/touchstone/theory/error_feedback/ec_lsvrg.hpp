#pragma once
/// \file
/// The rows of EC-LSVRG and EC-LSVRGstar: error compensation of loopless variance reduction, with s2.
///
///     A~ = 2L    B2~ = 2    A' = L + 2L/n    B2' = 2/n    rho2 = p    C2 = p L
///
///     EC-LSVRG        A = 2L    D1 = 2 zeta    P = L + 14 L/(3n)    Z = 2 L k + (14/3) L q
///     EC-LSVRGstar    A = L     D1 = 0         P = L + 14 L/(3n)    Z = L k + (14/3) L q
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2, k = (1 - delta)(2 - delta)/delta, q = 1 - delta.
///
/// Needs      every f_ij convex and L-smooth; one coin per worker with probability p; workers independent
/// Corollary  theorem.hpp: noise 2 gamma^2 N k zeta (EC-LSVRGstar: 0, linear to x*), eta = min{gamma mu/2, p/4}
/// Source     slide 50, rows 7 and 8 (Algorithms 24, 25); constants derived

#include "touchstone/theory/error_feedback/error_compensation.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_lsvrg_constants(const S& L, const S& n, const S& p, const S& zeta) {
  const MomentBound<S> variance = reference_point_variance(L);
  return {{.mean = mean_of_independent(L, variance, n), .sampling = reference_points(L, p)},
          plain_worker_mean(L, zeta),
          variance};
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_lsvrg_star_constants(const S& L, const S& n, const S& p) {
  const MomentBound<S> variance = reference_point_variance(L);
  return {{.mean = mean_of_independent(L, variance, n), .sampling = reference_points(L, p)},
          star_worker_mean(L),
          variance};
}

}  // namespace touchstone::inline v0
