#pragma once
/// \file
/// PP-MARINA: MARINA with partial participation; between the full gradients only r of the workers speak.
///
///     server     x+  = x - gamma g
///                draw one coin c, P(c = 1) = p
///     all i      g   <- (1/n) sum_i grad f_i(x+)                                         if c = 1; sent in full
///     server     draw r slots i_1, ..., i_r                                              if c = 0
///     slot t     m_t = Q(grad f_{i_t}(x+) - grad f_{i_t}(x)), drawn anew for every slot;  the message of Q is sent
///     server     g   <- g + (1/r) sum_t m_t
///                x   <- x+
///
/// Thesis     Algorithm 36, announced on the slides; a worker that holds two slots sends two messages
/// Problem    min f(x), f = (1/n) sum_i f_i bounded below; every f_i L_i-smooth, not necessarily convex
/// State      x in R^d; the estimator g in R^d
/// Parameters gamma > 0; 0 < p <= 1; Q unbiased, independent for all slots; how the slots are drawn
///            (methods/index_batch.hpp): with replacement, r >= 1, or without, r <= n
/// Draws      c; if c = 0, those of the slots by the server, then for every slot, workers ascending, those of Q by its worker
/// Sends      n times d scalars if c = 1, r messages of Q if c = 0
/// Theory     theory/marina/pp_marina.hpp
/// Reductions r = n without replacement: MARINA; p = 1: gradient descent

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/index_batch.hpp"
#include "touchstone/methods/marina/estimator_state.hpp"

namespace touchstone::inline v0 {

template <Field S, class Q, class Slots = WithReplacement>
struct PpMarina {
  using State = EstimatorState<S>;

  Q compressor;
  S gamma;      ///< stepsize
  S p;          ///< probability that the gradients of all workers are sent in full
  Slots slots;  ///< r of them

  /// From any estimator g. Throws precondition_error unless x and g fit the problem's dimension.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, const Vector<S>& g) const {
    return estimate_at<S>(f, x, g);
  }

  /// From g = grad f(x), which the theorems assume.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    return {x, full_gradient<S>(f, x)};
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R> && IndexBatch<Slots, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    Vector<S> next_x = s.x - gamma * s.g;
    if (random.bernoulli(p)) {
      s.g = full_gradient<S>(f, next_x);
    } else {
      const Indices drawn = slots.draw(f.workers(), random);
      Vector<S> sum = Vector<S>::Zero(f.dimension());
      for (const Index i : drawn) {
        const Vector<S> difference = f.gradient(i, next_x) - f.gradient(i, s.x);
        sum += compressor.compress(difference, random.worker(i));
      }
      s.g += sum / integer<S>(slots.size);
    }
    s.x = std::move(next_x);
    return s;
  }

  /// The larger of the two kinds of iteration.
  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return std::max(f.workers() * f.dimension() * scalar_bits,
                    slots.size * compressor.message_bits(f.dimension(), scalar_bits));
  }
};

}  // namespace touchstone::inline v0
