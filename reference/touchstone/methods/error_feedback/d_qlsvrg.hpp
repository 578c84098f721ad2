#pragma once
/// \file
/// D-QLSVRG: quantized loopless SVRG whose updates arrive late.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                ghat_i = grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i)
///                g_i = Q(ghat_i)                                         sent to the server
///                draw c with P(c = 1) = p;  w_i <- x if c = 1            the x from before this step
///     server     x   <- x - gamma (1/n) sum_i g_i of tau iterations ago        x stays before the first arrives
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and L-smooth
/// State      x in R^d; the mean estimates of the last tau iterations, none at the start;
///            reference points w_i in R^d, and grad f_i(w_i)
/// Parameters gamma > 0; 0 < p <= 1; the delay tau >= 0; Q unbiased, drawn independently by the workers
/// Draws      for i = 1..n: j, those of Q, c
/// Sends      every worker one message of Q
/// Theory     theory/error_feedback/d_lsvrg.hpp
/// Invariant  xt = x - gamma times the sum of the delayed means obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions Q = Identity: D-LSVRG

#include "touchstone/methods/error_feedback/d_lsvrg.hpp"

namespace touchstone::inline v0 {

/// D-LSVRG (d_lsvrg.hpp) with quantized gradients (shift.hpp).
template <Field S, class Q>
using DQlsvrg = DLsvrg<S, Quantized<S, Q>>;

}  // namespace touchstone::inline v0
