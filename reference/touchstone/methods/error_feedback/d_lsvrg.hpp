#pragma once
/// \file
/// D-LSVRG: loopless SVRG whose updates arrive late. The reference points do not wait.
///
///     worker i   draw j uniformly from 1, ..., m_i
///                g_i = grad f_ij(x) - grad f_ij(w_i) + grad f_i(w_i)     sent to the server
///                draw c with P(c = 1) = p;  w_i <- x if c = 1            the x from before this step
///     server     x   <- x - gamma (1/n) sum_i g_i of tau iterations ago        x stays before the first arrives
///
/// Thesis     slides 55-57
/// Problem    min f(x), f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij; every f_ij convex and L-smooth
/// State      x in R^d; the mean estimates of the last tau iterations, none at the start;
///            reference points w_i in R^d, and grad f_i(w_i)
/// Parameters gamma > 0; 0 < p <= 1; the delay tau >= 0
/// Draws      for i = 1..n: j, then c
/// Sends      every worker d scalars
/// Theory     theory/error_feedback/d_lsvrg.hpp
/// Invariant  xt = x - gamma times the sum of the delayed means obeys xt <- xt - gamma (1/n) sum_i g_i
/// Reductions tau = 0 and n = 1: L-SVRG

#include "touchstone/methods/error_feedback/scheme.hpp"

namespace touchstone::inline v0 {

/// The scheme (scheme.hpp) with delayed updates (feedback.hpp) and a loopless reference (loopless_reference.hpp).
template <Field S, class Shift = NoShift<S>>
using DLsvrg = ErrorFeedback<S, DelayedUpdates<S>, Shift, LooplessReference<S>>;

}  // namespace touchstone::inline v0
