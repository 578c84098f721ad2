#pragma once
/// \file
/// S*-Local-SGD*: S*-Local-SGD whose noise vanishes at the solution as well. The gradients of all components there are assumed
/// known: a method for theory.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                ghat_i = grad f_ij(x_i) - grad f_ij(x*) + grad f_i(x*)
///                xhat_i = x_i - gamma (ghat_i - grad f_i(x*))
///     all        x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise
///
/// Thesis     Algorithm 31, slide 76 row 10
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x_1, ..., x_n in R^d, equal at the start
/// Parameters gamma > 0; the schedule; grad f_ij(x*)
/// Draws      for i = 1..n: j; then, by the server as participant n + 1, the coin of a random schedule
/// Sends      d scalars of every worker, and back, in a synchronization
/// Theory     theory/local/s_star_local_sgd_star.hpp; linear to x*
/// Reductions every m_i = 1: S*-Local-SGD with full gradients; n = 1: SGD-star

#include "touchstone/methods/local/scheme.hpp"

namespace touchstone::inline v0 {

/// S*-Local-SGD*; StarReference<S>::of(f, x_star) and StarShift<S>::of(f, x_star) are its parts.
template <Field S, class Schedule>
using SStarLocalSgdStar = LocalMethod<S, Schedule, StarReference<S>, StarShift<S>>;

}  // namespace touchstone::inline v0
