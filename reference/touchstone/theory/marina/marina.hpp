#pragma once
/// \file
/// MARINA's row (R) of the theorem of biased estimators: nu = 0 and
///
///     p Lambda^2 = (1 - p) omega L^2/n,      L^2 = (1/n) sum_i L_i^2
///
/// Needs      every f_i L_i-smooth, f bounded below; compressors independent across workers; g^0 = grad f(x^0), with
///            which Phi^0 = Psi^0 = f(x^0) - inf f
/// Corollary  gamma <= 1/(L (1 + sqrt((1 - p) omega/(p n)))):
///            (1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 (f(x^0) - inf f)/(gamma K)
/// Source     slides "New Method: MARINA" (the order); arXiv:2102.07845 (the constants)

#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0 {

/// Lambda^2 = (1 - p) omega L^2/(p n), for L^2 = (1/n) sum_i L_i^2 or any larger value.
template <Field S>
[[nodiscard]] S marina_lambda_squared(const S& L_squared, const S& omega, const S& n, const S& p) {
  return S(S(S(1) - p) * omega * L_squared / S(p * n));
}

}  // namespace touchstone::inline v0
