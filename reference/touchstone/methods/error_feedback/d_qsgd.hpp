#pragma once
/// \file
/// D-QSGD: quantized SGD whose updates arrive late.
///
///     worker i   g_i = Q(ghat_i)                                         sent to the server
///     server     x   <- x - gamma (1/n) sum_i g_i of tau iterations ago        x stays before the first arrives
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; the mean estimates of the last tau iterations, none at the start
/// Parameters gamma > 0; the delay tau >= 0; Q unbiased, drawn independently by the workers; how ghat_i is obtained
/// Draws      for i = 1..n: those of ghat_i, then those of Q
/// Sends      every worker one message of Q
/// Theory     theory/error_feedback/d_qsgd.hpp
/// Invariant  xt = x - gamma times the sum of the delayed means obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions Q = Identity: D-SGD; tau = 0: QSGD

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with delayed updates (feedback.hpp) and quantized gradients (shift.hpp).
template <Field S, class Q, class Gradient = SampledComponent>
using DQsgd = ErrorFeedback<S, DelayedUpdates<S>, Quantized<S, Q>, Gradient>;

}  // namespace touchstone::inline v0
