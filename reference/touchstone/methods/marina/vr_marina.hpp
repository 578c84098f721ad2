#pragma once
/// \file
/// VR-MARINA: MARINA whose differences of gradients come from a few components of every worker, the same at both points.
///
///     server     x+  = x - gamma g
///                draw one coin c for all workers, P(c = 1) = p
///     worker i   g_i = ghat_i(x+)                                                 if c = 1; sent in full
///                draw b' components J
///                g_i = g + Q((1/b') sum_{j in J} (grad f_ij(x+) - grad f_ij(x)))  if c = 0; the message of Q is sent
///     server     g   <- (1/n) sum_i g_i
///                x   <- x+
///
/// Thesis     Algorithm 34 with ghat_i = grad f_i and 35 (vr_marina_online.hpp) with a large batch; the slides announce
///            both
/// Problem    min f(x), f = (1/n) sum_i f_i bounded below, f_i = (1/m_i) sum_j f_ij; every f_ij smooth, not necessarily
///            convex
/// State      x in R^d; the estimator g in R^d
/// Parameters gamma > 0; 0 < p <= 1; Q unbiased, drawn independently by the workers; how J is drawn
///            (methods/index_batch.hpp); how ghat_i is obtained (methods/gradient_oracle.hpp)
/// Draws      c; for i = 1..n: those of ghat_i if c = 1, those of J and then those of Q if c = 0
/// Sends      every worker d scalars if c = 1, one message of Q if c = 0
/// Theory     theory/marina/vr_marina.hpp
/// Reductions m_i = 1, or J everything: MARINA; n = 1 and Q = Identity: PAGE

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/index_batch.hpp"
#include "touchstone/methods/marina/estimator_state.hpp"

namespace touchstone::inline v0 {

template <Field S, class Q, class Batch = WithReplacement, class Gradient = FullGradient>
struct VrMarina {
  using State = EstimatorState<S>;

  Q compressor;
  S gamma;      ///< stepsize
  S p;          ///< probability that gradients are sent in full
  Batch batch;  ///< of components for the differences
  Gradient gradient{};

  /// From any estimator g. Throws precondition_error unless x and g fit the problem's dimension.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, const Vector<S>& g) const {
    return estimate_at<S>(f, x, g);
  }

  /// From g = grad f(x), which the theorems for ghat_i = grad f_i assume.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    return {x, full_gradient<S>(f, x)};
  }

  /// From g = (1/n) sum_i ghat_i(x), which the theorems assume.
  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] State drawn(const P& f, const Vector<S>& x, R& random) const {
    require_dimension(x, f.dimension());
    return {x, in_full(f, x, random)};
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R> && IndexBatch<Batch, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    Vector<S> next_x = s.x - gamma * s.g;
    if (random.bernoulli(p))
      s.g = in_full(f, next_x, random);
    else
      s.g += compressed_difference(f, next_x, s.x, random);
    s.x = std::move(next_x);
    return s;
  }

  /// The larger of the two kinds of iteration.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * std::max(f.dimension() * scalar_bits, compressor.message_bits(f.dimension(), scalar_bits));
  }

 private:
  /// (1/n) sum_i ghat_i(x)
  template <class P, class R>
  [[nodiscard]] Vector<S> in_full(const P& f, const Vector<S>& x, R& random) const {
    const Index n = f.workers();
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) sum += gradient.gradient(f, i, x, random.worker(i));
    return sum / integer<S>(n);
  }

  template <class P, class R>
  [[nodiscard]] Vector<S> compressed_difference(const P& f, const Vector<S>& next_x, const Vector<S>& x,
                                                R& random) const {
    const Index n = f.workers();
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      R& own = random.worker(i);
      const Indices J = batch.draw(f.components(i), own);
      const Vector<S> difference = batch_gradient<S>(f, i, J, next_x) - batch_gradient<S>(f, i, J, x);
      sum += compressor.compress(difference, own);
    }
    return sum / integer<S>(n);
  }
};

}  // namespace touchstone::inline v0
