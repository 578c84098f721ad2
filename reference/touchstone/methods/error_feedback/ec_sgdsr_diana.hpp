#pragma once
/// \file
/// EC-SGDsr-DIANA: EC-SGD-DIANA with arbitrary sampling on every worker.
///
///     worker i   draw weights v with E v_j = 1
///                ghat_i = (1/m_i) sum_j v_j grad f_ij(x)
///                y_i = e_i + gamma (ghat_i - h_i + (1/n) sum_l h_l)      with the h_l from before this step
///                v_i = C(y_i)                                            sent to the server, with m_i
///                e_i <- y_i - v_i
///                h_i <- h_i + alpha m_i,  m_i = Q(ghat_i - h_i)
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 23, slide 50 row 5
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize;
///            shifts h_1, ..., h_n in R^d, any start, zero is usual
/// Parameters gamma > 0; C contractive, Q unbiased, both drawn independently by the workers; 0 < alpha <=
///            1/(1 + omega): option I is alpha = 1/(1 + omega), option II alpha = delta/(1 + omega);
///            a sampling for every worker (methods/sampling.hpp)
/// Draws      for i = 1..n: those of the sampling, those of Q, those of C
/// Sends      every worker one message of C and one of Q
/// Theory     theory/error_feedback/ec_diana.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions full batch: EC-GD-DIANA; C = Identity: parallel SGD with the same sampling

#include "touchstone/methods/error_feedback/ec_sgd_diana.hpp"
#include "touchstone/methods/sampling.hpp"

namespace touchstone::inline v0 {

/// EC-SGD-DIANA (ec_sgd_diana.hpp) with arbitrarily sampled gradients.
template <Field S, class C, class Q, class Sampler>
using EcSgdSrDiana = EcSgdDiana<S, C, Q, SampledByWorkers<Sampler>>;

}  // namespace touchstone::inline v0
