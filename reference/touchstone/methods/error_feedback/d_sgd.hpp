#pragma once
/// \file
/// D-SGD: SGD whose updates arrive late.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                g_i = grad f_ij(x)                                      sent to the server
///     server     x   <- x - gamma (1/n) sum_i g_i of tau iterations ago        x stays before the first arrives
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and L-smooth
/// State      x in R^d; the mean estimates of the last tau iterations, none at the start
/// Parameters gamma > 0; the delay tau >= 0
/// Draws      for i = 1..n: j
/// Sends      every worker d scalars
/// Theory     theory/error_feedback/d_sgd.hpp
/// Invariant  xt = x - gamma times the sum of the delayed means obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions tau = 0: parallel SGD

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with delayed updates (feedback.hpp) and sampled gradients.
template <Field S>
using DSgd = ErrorFeedback<S, DelayedUpdates<S>, NoShift<S>, SampledComponent>;

}  // namespace touchstone::inline v0
