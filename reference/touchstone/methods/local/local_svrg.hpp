#pragma once
/// \file
/// Local-SVRG: Local-SGD whose noise is removed by loopless variance reduction, with a reference point on every worker. The bias
/// that comes from different f_i stays.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                ghat_i = grad f_ij(x_i) - grad f_ij(w_i) + grad f_i(w_i)
///                xhat_i = x_i - gamma ghat_i
///                draw c_i with P(c_i = 1) = q;  w_i <- x_i if c_i = 1         the x_i from before this step
///     all        x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise
///
/// Thesis     Algorithm 28, slide 76 rows 5 and 6 (where w_i is y_i and q = 1/m)
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x_1, ..., x_n in R^d, equal at the start; reference points w_i in R^d, and grad f_i(w_i)
/// Parameters gamma > 0; the schedule; 0 < q <= 1
/// Draws      for i = 1..n: j, c_i; then, by the server as participant n + 1, the coin of a random schedule
/// Sends      d scalars of every worker, and back, in a synchronization; nothing when a reference point changes
/// Theory     theory/local/local_svrg.hpp
/// Variant    one coin for all workers, drawn by the server after that of the schedule: the same theory
/// Reductions every m_i = 1: Local-GD; n = 1: L-SVRG; synchronized in every iteration and one coin for all: S-Local-SVRG

#include "touchstone/methods/local/scheme.hpp"

namespace touchstone::inline v0 {

/// Local-SVRG with a coin of every worker's own.
template <Field S, class Schedule>
using LocalSvrg = LocalMethod<S, Schedule, LooplessReference<S>>;

/// Local-SVRG with one coin for all workers.
template <Field S, class Schedule>
using LocalSvrgSharedCoin = LocalMethod<S, Schedule, SharedCoinReference<S>>;

}  // namespace touchstone::inline v0
