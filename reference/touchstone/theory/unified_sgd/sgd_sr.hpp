#pragma once
/// \file
/// SGD-SR's row of Table 2.1, with sigma_k^2 = 0 and M = 0.
///
///     A = 2E    B = 0    rho = 1    C = 0    D1 = 2 variance    D2 = 0
///
/// Needs      every f_j convex and smooth, expected smoothness E (theory/unified_sgd/expected_smoothness.hpp);
///            variance >= E|grad f_v(x*) - grad f(x*)|^2
/// Corollary  gamma <= 1/(2E): E V^k <= (1 - gamma mu)^k V^0 + 2 gamma variance/mu
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261
///
/// For tau of m, uniform, m >= 2 (sampling without replacement; derived):
///
///     variance = (m - tau)/(tau (m - 1)) (1/m) sum_j |grad f_j(x*) - grad f(x*)|^2
///
/// code    expected_smoothness
/// theory  script L; E on these pages

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> sgd_sr_constants(const S& expected_smoothness, const S& variance) {
  return {
      .A = S(S(2) * expected_smoothness), .B = S(0), .rho = S(1), .C = S(0), .D1 = S(S(2) * variance), .D2 = S(0)};
}

/// 1/(2E)
template <Field S>
[[nodiscard]] S sgd_sr_stepsize(const S& expected_smoothness) {
  return S(S(1) / S(S(2) * expected_smoothness));
}

/// draw_variance = (1/m) sum_j |grad f_j(x*) - grad f(x*)|^2; 1 <= tau <= m, m >= 2.
template <Field S>
[[nodiscard]] S tau_nice_variance(const S& draw_variance, const S& m, const S& tau) {
  return S(S(m - tau) * draw_variance / S(tau * S(m - S(1))));
}

}  // namespace touchstone::inline v0
