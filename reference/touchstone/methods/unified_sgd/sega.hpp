#pragma once
/// \file
/// SEGA: variance reduction from partial derivatives. A vector h remembers what each coordinate showed last.
///
///     draw c uniformly from 1, ..., d
///     delta = partial_c f(x) - h_c
///     g     = h + d delta e_c                    the h from before this step
///     h     <- h + delta e_c
///     x     <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 7, section 2.6.7; with noise Algorithm 8 (n_sega.hpp)
/// Problem    min f(x) + R(x); f convex and L-smooth, partial derivatives only
/// State      x, h in R^d; h may start anywhere
/// Parameters gamma > 0; how a partial derivative is obtained (methods/gradient_oracle.hpp)
/// Draws      c; then those of the partial derivative
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/sega.hpp
/// Reductions d = 1: gradient descent; the state is that of DIANA with one node, Rand1 and alpha = 1/d

#include <tuple>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct SegaState {
  Vector<S> x;  ///< model, length d
  Vector<S> h;  ///< estimate of the gradient, length d
  [[nodiscard]] auto parts() { return std::tie(x, h); }
  [[nodiscard]] auto parts() const { return std::tie(x, h); }
  bool operator==(const SegaState&) const = default;
};

template <Field S, class Oracle = FullGradient, Regularizer<S> Prox = NoRegularizer>
struct Sega {
  using State = SegaState<S>;

  S gamma;  ///< stepsize
  Oracle oracle{};
  Prox regularizer{};

  /// Throws precondition_error unless x and h fit the dimension.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, const Vector<S>& h) const {
    require_dimension(x, f.dimension());
    require_dimension(h, f.dimension());
    return {x, h};
  }

  /// From h = 0.
  template <DistributedProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    return initial(f, x, Vector<S>::Zero(f.dimension()));
  }

  template <DistributedProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const Index d = f.dimension();
    const Index c = random.choose(d);
    const S delta = S(oracle.partial_derivative(f, c, s.x, random) - s.h[c]);
    Vector<S> g = s.h;
    g[c] += integer<S>(d) * delta;
    s.h[c] += delta;
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <DistributedProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }

  /// sigma_k^2 = |h - grad f(x*)|^2
  template <DistributedProblem<S> P>
  [[nodiscard]] S sigma_squared(const P& f, const State& s, const Vector<S>& x_star) const {
    return S((s.h - full_gradient<S>(f, x_star)).squaredNorm());
  }
};

}  // namespace touchstone::inline v0
