#pragma once
/// \file
/// GD: gradient descent, the noiseless baseline that the other methods reduce to.
///
///     x <- x - gamma grad f(x)
///
/// Thesis     chapter 2, the method behind every row of Table 2.1 without noise
/// Problem    min f(x), f = (1/n) sum_i f_i; f L-smooth and mu-quasi-strongly convex
/// State      x in R^d
/// Parameters gamma > 0
/// Draws      none
/// Sends      every worker grad f_i(x), uncompressed
/// Theory     theory/unified_sgd/gd.hpp

#include <tuple>

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct GdState {
  Vector<S> x;  ///< model, length d
  [[nodiscard]] auto parts() { return std::tie(x); }
  [[nodiscard]] auto parts() const { return std::tie(x); }
  bool operator==(const GdState&) const = default;
};

template <Field S>
struct Gd {
  using State = GdState<S>;

  S gamma;  ///< stepsize

  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    return {x};
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& /*random*/) const {
    s.x -= gamma * full_gradient<S>(f, s.x);
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * f.dimension() * scalar_bits;
  }
};

}  // namespace touchstone::inline v0
