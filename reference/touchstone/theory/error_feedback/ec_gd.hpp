#pragma once
/// \file
/// The rows of EC-GD and EC-GDstar: error compensation with full gradients, no s1, no s2.
///
///     EC-GD        A = 2L    D1 = 2 zeta    A' = L        P = L    Z = 2 L k
///     EC-GDstar    A = L     D1 = 0         A' = L        P = L    Z = L k
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2 and k = (1 - delta)(2 - delta)/delta.
///
/// Needs      every f_i convex and L-smooth
/// Corollary  gamma L + 24 k (gamma L)^2/delta <= 1/2 (EC-GDstar: 12 k): E V+ <= (1 - gamma mu/2) V + noise with
///            noise = 24 gamma^3 L k zeta/delta (EC-GDstar: 0, linear to x*)
/// Source     slide 50, row 3 (EC-GDstar, Algorithm 21), and row 2 with full gradients; constants derived

#include "touchstone/theory/error_feedback/error_compensation.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_gd_constants(const S& L, const S& zeta) {
  return {{.mean = {L, S(0), S(0), S(0)}}, plain_worker_mean(L, zeta), no_variance<S>()};
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_gd_star_constants(const S& L) {
  return {{.mean = {L, S(0), S(0), S(0)}}, star_worker_mean(L), no_variance<S>()};
}

}  // namespace touchstone::inline v0
