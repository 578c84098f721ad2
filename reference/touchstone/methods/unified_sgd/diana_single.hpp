#pragma once
/// \file
/// DIANA with one node: a single worker compresses the difference between its full gradient and a shift that it learns.
///
///     m <- Q(grad f(x) - h)
///     g  = h + m                              the h from before this step
///     h <- h + alpha m
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 12, section 2.6.12
/// Problem    min f(x) + R(x); f convex and L-smooth, on a single worker
/// State      x in R^d; the shift h in R^d, any start, zero is usual
/// Parameters gamma > 0; 0 <= alpha <= 1/(1 + omega); Q unbiased
/// Draws      those of Q
/// Sends      one message of Q
/// Theory     theory/unified_sgd/diana_single.hpp
/// Reductions Q = Identity: gradient descent; Rand1 and alpha = 1/d: SEGA

#include "touchstone/methods/unified_sgd/diana.hpp"

namespace touchstone::inline v0 {

/// DIANA (diana.hpp) on a problem with one worker.
template <Field S, class Q, Regularizer<S> Prox = NoRegularizer>
using DianaSingle = Diana<S, Q, FullGradient, Prox>;

}  // namespace touchstone::inline v0
