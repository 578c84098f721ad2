#pragma once
/// \file
/// Gradient descent on functions that need not be convex: the theorem of biased estimators with G = 0, Lambda = 0, nu = 0.
///
/// Theorem    f L-smooth and bounded below, gamma <= 1/L:
///            (1/K) sum_{k < K} |grad f(x^k)|^2 <= 2 (f(x^0) - inf f)/(gamma K)
///            PL: f(x^k) - inf f <= (1 - gamma mu)^k (f(x^0) - inf f)
/// Source     folklore; slides, as what QGD, DIANA and MARINA are compared with
///
/// Under the PL condition gamma mu <= 1, as mu <= L: nothing is asked of gamma besides gamma <= 1/L.

#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0 {

/// 1/L
template <Field S>
[[nodiscard]] S gd_nonconvex_stepsize(const S& L) {
  return biased_estimator_stepsize(L, S(0));
}

}  // namespace touchstone::inline v0
