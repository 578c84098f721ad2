#pragma once
/// \file
/// GD as a row of the parametric assumption, with sigma_k^2 = 0 and M = 0.
///
///     A = L    B = 0    rho = 1    C = 0    D1 = 0    D2 = 0
///
/// Needs      f L-smooth with minimiser x* (cocoercivity of grad f at x*)
/// Corollary  gamma <= 1/L; E V^k <= (1 - gamma mu)^k V^0
/// Source     derived; not a row of Table 2.1

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> gd_constants(const S& L) {
  return {.A = L, .B = S(0), .rho = S(1), .C = S(0), .D1 = S(0), .D2 = S(0)};
}

/// 1/L
template <Field S>
[[nodiscard]] S gd_stepsize(const S& L) {
  return S(S(1) / L);
}

}  // namespace touchstone::inline v0
