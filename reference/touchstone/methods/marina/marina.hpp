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
/// Parameters gamma > 0; 0 < p <= 1; Q unbiased, drawn independently by the workers, or joint: one choice of the server's
/// Draws      c; if c = 0, for i = 1..n: those of Q
/// Sends      every worker d scalars if c = 1, one message of Q if c = 0
/// Theory     theory/marina/marina.hpp; theory/marina/joint.hpp for joint compressors
/// Reductions p = 1 or Q = Identity: gradient descent

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/marina/workers_messages.hpp"
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
  requires WorkersCompressor<Q, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index n = f.workers();
    s.x -= gamma * s.g;
    if (random.bernoulli(p)) {
      for (Index i = 0; i < n; ++i) s.gradients[static_cast<std::size_t>(i)] = f.gradient(i, s.x);
      s.g = average(s.gradients);
    } else {
      const auto difference = [&](Index i) {
        Vector<S>& kept = s.gradients[static_cast<std::size_t>(i)];
        const Vector<S> old_gradient = std::exchange(kept, f.gradient(i, s.x));
        return Vector<S>(kept - old_gradient);
      };
      s.g += mean_of_messages<S>(compressor, n, difference, random);
    }
    return s;
  }

  /// The larger of the two kinds of iteration: gradients in full, or messages.
  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& f, Index scalar_bits) const {
    const Index n = f.workers();
    const Index d = f.dimension();
    return std::max(n * d * scalar_bits, bits_of_messages(compressor, n, d, scalar_bits));
  }
};

}  // namespace touchstone::inline v0
