#pragma once
/// \file
/// L-SVRG: loopless SVRG. Variance reduction with a reference point that a coin refreshes.
///
///     draw j uniformly from 1, ..., m, then a coin c with P(c = 1) = p
///     g = grad f_j(x) - grad f_j(w) + grad f(w)
///     w <- x if c = 1                                   the x from before this step
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 10, section 2.6.10 (where the number of components is called n)
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and L-smooth
/// State      x, w in R^d; grad f(w), kept so that it is computed only when w changes
/// Parameters gamma > 0, 0 < p <= 1
/// Draws      j; c
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/l_svrg.hpp
/// Reductions m = 1: gradient descent; p = 1: w is the previous x; p = 0: SVRG

#include "touchstone/methods/unified_sgd/svrg.hpp"

namespace touchstone::inline v0 {

template <Field S, Regularizer<S> Prox = NoRegularizer>
struct LSvrg {
  using State = SvrgState<S>;

  S gamma;  ///< stepsize
  S p;      ///< probability of refreshing the reference point
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker and x, w fit its dimension.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, const Vector<S>& w) const {
    require_one_worker(f, "L-SVRG runs on one worker");
    require_dimension(x, f.dimension());
    require_dimension(w, f.dimension());
    return {x, w, f.gradient(0, w)};
  }

  /// From w = x.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    return initial(f, x, x);
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index j = random.choose(f.components(0));
    Vector<S> g = f.component_gradient(0, j, s.x);
    g += s.reference_gradient - f.component_gradient(0, j, s.w);
    if (random.bernoulli(p)) {
      s.w = s.x;
      s.reference_gradient = f.gradient(0, s.w);
    }
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }

  /// sigma_k^2 = (1/m) sum_j |grad f_j(w) - grad f_j(x*)|^2
  template <FiniteSumProblem<S> P>
  [[nodiscard]] S sigma_squared(const P& f, const State& s, const Vector<S>& x_star) const {
    return svrg_sigma_squared<S>(f, s.w, x_star);
  }
};

}  // namespace touchstone::inline v0
