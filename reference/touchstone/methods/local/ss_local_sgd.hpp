#pragma once
/// \file
/// SS-Local-SGD: Local-SGD with shifts that are estimates of the gradients of the workers, drawn anew from time to time. A
/// relative of SCAFFOLD, whose shifts are renewed in rounds of fixed length.
///
///     worker i   ghat_i with E ghat_i = grad f_i(x_i)              from a component, a sampling or with additive noise
///                xhat_i = x_i - gamma (ghat_i - h_i + h)           h = (1/n) sum_l h_l
///     all        x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise
///                draw c with P(c = 1) = q
///     worker i   h_i <- the mean of r fresh gradients at (1/n) sum_l x_l if c = 1         the x_l from before this step
///
/// Thesis     Algorithm 30, slide 76 rows 8 and 9 (where q = p). The slides leave r out; their rate needs r >= 1/p
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i L-smooth and quasi-strongly convex with a common x*
/// State      x_1, ..., x_n in R^d, equal at the start; shifts h_1, ..., h_n in R^d
/// Parameters gamma > 0; the schedule; 0 < q <= 1; r >= 1; how ghat_i is obtained
/// Draws      for i = 1..n: those of ghat_i; then, by the server as participant n + 1, the coin of a random schedule and c; if
///            c = 1 for i = 1..n those of the r gradients, by participant n + 1 + i
/// Sends      d scalars of every worker, and back, in a synchronization; 2 d, and back, when the shifts change: x_i, then h_i
/// Theory     theory/local/ss_local_sgd.hpp
/// Reductions n = 1: SGD; full gradients: S-Local-SVRG with full gradients; h_i = grad f_i(x*), q = 0: S*-Local-SGD

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/scheme.hpp"

namespace touchstone::inline v0 {

/// SS-Local-SGD. initial(f, x) has the shifts grad f_i(x); drawn ones, as the theorem has them, by shift.draw(f, x, random).
template <Field S, class Schedule, class Gradient = SampledComponent>
using SsLocalSgd = LocalMethod<S, Schedule, Gradient, SampledShift<S, Gradient>>;

}  // namespace touchstone::inline v0
