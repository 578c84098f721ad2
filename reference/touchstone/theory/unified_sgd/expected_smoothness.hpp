#pragma once
/// \file
/// Expected smoothness of samplings: constants E with
///
///     E|grad f_v(x) - grad f_v(x*)|^2 <= 2E D_f(x, x*),      f_v = (1/m) sum_j v_j f_j,  E v_j = 1
///
/// for convex L_j-smooth f_j and an L-smooth f = (1/m) sum_j f_j.
///
///     one component, P(j) = p_j          max_j L_j/(m p_j)
///     tau of m, uniform, m >= 2          (m (tau - 1) L + (m - tau) max_j L_j)/(tau (m - 1))
///     each on its own, P(j) = q_j        L + max_j (1 - q_j) L_j/(q_j m)
///     all of them                        L
///     a list of sets C with P(C) > 0     max_j (1/p_j) sum_{C containing j} P(C) L_C,   L_C = (1/m) sum_{k in C} L_k/p_k,
///                                        where p_j is the probability that j is drawn and v_j = 1/p_j then
///     a list of v >= 0 with P(v) > 0     max_j sum_v P(v) v_j L_v,   L_v = (1/m) sum_k v_k L_k
///
/// The last but one is the last with v_j = 1/p_j or 0. It holds since f_v is convex and L_v-smooth:
/// E|grad f_v(x) - grad f_v(x*)|^2 <= 2 E[L_v D_{f_v}(x, x*)] = (2/m) sum_j E[v_j L_v] D_{f_j}(x, x*).
///
/// Source     derived; the first three as in arXiv:1901.09401
///
/// Maxima are returned as the lists they are taken over.

#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// L_j/(m p_j) for every j. L_j and p have m entries, p_j > 0.
template <Field S>
[[nodiscard]] std::vector<S> single_element_smoothness(const std::vector<S>& L_j, const std::vector<S>& p) {
  require(L_j.size() == p.size(), "a probability for every component (components, probabilities)", L_j.size(),
          p.size());
  const S m = integer<S>(static_cast<Index>(L_j.size()));
  std::vector<S> candidates;
  for (std::size_t j = 0; j < L_j.size(); ++j) candidates.push_back(S(L_j[j] / S(m * p[j])));
  return candidates;
}

/// largest_L_j = max_j L_j; 1 <= tau <= m, m >= 2.
template <Field S>
[[nodiscard]] S tau_nice_smoothness(const S& L, const S& largest_L_j, const S& m, const S& tau) {
  return S(S(m * S(tau - S(1)) * L + S(m - tau) * largest_L_j) / S(tau * S(m - S(1))));
}

/// L + (1 - q_j) L_j/(q_j m) for every j. 0 < q_j <= 1.
template <Field S>
[[nodiscard]] std::vector<S> independent_smoothness(const S& L, const std::vector<S>& L_j,
                                                    const std::vector<S>& q) {
  require(L_j.size() == q.size(), "a probability for every component (components, probabilities)", L_j.size(),
          q.size());
  const S m = integer<S>(static_cast<Index>(L_j.size()));
  std::vector<S> candidates;
  for (std::size_t j = 0; j < L_j.size(); ++j) candidates.push_back(S(L + S(S(1) - q[j]) * L_j[j] / S(q[j] * m)));
  return candidates;
}

/// The candidate of every j for a sampling that draws the set C_s with probability P[s]. Every component must be in a
/// set. Throws precondition_error where one is not.
template <Field S>
[[nodiscard]] std::vector<S> sampling_smoothness(const std::vector<S>& L_j, const std::vector<Indices>& sets,
                                                 const std::vector<S>& P) {
  require(sets.size() == P.size(), "a probability for every set (sets, probabilities)", sets.size(), P.size());
  const std::size_t m = L_j.size();
  std::vector<S> p(m, S(0));
  for (std::size_t s = 0; s < sets.size(); ++s)
    for (const Index j : sets[s]) p[static_cast<std::size_t>(j)] += P[s];
  std::vector<S> sums(m, S(0));
  for (std::size_t s = 0; s < sets.size(); ++s) {
    S L_C(0);
    for (const Index k : sets[s])
      L_C +=
          L_j[static_cast<std::size_t>(k)] / S(integer<S>(static_cast<Index>(m)) * p[static_cast<std::size_t>(k)]);
    for (const Index j : sets[s]) sums[static_cast<std::size_t>(j)] += P[s] * L_C;
  }
  for (std::size_t j = 0; j < m; ++j) {
    require(!(p[j] == S(0)), "every component needs a positive probability of being drawn (component)", j);
    sums[j] /= p[j];
  }
  return sums;
}

/// The candidate of every j for a sampling that draws v[s] with probability P[s]. Each v[s] has m entries >= 0, and
/// sum_s P[s] v[s] = (1, ..., 1).
template <Field S>
[[nodiscard]] std::vector<S> weight_smoothness(const std::vector<S>& L_j, const std::vector<Vector<S>>& v,
                                               const std::vector<S>& P) {
  require(v.size() == P.size(), "a probability for every v (vectors, probabilities)", v.size(), P.size());
  const Index m = static_cast<Index>(L_j.size());
  std::vector<S> sums(L_j.size(), S(0));
  for (std::size_t s = 0; s < v.size(); ++s) {
    require(v[s].size() == m, "a weight for every component (weights, m)", v[s].size(), m);
    S L_v(0);
    for (Index k = 0; k < m; ++k) L_v += S(v[s][k] * L_j[static_cast<std::size_t>(k)] / integer<S>(m));
    for (Index j = 0; j < m; ++j) sums[static_cast<std::size_t>(j)] += S(P[s] * v[s][j] * L_v);
  }
  return sums;
}

}  // namespace touchstone::inline v0
