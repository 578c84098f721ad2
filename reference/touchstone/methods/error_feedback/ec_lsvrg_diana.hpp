#pragma once
/// \file
/// EC-LSVRG-DIANA: EC-LSVRG with shifts that are learned. Samples, compresses, and finds the solution.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                ghat_i = grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i)
///                y_i = e_i + gamma (ghat_i - h_i + (1/n) sum_l h_l)      with the h_l from before this step
///                v_i = C(y_i)                                            sent to the server, with m_i
///                e_i <- y_i - v_i
///                h_i <- h_i + alpha m_i,  m_i = Q(ghat_i - h_i)
///                draw c with P(c = 1) = p;  w_i <- x if c = 1            the x from before this step
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 26, slide 50 row 9 (where p = 1/m)
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize;
///            shifts h_1, ..., h_n in R^d, any start, zero is usual; reference points w_i in R^d, and grad f_i(w_i)
/// Parameters gamma > 0; 0 < p <= 1; C contractive, Q unbiased, both drawn independently by the workers;
///            0 < alpha <= 1/(1 + omega)
/// Draws      for i = 1..n: j, those of Q, those of C, c
/// Sends      every worker one message of C and one of Q
/// Theory     theory/error_feedback/ec_lsvrg_diana.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions every m_i = 1: EC-GD-DIANA; C = Identity and n = 1: L-SVRG, whatever Q, alpha and h

#include "touchstone/methods/error_feedback/ec_lsvrg.hpp"

namespace touchstone::inline v0 {

/// EC-LSVRG (ec_lsvrg.hpp) with learned shifts (shift.hpp).
template <Field S, class C, class Q>
using EcLsvrgDiana = EcLsvrg<S, C, LearnedShift<S, Q>>;

}  // namespace touchstone::inline v0
