#pragma once
/// \file
/// EC-LSVRGstar: EC-LSVRG on gradients shifted by those at the solution, which are assumed known.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                ghat_i = grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i)
///                y_i = e_i + gamma (ghat_i - grad f_i(x*))
///                v_i = C(y_i)                                              sent to the server
///                e_i <- y_i - v_i
///                draw c with P(c = 1) = p;  w_i <- x if c = 1            the x from before this step
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 25, slide 50 row 8 (where p = 1/m)
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize;
///            reference points w_i in R^d, and grad f_i(w_i)
/// Parameters gamma > 0; 0 < p <= 1; C contractive, drawn independently by the workers; grad f_i(x*) for every i
/// Draws      for i = 1..n: j, those of C, c
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/ec_lsvrg.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions all grad f_i(x*) = 0: EC-LSVRG; every m_i = 1: EC-GDstar

#include "touchstone/methods/error_feedback/ec_lsvrg.hpp"

namespace touchstone::inline v0 {

/// EC-LSVRG (ec_lsvrg.hpp) on shifted gradients (shift.hpp).
template <Field S, class C>
using EcLsvrgStar = EcLsvrg<S, C, StarShift<S>>;

}  // namespace touchstone::inline v0
