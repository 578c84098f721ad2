#pragma once
/// \file
/// Parallel SGD with an unbiased compressor (QSGD) as a row of the parametric assumption, sigma_k^2 = 0 and M = 0.
///
///     A = L + 2 omega L/n    B = 0    rho = 1    C = 0    D1 = (2 omega zeta + (1 + omega) variance)/n    D2 = 0
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2.
///
/// Needs      every f_i convex and L-smooth, L = max_i L_i; compressors independent across workers;
///            variance >= (1/n) sum_i E|ghat_i - grad f_i(x)|^2 for all x (0 for full gradients)
/// Corollary  gamma <= 1/A: E V^k <= (1 - gamma mu)^k V^0 + gamma D1/mu
/// Source     derived (row D-QSGD of chapter 3 without delay); slides 55-57 name the method

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> qsgd_constants(const S& L, const S& omega, const S& n, const S& zeta,
                                                    const S& variance = S(0)) {
  return {.A = S(L + S(2) * omega * L / n),
          .B = S(0),
          .rho = S(1),
          .C = S(0),
          .D1 = S(S(S(2) * omega * zeta + S(S(1) + omega) * variance) / n),
          .D2 = S(0)};
}

/// 1/((1 + 2 omega/n) L)
template <Field S>
[[nodiscard]] S qsgd_stepsize(const S& L, const S& omega, const S& n) {
  return S(S(1) / S(S(S(1) + S(2) * omega / n) * L));
}

}  // namespace touchstone::inline v0
