#pragma once
/// \file
/// SGD: a step along the gradient of one component.
///
///     draw xi uniformly from 1, ..., m
///     x <- prox_{gamma R}(x - gamma grad f_xi(x))
///
/// Thesis     Algorithm 1, section 2.6.1
/// Problem    min f(x) + R(x), f = E f_xi = (1/m) sum_j f_j on a single worker; every f_j convex and L-smooth. Another law
///            of xi with rational probabilities is a list in which components repeat.
/// State      x in R^d
/// Parameters gamma > 0
/// Draws      xi
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/sgd.hpp
/// Reductions m = 1: gradient descent

#include "touchstone/methods/model_state.hpp"
#include "touchstone/problems/regularizer.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S, Regularizer<S> Prox = NoRegularizer>
struct Sgd {
  using State = ModelState<S>;

  S gamma;  ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker and x fits its dimension.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_one_worker(f, "SGD runs on one worker");
    return model_at<S>(f, x);
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index xi = random.choose(f.components(0));
    proximal_step(s.x, gamma, f.component_gradient(0, xi, s.x), regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }
};

}  // namespace touchstone::inline v0
