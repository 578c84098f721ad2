#pragma once
/// \file
/// MARINA: workers send compressed differences of gradients, and now and then, all together, the gradients themselves.
///
///     server     x+  = x - gamma g
///                draw one coin c for all workers, P(c = 1) = p
///     worker i   g_i = grad f_i(x+)                                 if c = 1; sent in full
///                g_i = g + Q(grad f_i(x+) - grad f_i(x))            if c = 0; the message of Q is sent
///     server     g   <- (1/n) sum_i g_i
///                x   <- x+
///
/// Thesis     Algorithm 33; slides "New Method: MARINA", which leave open that the coin is common to all workers and
///            that g^0 = grad f(x^0)
/// Problem    min f(x), f = (1/n) sum_i f_i bounded below; every f_i L_i-smooth, not necessarily convex
/// State      x in R^d; the estimator g in R^d, which is biased; grad f_i(x), kept so that a step needs one gradient of
///            each f_i
/// Parameters gamma > 0; 0 < p <= 1; Q unbiased, drawn independently by the workers
/// Draws      c; if c = 0, for i = 1..n: those of Q
/// Sends      every worker d scalars if c = 1, one message of Q if c = 0
/// Theory     theory/marina/marina.hpp
/// Reductions p = 1 or Q = Identity: gradient descent

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct MarinaState {
  Vector<S> x;                       ///< model, length d
  Vector<S> g;                       ///< estimator of grad f(x), length d
  std::vector<Vector<S>> gradients;  ///< grad f_i(x), n vectors of length d
  [[nodiscard]] auto parts() { return std::tie(x, g, gradients); }
  [[nodiscard]] auto parts() const { return std::tie(x, g, gradients); }
  [[nodiscard]] auto free_parts() { return std::tie(x, g); }
  [[nodiscard]] auto free_parts() const { return std::tie(x, g); }
  bool operator==(const MarinaState&) const = default;
};

template <Field S, class Q>
struct Marina {
  using State = MarinaState<S>;

  Q compressor;
  S gamma;  ///< stepsize
  S p;      ///< probability that the gradients are sent in full

  /// From any estimator g. Throws precondition_error unless x and g fit the problem's dimension.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, const Vector<S>& g) const {
    require_dimension(x, f.dimension());
    require_dimension(g, f.dimension());
    State s{x, g, {}};
    for (Index i = 0; i < f.workers(); ++i) s.gradients.push_back(f.gradient(i, x));
    return s;
  }

  /// From g = grad f(x), which the theorems assume.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_dimension(x, f.dimension());
    return initial(f, x, full_gradient<S>(f, x));
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  requires UnbiasedCompressor<Q, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    s.x -= gamma * s.g;
    const bool in_full = random.bernoulli(p);
    Vector<S> sum = Vector<S>::Zero(f.dimension());
    for (Index i = 0; i < n; ++i) {
      Vector<S> gradient = f.gradient(i, s.x);
      Vector<S>& old_gradient = s.gradients[static_cast<std::size_t>(i)];
      if (in_full)
        sum += gradient;
      else
        sum += compressor.compress(Vector<S>(gradient - old_gradient), random.worker(i));
      old_gradient = std::move(gradient);
    }
    sum /= integer<S>(n);
    if (in_full)
      s.g = std::move(sum);
    else
      s.g += sum;
    return s;
  }

  /// The larger of the two kinds of iteration: the one with c = 1.
  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    return f.workers() * std::max(f.dimension() * scalar_bits, compressor.message_bits(f.dimension(), scalar_bits));
  }
};

}  // namespace touchstone::inline v0
