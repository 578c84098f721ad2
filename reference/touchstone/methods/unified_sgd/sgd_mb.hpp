#pragma once
/// \file
/// SGD-MB: SGD with minibatches drawn with replacement.
///
///     draw j_1, ..., j_tau independently, j with probability p_j
///     g = (1/tau) sum_t grad f_{j_t}(x)/(m p_{j_t})
///     x <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 3, section 2.6.3
/// Problem    min f(x) + R(x), f = (1/m) sum_j f_j on a single worker; every f_j convex and smooth
/// State      x in R^d
/// Parameters gamma > 0, tau >= 1, p_j > 0 with sum 1
/// Draws      j_1; ...; j_tau
/// Sends      nothing: one node
/// Theory     theory/unified_sgd/sgd_mb.hpp
/// Reductions m = 1: gradient descent; tau = 1: SGD-SR with a single element

#include <vector>

#include "touchstone/methods/model_state.hpp"
#include "touchstone/problems/regularizer.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S, Regularizer<S> Prox = NoRegularizer>
struct SgdMb {
  using State = ModelState<S>;

  std::vector<S> p;  ///< m probabilities
  Index tau;         ///< draws a step
  S gamma;           ///< stepsize
  Prox regularizer{};

  /// Throws precondition_error unless f has one worker, p an entry for every component, tau >= 1 and x fits.
  template <FiniteSumProblem<S> P>
  [[nodiscard]] State initial(const P& f, const Vector<S>& x) const {
    require_one_worker(f, "SGD-MB runs on one worker");
    require(static_cast<Index>(p.size()) == f.components(0),
            "SGD-MB needs a probability for every component (probabilities, m)", p.size(), f.components(0));
    require(tau >= 1, "a minibatch needs tau >= 1", tau);
    return model_at<S>(f, x);
  }

  template <FiniteSumProblem<S> P, Randomness<S> R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    const S count = integer<S>(tau * f.components(0));
    Vector<S> g = Vector<S>::Zero(f.dimension());
    for (Index t = 0; t < tau; ++t) {
      const Index j = random.pick(p);
      g += S(S(1) / S(count * p[static_cast<std::size_t>(j)])) * f.component_gradient(0, j, s.x);
    }
    proximal_step(s.x, gamma, g, regularizer);
    return s;
  }

  template <FiniteSumProblem<S> P>
  [[nodiscard]] Index bits_per_iteration(const P& /*f*/, Index /*scalar_bits*/) const {
    return 0;
  }
};

}  // namespace touchstone::inline v0
