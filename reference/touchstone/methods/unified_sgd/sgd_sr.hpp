#pragma once
/// \file
/// SGD-SR: SGD with arbitrary sampling. Any random weights v with E v_j = 1 serve.
///
///     draw v
///     g = (1/m) sum_j v_j grad f_j(x)
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 2, section 2.6.2
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and smooth
/// State      x in R^d
/// Parameters gamma > 0; a sampling (methods/sampling.hpp)
/// Draws      those of the sampling
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/sgd_sr.hpp, theory/unified_sgd/expected_smoothness.hpp
/// Reductions full batch: gradient descent; a single element: SGD-MB with tau = 1

#include "touchstone/methods/model_state.hpp"
#include "touchstone/methods/sampling.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S, class Sampler, Regularizer<S> Prox = NoRegularizer>
struct SgdSr {
  using State = ModelState<S>;

  Sampler sampling;
  S gamma;  ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker and x fits its dimension.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_one_worker(f, "SGD-SR runs on one worker");
    return model_at<S>(f, x);
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  requires Sampling<Sampler, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Vector<S> g = sampled_gradient<S>(f, 0, sampling.draw(f.components(0), random), s.x);
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }
};

}  // namespace touchstone::inline v0
