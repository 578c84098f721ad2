#pragma once
/// \file
/// EC-GD: error-compensated gradient descent. What compression loses is remembered and sent later.
///
///     worker i   y_i = e_i + gamma grad f_i(x)
///                v_i = C(y_i)                                              sent to the server
///                e_i <- y_i - v_i
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     slides 46-49 (the scheme), with full gradients; a step towards Algorithms 19 to 26
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize
/// Parameters gamma > 0; C contractive, drawn independently by the workers
/// Draws      for i = 1..n: those of C
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/ec_gd.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma grad f(x)
/// Reductions C = Identity: gradient descent, and e stays zero

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with compensated errors (feedback.hpp) and full gradients.
template <Field S, class C, class Shift = NoShift<S>>
using EcGd = ErrorFeedback<S, ErrorCompensation<S, C>, Shift>;

}  // namespace touchstone::inline v0
