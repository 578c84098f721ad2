#pragma once
/// \file
/// SGD-star: SGD that knows the components' gradients at the solution, and so has no noise there.
///
///     draw v
///     g = (1/m) sum_j v_j (grad f_j(x) - grad f_j(x*)) + grad f(x*)
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 4, section 2.6.4: not a method to run, but the one that variance reduction approaches
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and smooth
/// State      x in R^d; grad f(x*), the mean of the parameters grad f_j(x*), kept so that it is formed once
/// Parameters gamma > 0; a sampling (methods/sampling.hpp); grad f_j(x*) for every j
/// Draws      those of the sampling
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/sgd_star.hpp
/// Reductions all grad f_j(x*) = 0: SGD-SR

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/methods/sampling.hpp"
#include "touchstone/problems/regularizer.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct SgdStarState {
  Vector<S> x;              ///< model, length d
  Vector<S> star_gradient;  ///< grad f(x*)
  [[nodiscard]] auto parts() { return std::tie(x, star_gradient); }
  [[nodiscard]] auto parts() const { return std::tie(x, star_gradient); }
  [[nodiscard]] auto free_parts() { return std::tie(x); }
  [[nodiscard]] auto free_parts() const { return std::tie(x); }
  bool operator==(const SgdStarState&) const = default;
};

template <Field S, class Sampler, Regularizer<S> Prox = NoRegularizer>
struct SgdStar {
  using State = SgdStarState<S>;

  Sampler sampling;
  std::vector<Vector<S>> star_gradients;  ///< grad f_j(x*), m of them, length d each
  S gamma;                                ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker, the gradients at the solution are m and all sizes fit.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_one_worker(f, "SGD-star runs on one worker");
    require(static_cast<Index>(star_gradients.size()) == f.components(0),
            "SGD-star needs the gradient at the solution of every component (found, m)", star_gradients.size(),
            f.components(0));
    require_dimension(x, f.dimension());
    Vector<S> mean = Vector<S>::Zero(f.dimension());
    for (const Vector<S>& gradient : star_gradients) {
      require_dimension(gradient, f.dimension());
      mean += gradient / integer<S>(f.components(0));
    }
    return {x, std::move(mean)};
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  requires Sampling<Sampler, S, R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const S m = integer<S>(f.components(0));
    Vector<S> g = s.star_gradient;
    for (const WeightedComponent<S>& one : sampling.draw(f.components(0), random))
      g += S(one.v / m) * (f.component_gradient(0, one.j, s.x) - star_gradients[static_cast<std::size_t>(one.j)]);
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }
};

}  // namespace touchstone::inline v0
