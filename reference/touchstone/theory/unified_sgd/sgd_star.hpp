#pragma once
/// \file
/// SGD-star's row of Table 2.1, with sigma_k^2 = 0 and M = 0.
///
///     A = E    B = 0    rho = 1    C = 0    D1 = 0    D2 = 0
///
/// Needs      every f_j convex and smooth, expected smoothness E (theory/unified_sgd/expected_smoothness.hpp)
/// Corollary  gamma <= 1/E: E V^k <= (1 - gamma mu)^k V^0
/// Source     Table 2.1 names the result. arXiv:1905.11261 has A = 2E, which is valid and twice too large: nothing is left
///            over of the noise, so the exact value E|grad f_v(x) - grad f_v(x*)|^2 needs no splitting.

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> sgd_star_constants(const S& expected_smoothness) {
  return {.A = expected_smoothness, .B = S(0), .rho = S(1), .C = S(0), .D1 = S(0), .D2 = S(0)};
}

/// 1/E
template <Field S>
[[nodiscard]] S sgd_star_stepsize(const S& expected_smoothness) {
  return S(S(1) / expected_smoothness);
}

}  // namespace touchstone::inline v0
