#pragma once
/// \file
/// S-Local-SVRG: shifts that are learned and loopless variance reduction, both from one reference point of all workers. It finds
/// the solution, however different the f_i are.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                ghat_i = grad f_ij(x_i) - grad f_ij(w) + grad f_i(w)
///                xhat_i = x_i - gamma (ghat_i - grad f_i(w) + grad f(w))
///     all        x_i <- (1/n) sum_l xhat_l if synchronized, xhat_i otherwise
///                draw c with P(c = 1) = q;  w <- (1/n) sum_l x_l if c = 1      the x_l from before this step
///
/// Thesis     Algorithm 32, slide 76 row 11 (where w is y and q = 1/m). The slide writes y_i and x^k: one common point, the average
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and smooth
/// State      x_1, ..., x_n in R^d, equal at the start; reference point w in R^d, and grad f_i(w)
/// Parameters gamma > 0; the schedule; 0 < q <= 1
/// Draws      for i = 1..n: j; then, by the server as participant n + 1, the coin of a random schedule and c
/// Sends      d scalars of every worker, and back, in a synchronization; 2 d, and back, when w changes: x_i, then grad f_i(w)
/// Theory     theory/local/s_local_svrg.hpp; linear to x*
/// Variants   the coins of schedule and reference may depend on each other (RefreshCoin): the same theory. Reference points w_i of
///            every worker's own (SLocalSvrgOwnReferences) save the averaging of the x_i, with constants of their own
/// Reductions every m_i = 1: SS-Local-SGD with full gradients; n = 1: L-SVRG

#include "touchstone/methods/local/scheme.hpp"

namespace touchstone::inline v0 {

/// S-Local-SVRG.
template <Field S, class Schedule>
using SLocalSvrg = LocalMethod<S, Schedule, CommonReference<S>, ReferenceShift<S>>;

/// ghat_i - grad f_i(w_i) + (1/n) sum_l grad f_l(w_l), and w_i <- x_i by a coin of worker i's own.
template <Field S, class Schedule>
using SLocalSvrgOwnReferences = LocalMethod<S, Schedule, LooplessReference<S>, ReferenceShift<S>>;

}  // namespace touchstone::inline v0
