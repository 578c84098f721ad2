#pragma once
/// \file
/// TernGrad: QSGD with three levels, -|g|_inf, 0 and |g|_inf.
///
///     worker i   b_c ~ Bernoulli(|ghat_ic|/|ghat_i|_inf), independently for every coordinate c
///                m_i = |ghat_i|_inf (sign(ghat_ic) b_c)_c                sent to the server
///     server     x   <- x - gamma (1/n) sum_i m_i
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d
/// Parameters gamma > 0; how ghat_i is obtained (methods/gradient_oracle.hpp)
/// Draws      for i = 1..n: those of the gradient, then b_1, ..., b_d
/// Sends      every worker one message of compressors/tern_grad.hpp
/// Theory     theory/error_feedback/qsgd.hpp with the omega of compressors/tern_grad.hpp
/// Deviations clipping, and one scale for all workers, are left out

#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/methods/error_feedback/qsgd.hpp"

namespace touchstone::inline v0 {

/// QSGD (qsgd.hpp) with the compressor TernGrad.
template <Field S, class Gradient = FullGradient>
using TernGradSgd = Qsgd<S, TernGrad, Gradient>;

}  // namespace touchstone::inline v0
