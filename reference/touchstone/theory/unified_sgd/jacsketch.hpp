#pragma once
/// \file
/// JacSketch's row of Table 2.1 (weights W = I), for sigma_k^2 = (1/m) |J - grad F(x*)|_F^2.
///
///     A = 2 E1    B = 2 lambda_max/m    rho = lambda_min    C = E2/m    D1 = 0    D2 = 0
///
/// Needs      a projector Pi and theta with E[theta Pi e] = e, e = (1, ..., 1); for A = grad F(x) - grad F(x*)
///
///                lambda_max >= largest eigenvalue of E[theta^2 Pi e e' Pi] - e e'
///                lambda_min <= smallest eigenvalue of E Pi
///                E|theta A Pi e|^2/m^2 <= 2 E1 D_f(x, x*)
///                E|A Pi|_F^2           <= 2 E2 D_f(x, x*)
///
/// Corollary  M = 4 lambda_max/(m lambda_min), gamma <= 1/(2 E1 + 4 lambda_max E2/(m^2 lambda_min)):
///            E V^k <= max{1 - gamma mu, 1 - lambda_min/2}^k V^0.  For lambda_max = 0 take M = 0.
/// Source     Table 2.1 names the result; constants as in arXiv:1905.11261
///
/// code    smoothness_1  smoothness_2
/// theory  script L_1    script L_2;  E1, E2 above

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

/// Of a sketch for convex smooth f_1, ..., f_m.
template <Field S>
struct SketchConstants {
  S lambda_max, lambda_min, smoothness_1, smoothness_2;
};

template <Field S>
[[nodiscard]] ParametricConstants<S> jacsketch_constants(const SketchConstants<S>& sketch, const S& m) {
  return {.A = S(S(2) * sketch.smoothness_1),
          .B = S(S(2) * sketch.lambda_max / m),
          .rho = sketch.lambda_min,
          .C = S(sketch.smoothness_2 / m),
          .D1 = S(0),
          .D2 = S(0)};
}

/// M = 4 lambda_max/(m lambda_min)
template <Field S>
[[nodiscard]] S jacsketch_lyapunov_weight(const SketchConstants<S>& sketch, const S& m) {
  return S(S(4) * sketch.lambda_max / S(m * sketch.lambda_min));
}

/// 1/(2 E1 + 4 lambda_max E2/(m^2 lambda_min))
template <Field S>
[[nodiscard]] S jacsketch_stepsize(const SketchConstants<S>& sketch, const S& m) {
  return S(S(1) / S(S(2) * sketch.smoothness_1 +
                    S(4) * sketch.lambda_max * sketch.smoothness_2 / S(m * m * sketch.lambda_min)));
}

}  // namespace touchstone::inline v0
