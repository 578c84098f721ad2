#pragma once
/// \file
/// Samplings of components: a random v in R^m with E v_j = 1, so that
///
///     grad f_v(x) = (1/m) sum_j v_j grad f_j(x)
///
/// is right in the mean. Only components with v_j != 0 are named: an evaluation costs as much as it uses.
///
///     SingleElement   j with probability p_j                v_j = 1/p_j
///     TauNice         tau of m, all subsets equally likely  v_j = m/tau
///     Independent     every j on its own, probability q_j   v_j = 1/q_j
///     FullBatch       all                                   v_j = 1
///     SetSampling     set C_s with probability P_s          v_j = 1/(sum of P_s over the sets that contain j)
///     WeightSampling  v itself from a finite list

#include <utility>
#include <vector>

#include "touchstone/problems/problem.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// A component and its v_j.
template <Field S>
struct WeightedComponent {
  Index j;
  S v;
};

template <Field S>
using WeightedComponents = std::vector<WeightedComponent<S>>;

/// draw(m, random) names components of 0, ..., m-1, ascending.
template <class T, class S, class R>
concept Sampling = requires(const T& sampling, Index m, R& random) {
  { sampling.draw(m, random) } -> std::same_as<WeightedComponents<S>>;
};

/// (1/m) sum_j v_j grad f_ij(x), of worker i
template <Field S, FiniteSumProblem<S> P>
[[nodiscard]] Vector<S> sampled_gradient(const P& f, Index i, const WeightedComponents<S>& drawn,
                                         const Vector<S>& x) {
  const S m = integer<S>(f.components(i));
  Vector<S> g = Vector<S>::Zero(f.dimension());
  for (const WeightedComponent<S>& one : drawn) g += S(one.v / m) * f.component_gradient(i, one.j, x);
  return g;
}

inline void require_probabilities(std::size_t found, Index m) {
  require(static_cast<Index>(found) == m, "a sampling needs a probability for every component (probabilities, m)",
          found, m);
}

template <Field S>
struct SingleElement {
  std::vector<S> p;  ///< m entries > 0 with sum 1
  template <Randomness<S> R>
  [[nodiscard]] WeightedComponents<S> draw(Index m, R& random) const {
    require_probabilities(p.size(), m);
    const Index j = random.pick(p);
    return {{j, S(S(1) / p[static_cast<std::size_t>(j)])}};
  }
};

template <Field S>
struct TauNice {
  Index tau;  ///< 1 <= tau <= m
  template <Randomness<S> R>
  [[nodiscard]] WeightedComponents<S> draw(Index m, R& random) const {
    require(1 <= tau && tau <= m, "a minibatch needs 1 <= tau <= m (tau, m)", tau, m);
    WeightedComponents<S> drawn;
    for (const Index j : random.subset(m, tau)) drawn.push_back({j, ratio<S>(m, tau)});
    return drawn;
  }
};

template <Field S>
struct IndependentSampling {
  std::vector<S> q;  ///< m entries, 0 < q_j <= 1
  template <Randomness<S> R>
  [[nodiscard]] WeightedComponents<S> draw(Index m, R& random) const {
    require_probabilities(q.size(), m);
    WeightedComponents<S> drawn;
    for (Index j = 0; j < m; ++j) {
      const S& q_j = q[static_cast<std::size_t>(j)];
      require(!(q_j == S(0)), "every component needs a positive probability of being drawn (component)", j);
      if (random.bernoulli(q_j)) drawn.push_back({j, S(S(1) / q_j)});
    }
    return drawn;
  }
};

template <Field S>
struct FullBatch {
  template <Randomness<S> R>
  [[nodiscard]] WeightedComponents<S> draw(Index m, R& /*random*/) const {
    WeightedComponents<S> drawn;
    for (Index j = 0; j < m; ++j) drawn.push_back({j, S(1)});
    return drawn;
  }
};

/// Each set ascending; every component in a set of positive probability.
template <Field S>
struct SetSampling {
  std::vector<Indices> sets;
  std::vector<S> P;  ///< one for each set, sum 1
  template <Randomness<S> R>
  [[nodiscard]] WeightedComponents<S> draw(Index m, R& random) const {
    require(sets.size() == P.size(), "a sampling needs a probability for every set (sets, probabilities)",
            sets.size(), P.size());
    std::vector<S> p(static_cast<std::size_t>(m), S(0));
    for (std::size_t s = 0; s < sets.size(); ++s)
      for (const Index j : sets[s]) {
        require(0 <= j && j < m, "a set may name components 0, ..., m-1 only (component, m)", j, m);
        p[static_cast<std::size_t>(j)] += P[s];
      }
    for (Index j = 0; j < m; ++j)
      require(!(p[static_cast<std::size_t>(j)] == S(0)),
              "every component needs a positive probability of being drawn (component)", j);
    WeightedComponents<S> drawn;
    for (const Index j : sets[static_cast<std::size_t>(random.pick(P))])
      drawn.push_back({j, S(S(1) / p[static_cast<std::size_t>(j)])});
    return drawn;
  }
};

/// sum_s P_s v_s = (1, ..., 1).
template <Field S>
struct WeightSampling {
  std::vector<Vector<S>> v;  ///< each of length m
  std::vector<S> P;          ///< one for each v, sum 1
  template <Randomness<S> R>
  [[nodiscard]] WeightedComponents<S> draw(Index m, R& random) const {
    require(v.size() == P.size(), "a sampling needs a probability for every v (vectors, probabilities)", v.size(),
            P.size());
    const Vector<S>& chosen = v[static_cast<std::size_t>(random.pick(P))];
    require_probabilities(static_cast<std::size_t>(chosen.size()), m);
    WeightedComponents<S> drawn;
    for (Index j = 0; j < m; ++j)
      if (!(chosen[j] == S(0))) drawn.push_back({j, chosen[j]});
    return drawn;
  }
};

/// How a worker obtains its gradient: from a sampling of its components. Draws those of the sampling.
template <class Sampler>
struct SampledByWorkers {
  std::vector<Sampler> samplings;  ///< one for each worker

  template <Field S, FiniteSumProblem<S> P, Randomness<S> R>
  requires Sampling<Sampler, S, R>
  [[nodiscard]] Vector<S> gradient(const P& f, Index i, const Vector<S>& x, R& random) const {
    require(static_cast<std::size_t>(i) < samplings.size(), "a worker needs a sampling (worker, samplings)", i,
            samplings.size());
    return sampled_gradient<S>(f, i, samplings[static_cast<std::size_t>(i)].draw(f.components(i), random), x);
  }
};

}  // namespace touchstone::inline v0
