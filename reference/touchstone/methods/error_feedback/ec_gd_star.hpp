#pragma once
/// \file
/// EC-GDstar: error compensation of what the gradients differ from those at the solution, which are assumed known.
///
///     worker i   y_i = e_i + gamma (grad f_i(x) - grad f_i(x*))
///                v_i = C(y_i)                                              sent to the server
///                e_i <- y_i - v_i
///     server     x   <- x - (1/n) sum_i v_i
///
/// Thesis     Algorithm 21, slide 50 row 3: not a method to run, but the one that learned shifts approach
/// Problem    min f(x), f = (1/n) sum_i f_i; every f_i convex and L-smooth
/// State      x in R^d; errors e_1, ..., e_n in R^d, zero at the start; e_i carries the stepsize
/// Parameters gamma > 0; C contractive, drawn independently by the workers; grad f_i(x*) for every i
/// Draws      for i = 1..n: those of C
/// Sends      every worker one message of C
/// Theory     theory/error_feedback/ec_gd.hpp
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma grad f(x)
/// Reductions all grad f_i(x*) = 0: EC-GD; C = Identity: gradient descent

#include "touchstone/methods/error_feedback/ec_gd.hpp"

namespace touchstone::inline v0 {

/// EC-GD (ec_gd.hpp) on shifted gradients (shift.hpp).
template <Field S, class C>
using EcGdStar = EcGd<S, C, StarShift<S>>;

}  // namespace touchstone::inline v0
