#pragma once
/// \file
/// Local-SGD, also FedAvg: every worker runs SGD on its own function, from time to time the iterates are averaged.
///
///     worker i   ghat_i with E ghat_i = grad f_i(x_i)              from a component, a sampling or with additive noise
///                xhat_i = x_i - gamma ghat_i
///     all        x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise
///
/// Thesis     Algorithm 27; slide 76 rows 1 to 4, which differ in what is assumed, not in what is done
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i L-smooth and quasi-strongly convex with a common x*
/// State      x_1, ..., x_n in R^d, equal at the start
/// Parameters gamma > 0; the schedule; how ghat_i is obtained
/// Draws      for i = 1..n: those of ghat_i; then, by the server as participant n + 1, the coin of a random schedule
/// Sends      d scalars of every worker, and back, in a synchronization
/// Theory     theory/local/local_sgd.hpp; to a neighbourhood of x* even without noise, unless all grad f_i(x*) = 0
/// Reductions synchronized in every iteration: SGD whose gradient is the mean of n independent ones; n = 1: SGD;
///            full gradients: Local-GD

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/scheme.hpp"

namespace touchstone::inline v0 {

/// Local-SGD with any gradient that is right in the mean (methods/gradient_oracle.hpp, methods/sampling.hpp).
template <Field S, class Schedule, class Gradient = SampledComponent>
using LocalSgd = LocalMethod<S, Schedule, Gradient>;

}  // namespace touchstone::inline v0
