#pragma once
/// \file
/// D-SGD-SR: SGD with arbitrary sampling whose updates arrive late.
///
///     worker i   draw weights v with E v_j = 1
///                g_i = (1/m_i) sum_j v_j grad f_ij(x)                    sent to the server
///     server     x   <- x - gamma (1/n) sum_i g_i of tau iterations ago        x stays before the first arrives
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x in R^d; the mean estimates of the last tau iterations, none at the start
/// Parameters gamma > 0; the delay tau >= 0; a sampling for every worker (methods/sampling.hpp)
/// Draws      for i = 1..n: those of the sampling
/// Sends      every worker d scalars
/// Theory     theory/error_feedback/d_sgd.hpp
/// Invariant  xt = x - gamma times the sum of the delayed means obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions a single element, uniformly: D-SGD; tau = 0 and n = 1: SGD-SR

#include "touchstone/methods/error_feedback/scheme.hpp"
#include "touchstone/methods/sampling.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with delayed updates (feedback.hpp) and arbitrarily sampled gradients.
template <Field S, class Sampler>
using DSgdSr = ErrorFeedback<S, DelayedUpdates<S>, NoShift<S>, SampledByWorkers<Sampler>>;

}  // namespace touchstone::inline v0
