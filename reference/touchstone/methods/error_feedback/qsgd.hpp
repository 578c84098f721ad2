#pragma once
/// \file
/// QSGD: parallel SGD whose workers quantize their gradients.
///
///     worker i   m_i = Q(ghat_i)                             sent to the server
///     server     x   <- x - gamma (1/n) sum_i m_i
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d
/// Parameters gamma > 0; Q unbiased, drawn independently by the workers; how ghat_i is obtained
///            (methods/gradient_oracle.hpp)
/// Draws      for i = 1..n: those of the gradient, then those of Q
/// Sends      every worker one message of Q
/// Theory     theory/error_feedback/qsgd.hpp
/// Reductions Q = Identity and full gradients: gradient descent; D-QSGD without delay; parallel SGD with an unbiased C

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) without feedback on quantized gradients (shift.hpp).
template <Field S, class Q, class Gradient = FullGradient>
using Qsgd = ErrorFeedback<S, NoFeedback<S>, Quantized<S, Q>, Gradient>;

}  // namespace touchstone::inline v0
