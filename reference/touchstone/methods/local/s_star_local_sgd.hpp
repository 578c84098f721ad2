#pragma once
/// \file
/// S*-Local-SGD: Local-SGD shifted by the gradients at the solution, which takes away what differs between the workers. They are
/// assumed known: a method for theory.
///
///     worker i   ghat_i with E ghat_i = grad f_i(x_i)              from a component, a sampling or with additive noise
///                xhat_i = x_i - gamma (ghat_i - grad f_i(x*))
///     all        x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise
///
/// Thesis     Algorithm 29, slide 76 row 7
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i L-smooth and quasi-strongly convex with a common x*
/// State      x_1, ..., x_n in R^d, equal at the start
/// Parameters gamma > 0; the schedule; how ghat_i is obtained; grad f_i(x*)
/// Draws      for i = 1..n: those of ghat_i; then, by the server as participant n + 1, the coin of a random schedule
/// Sends      d scalars of every worker, and back, in a synchronization
/// Theory     theory/local/s_star_local_sgd.hpp; linear to x* without noise
/// Reductions n = 1: SGD; all grad f_i(x*) = 0: Local-SGD

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/scheme.hpp"

namespace touchstone::inline v0 {

/// S*-Local-SGD with any gradient that is right in the mean; StarShift<S>::of(f, x_star) is its shift.
template <Field S, class Schedule, class Gradient = SampledComponent>
using SStarLocalSgd = LocalMethod<S, Schedule, Gradient, StarShift<S>>;

}  // namespace touchstone::inline v0
