#pragma once
/// \file
/// SVRG: variance reduction with a reference point that stays for an outer loop.
///
///     draw j uniformly from 1, ..., m
///     g = grad f_j(x) - grad f_j(w) + grad f(w)
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 9, section 2.6.9, one outer loop; new_loop begins the next one
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and L-smooth
/// State      x, w in R^d; grad f(w), kept so that it is computed once a loop
/// Parameters gamma > 0
/// Draws      j
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/svrg.hpp
/// Reductions m = 1: gradient descent; L-SVRG whose coin never falls

#include <tuple>

#include "touchstone/problems/regularizer.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// Of SVRG and of L-SVRG.
template <Field S>
struct SvrgState {
  Vector<S> x;                   ///< model, length d
  Vector<S> w;                   ///< reference point, length d
  Vector<S> reference_gradient;  ///< grad f(w)
  [[nodiscard]] auto parts() { return std::tie(x, w, reference_gradient); }
  [[nodiscard]] auto parts() const { return std::tie(x, w, reference_gradient); }
  [[nodiscard]] auto free_parts() { return std::tie(x, w); }
  [[nodiscard]] auto free_parts() const { return std::tie(x, w); }
  bool operator==(const SvrgState&) const = default;
};

/// (1/m) sum_j |grad f_j(w) - grad f_j(x*)|^2
template <Field S, FiniteSumProblem<S> P>
[[nodiscard]] S svrg_sigma_squared(const P& f, const Vector<S>& w, const Vector<S>& x_star) {
  S sum(0);
  for (Index j = 0; j < f.components(0); ++j)
    sum += (f.component_gradient(0, j, w) - f.component_gradient(0, j, x_star)).squaredNorm();
  return S(sum / integer<S>(f.components(0)));
}

template <Field S, Regularizer<S> Prox = NoRegularizer>
struct Svrg {
  using State = SvrgState<S>;

  S gamma;  ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker and x, w fit its dimension.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x, const Vector<S>& w) const {
    require_one_worker(f, "SVRG runs on one worker");
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
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  /// w <- x, the last iterate of the loop, or the point of the loop that the caller names.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State new_loop(const P& f, const Vector<S>& w) const {
    return initial(f, w, w);
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
