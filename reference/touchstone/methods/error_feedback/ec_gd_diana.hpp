#pragma once
/// \file
/// EC-GD-DIANA: EC-SGD-DIANA with full gradients. Linear convergence to the solution, whose gradients are not known.
///
///     worker i   ghat_i = grad f_i(x)
///                y_i = e_i + gamma (ghat_i - h_i + (1/n) sum_l h_l)      with the h_l from before this step
///                v_i = C(y_i)                                            sent to the server, with m_i
///                e_i <- y_i - v_i
///                h_i <- h_i + alpha m_i,  m_i = Q(ghat_i - h_i)
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 22 with full gradients, slide 50 row 6
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize;
///            shifts h_1, ..., h_n in R^d, any start, zero is usual
/// Parameters gamma > 0; C contractive, Q unbiased, both drawn independently by the workers;
///            0 < alpha <= 1/(1 + omega)
/// Draws      for i = 1..n: those of Q, then those of C
/// Sends      every worker one message of C and one of Q
/// Theory     theory/error_feedback/ec_diana.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma grad f(x)
/// Reductions Q = Identity and alpha = 1: h_i is the gradient of the iteration before; C = Identity: gradient descent

#include "touchstone/methods/error_feedback/ec_sgd_diana.hpp"

namespace touchstone::inline v0 {

/// EC-SGD-DIANA (ec_sgd_diana.hpp) without noise.
template <Field S, class C, class Q>
using EcGdDiana = EcSgdDiana<S, C, Q, FullGradient>;

}  // namespace touchstone::inline v0
