#pragma once
/// \file
/// GD: gradient descent, the noiseless baseline that the other methods reduce to.
///
///     x <- prox_{gamma R}(x - gamma grad f(x))
///
/// Thesis     chapter 2, the method behind every row of Table 2.1 without noise
/// Problem    min f(x) + R(x), f = (1/n) sum_i f_i; f L-smooth and mu-quasi-strongly convex, convex unless R = 0
/// State      x in R^d
/// Parameters gamma > 0
/// Draws      none
/// Sends      every worker grad f_i(x), uncompressed
/// Theory     theory/unified_sgd/gd.hpp

#include "touchstone/methods/model_state.hpp"
#include "touchstone/problems/regularizer.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S, Regularizer<S> Prox = NoRegularizer>
struct Gd {
  using State = ModelState<S>;

  S gamma;  ///< stepsize
  Prox regularizer{};

  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    return model_at<S>(f, x);
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& /*random*/) const {
    proximal_step(s.x, gamma, full_gradient<S>(f, s.x), regularizer);
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * f.dimension() * scalar_bits;
  }
};

}  // namespace touchstone::inline v0
