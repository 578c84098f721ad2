#pragma once
/// \file
/// Q-SGD-SR: SGD with arbitrary sampling whose estimate is compressed before it is used.
///
///     draw v
///     g = Q((1/m) sum_j v_j grad f_j(x))
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 13, section 2.6.13
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and smooth
/// State      x in R^d
/// Parameters gamma > 0; a sampling (methods/sampling.hpp); Q unbiased
/// Draws      those of the sampling, then those of Q
/// Sends      one message of Q
/// Theory     theory/unified_sgd/q_sgd_sr.hpp
/// Reductions Q = Identity: SGD-SR; full batch: DIANA with one node, alpha = 0 and h = 0

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/model_state.hpp"
#include "touchstone/methods/sampling.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S, class Q, class Sampler, Regularizer<S> Prox = NoRegularizer>
struct QSgdSr {
  using State = ModelState<S>;

  Q compressor;
  Sampler sampling;
  S gamma;  ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker and x fits its dimension.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_one_worker(f, "Q-SGD-SR runs on one worker");
    return model_at<S>(f, x);
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R> && Sampling<Sampler, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    R& own = random.worker(0);
    const Vector<S> estimate = sampled_gradient<S>(f, 0, sampling.draw(f.components(0), own), s.x);
    const Vector<S> g = compressor.compress(estimate, own);
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return compressor.message_bits(f.dimension(), scalar_bits);
  }
};

}  // namespace touchstone::inline v0
