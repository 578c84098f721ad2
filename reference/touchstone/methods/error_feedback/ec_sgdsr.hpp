#pragma once
/// \file
/// EC-SGDsr: error-compensated SGD with arbitrary sampling on every worker.
///
///     worker i   draw weights v with E v_j = 1
///                ghat_i = (1/m_i) sum_j v_j grad f_ij(x)
///                y_i = e_i + gamma ghat_i
///                v_i = C(y_i)                                              sent to the server
///                e_i <- y_i - v_i
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 19, slide 50 row 1
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize
/// Parameters gamma > 0; C contractive, drawn independently by the workers;
///            a sampling for every worker (methods/sampling.hpp)
/// Draws      for i = 1..n: those of the sampling, then those of C
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/ec_sgd.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions full batch: EC-GD; a single element, uniformly: EC-SGD

#include "touchstone/methods/error_feedback/scheme.hpp"
#include "touchstone/methods/sampling.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with compensated errors (feedback.hpp) and arbitrarily sampled gradients.
template <Field S, class C, class Sampler>
using EcSgdSr = ErrorFeedback<S, ErrorCompensation<S, C>, NoShift<S>, SampledByWorkers<Sampler>>;

}  // namespace touchstone::inline v0
