#pragma once
/// \file
/// Q-SGD-SR's row of Table 2.1, with sigma_k^2 = 0 and M = 0.
///
///     A = 2 (1 + omega) E    B = 0    rho = 1    C = 0    D1 = 2 omega second_moment + 2 variance    D2 = 0
///
/// Needs      every f_j convex and smooth, expected smoothness E (theory/unified_sgd/expected_smoothness.hpp); with
///            second_moment >= E|grad f_v(x*)|^2 and variance >= E|grad f_v(x*) - grad f(x*)|^2. Without a regularizer
///            grad f(x*) = 0, both are the same and D1 = 2 (1 + omega) variance.
/// Corollary  gamma <= 1/(2 (1 + omega) E): E V^k <= (1 - gamma mu)^k V^0 + gamma D1/mu
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261; with a regularizer derived

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> q_sgd_sr_constants(const S& expected_smoothness, const S& omega,
                                                        const S& second_moment, const S& variance) {
  return {.A = S(S(2) * S(S(1) + omega) * expected_smoothness),
          .B = S(0),
          .rho = S(1),
          .C = S(0),
          .D1 = S(S(2) * omega * second_moment + S(2) * variance),
          .D2 = S(0)};
}

/// 1/(2 (1 + omega) E)
template <Field S>
[[nodiscard]] S q_sgd_sr_stepsize(const S& expected_smoothness, const S& omega) {
  return S(S(1) / S(S(2) * S(S(1) + omega) * expected_smoothness));
}

}  // namespace touchstone::inline v0
