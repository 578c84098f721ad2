#pragma once
/// \file
/// D-SGD-DIANA: DIANA whose updates arrive late. The shifts do not wait.
///
///     worker i   m_i = Q(ghat_i - h_i)                                   sent to the server
///                g_i = h_i + m_i                                         with the h_i from before this step
///                h_i <- h_i + alpha m_i
///     server     x   <- x - gamma (1/n) sum_i g_i of tau iterations ago        x stays before the first arrives
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; the mean estimates of the last tau iterations, none at the start;
///            shifts h_1, ..., h_n in R^d, any start, zero is usual
/// Parameters gamma > 0; the delay tau >= 0; Q unbiased, drawn independently by the workers;
///            0 < alpha <= 1/(1 + omega); how ghat_i is obtained,
///            with a variance that is bounded for all x (methods/gradient_oracle.hpp)
/// Draws      for i = 1..n: those of ghat_i, then those of Q
/// Sends      every worker one message of Q
/// Theory     theory/error_feedback/d_diana.hpp
/// Invariant  xt = x - gamma times the sum of the delayed means obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions tau = 0: DIANA

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with delayed updates (feedback.hpp) and quantized differences (shift.hpp).
template <Field S, class Q, class Gradient = AdditiveNoise<S>>
using DSgdDiana = ErrorFeedback<S, DelayedUpdates<S>, QuantizedDifference<S, Q>, Gradient>;

}  // namespace touchstone::inline v0
