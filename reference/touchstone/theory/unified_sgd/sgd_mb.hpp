#pragma once
/// \file
/// SGD-MB's row of Table 2.1, with sigma_k^2 = 0 and M = 0, from what a single draw psi = grad f_j(x)/(m p_j) satisfies:
///
///     E|psi - grad f(x*)|^2 <= 2 A' D_f(x, x*) + D'
///     A' = 2 max_j L_j/(m p_j)    D' = 2 sum_j p_j |grad f_j(x*)/(m p_j) - grad f(x*)|^2
///
///     A = (A' + L (tau - 1))/tau    B = 0    rho = 1    C = 0    D1 = D'/tau    D2 = 0
///
/// Needs      every f_j convex and L_j-smooth, f L-smooth; tau >= 1 draws, independent
/// Corollary  gamma <= tau/(A' + L (tau - 1)): E V^k <= (1 - gamma mu)^k V^0 + gamma D'/(mu tau);  needs A' >= mu
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261
///
/// code    draw_A  draw_D
/// theory  A'      D'

#include <vector>

#include "touchstone/theory/unified_sgd/assumption.hpp"
#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> sgd_mb_constants(const S& draw_A, const S& L, const S& tau, const S& draw_D) {
  return {.A = S(S(draw_A + L * S(tau - S(1))) / tau),
          .B = S(0),
          .rho = S(1),
          .C = S(0),
          .D1 = S(draw_D / tau),
          .D2 = S(0)};
}

/// The candidates 2 L_j/(m p_j) for A'.
template <Field S>
[[nodiscard]] std::vector<S> sgd_mb_draw_A(const std::vector<S>& L_j, const std::vector<S>& p) {
  std::vector<S> candidates = single_element_smoothness(L_j, p);
  for (S& candidate : candidates) candidate *= S(2);
  return candidates;
}

/// tau/(A' + L (tau - 1))
template <Field S>
[[nodiscard]] S sgd_mb_stepsize(const S& draw_A, const S& L, const S& tau) {
  return S(tau / S(draw_A + L * S(tau - S(1))));
}

}  // namespace touchstone::inline v0
