#pragma once
/// \file
/// EC-SGD: error-compensated SGD.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                y_i = e_i + gamma grad f_ij(x)
///                v_i = C(y_i)                                              sent to the server
///                e_i <- y_i - v_i
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 20, slide 50 row 2
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize
/// Parameters gamma > 0; C contractive, drawn independently by the workers
/// Draws      for i = 1..n: j, then those of C
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/ec_sgd.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions every m_i = 1: EC-GD; C = Identity: parallel SGD

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with compensated errors (feedback.hpp) and sampled gradients.
template <Field S, class C>
using EcSgd = ErrorFeedback<S, ErrorCompensation<S, C>, NoShift<S>, SampledComponent>;

}  // namespace touchstone::inline v0
