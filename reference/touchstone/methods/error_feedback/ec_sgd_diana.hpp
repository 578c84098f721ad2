#pragma once
/// \file
/// EC-SGD-DIANA: error-compensated SGD with shifts that are learned, so that at the solution nothing but noise is left
/// to compress.
///
///     worker i   ghat_i = grad f_i(x) + noise
///                y_i = e_i + gamma (ghat_i - h_i + (1/n) sum_l h_l)      with the h_l from before this step
///                v_i = C(y_i)                                            sent to the server, with m_i
///                e_i <- y_i - v_i
///                h_i <- h_i + alpha m_i,  m_i = Q(ghat_i - h_i)
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 22, slide 50 row 4
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize;
///            shifts h_1, ..., h_n in R^d, any start, zero is usual
/// Parameters gamma > 0; C contractive, Q unbiased, both drawn independently by the workers; 0 < alpha <=
///            1/(1 + omega): option I is alpha = 1/(1 + omega), option II alpha = delta/(1 + omega);
///            how ghat_i is obtained,
///            with a variance that is bounded for all x (methods/gradient_oracle.hpp)
/// Draws      for i = 1..n: the noise, those of Q, those of C
/// Sends      every worker one message of C and one of Q
/// Theory     theory/error_feedback/ec_diana.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions no noise: EC-GD-DIANA; C = Identity: parallel SGD, whatever Q, alpha and h

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with compensated errors (feedback.hpp) and learned shifts (shift.hpp).
template <Field S, class C, class Q, class Gradient = AdditiveNoise<S>>
using EcSgdDiana = ErrorFeedback<S, ErrorCompensation<S, C>, LearnedShift<S, Q>, Gradient>;

}  // namespace touchstone::inline v0
