#include "verify/claims/row_samplings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/engine/studied_choices.hpp"

namespace touchstone::inline v0 {

namespace {

template <class... Cases>
struct Overloaded : Cases... {
  using Cases::operator()...;
};
template <class... Cases>
Overloaded(Cases...) -> Overloaded<Cases...>;

std::size_t at(Index i) {
  return static_cast<std::size_t>(i);
}

/// {1, 2}, {2, 3}, ..., {m}
SetSampling<Rational> overlapping_sets(Seeded& random, Index m) {
  SetSampling<Rational> sampling{{}, random_probabilities(random, m)};
  for (Index j = 0; j < m; ++j) sampling.sets.push_back(j + 1 < m ? Indices{j, j + 1} : Indices{j});
  return sampling;
}

/// 1 + u with probability 1/3, 1 - u/2 with 2/3.
WeightSampling<Rational> two_weights(Seeded& random, Index m) {
  Vector<Rational> u(m);
  for (Index j = 0; j < m; ++j) u[j] = j == 0 ? 2 : random.choose(3);
  const Vector<Rational> ones = Vector<Rational>::Ones(m);
  return {{Vector<Rational>(ones + u), Vector<Rational>(ones - u / Rational(2))},
          {ratio<Rational>(1, 3), ratio<Rational>(2, 3)}};
}

Matrix<Rational> diagonal_of_reciprocals(const std::vector<Rational>& p) {
  const Index m = static_cast<Index>(p.size());
  Matrix<Rational> moments = Matrix<Rational>::Zero(m, m);
  for (Index j = 0; j < m; ++j) moments(j, j) = 1 / p[at(j)];
  return moments;
}

/// P(j and k drawn)/(P(j drawn) P(k drawn))
Matrix<Rational> set_moments(const SetSampling<Rational>& sampling, Index m) {
  Matrix<Rational> together = Matrix<Rational>::Zero(m, m);
  for (std::size_t s = 0; s < sampling.sets.size(); ++s)
    for (const Index j : sampling.sets[s])
      for (const Index k : sampling.sets[s]) together(j, k) += sampling.P[s];
  Matrix<Rational> moments(m, m);
  for (Index j = 0; j < m; ++j)
    for (Index k = 0; k < m; ++k) moments(j, k) = together(j, k) / (together(j, j) * together(k, k));
  return moments;
}

}  // namespace

std::vector<AnySampling> samplings(Seeded& random, Index m) {
  if (m > 3)
    return {{SingleElement<Rational>{std::vector<Rational>(at(m), ratio<Rational>(1, m))}}, {TauNice<Rational>{2}}};
  std::vector<AnySampling> all{{SingleElement<Rational>{random_probabilities(random, m)}},
                               {FullBatch<Rational>{}},
                               {overlapping_sets(random, m)},
                               {two_weights(random, m)}};
  for (Index tau = 1; tau <= m && m >= 2; ++tau) all.push_back({TauNice<Rational>{tau}});
  IndependentSampling<Rational> independent;
  for (Index j = 0; j < m; ++j) independent.q.push_back(ratio<Rational>(random.choose(4) + 1, 5));
  all.push_back({independent});
  independent.q.front() = 1;
  all.push_back({independent});
  return all;
}

std::string sampling_name(const AnySampling& sampling) {
  return std::visit(
      Overloaded{
          [](const SingleElement<Rational>&) -> std::string { return "single element"; },
          [](const TauNice<Rational>& one) { return fmt::format("tau-nice, tau = {}", one.tau); },
          [](const IndependentSampling<Rational>& one) {
            return std::string(one.q.front() == 1 ? "independent, the first always" : "independent");
          },
          [](const FullBatch<Rational>&) -> std::string { return "full batch"; },
          [](const SetSampling<Rational>& one) { return fmt::format("{} sets", one.sets.size()); },
          [](const WeightSampling<Rational>& one) { return fmt::format("{} weight vectors", one.v.size()); }},
      sampling.kind);
}

Matrix<Rational> weight_moments(const AnySampling& sampling, Index m) {
  const Matrix<Rational> ones = Matrix<Rational>::Ones(m, m);
  const Matrix<Rational> identity = Matrix<Rational>::Identity(m, m);
  return std::visit(Overloaded{[](const SingleElement<Rational>& one) { return diagonal_of_reciprocals(one.p); },
                               [&](const TauNice<Rational>& one) -> Matrix<Rational> {
                                 const Rational pair =
                                     m == 1 ? Rational(1) : ratio<Rational>(m * (one.tau - 1), one.tau * (m - 1));
                                 return ones * pair + identity * Rational(ratio<Rational>(m, one.tau) - pair);
                               },
                               [&](const IndependentSampling<Rational>& one) -> Matrix<Rational> {
                                 return ones + diagonal_of_reciprocals(one.q) - identity;
                               },
                               [&](const FullBatch<Rational>&) { return ones; },
                               [&](const SetSampling<Rational>& one) { return set_moments(one, m); },
                               [&](const WeightSampling<Rational>& one) {
                                 Matrix<Rational> moments = Matrix<Rational>::Zero(m, m);
                                 for (std::size_t s = 0; s < one.v.size(); ++s)
                                   moments += one.P[s] * one.v[s] * one.v[s].transpose();
                                 return moments;
                               }},
                    sampling.kind);
}

Rational sampled_square(const Matrix<Rational>& moments, const std::vector<Vector<Rational>>& a) {
  Rational sum(0);
  for (std::size_t j = 0; j < a.size(); ++j)
    for (std::size_t k = 0; k < a.size(); ++k)
      sum += moments(static_cast<Index>(j), static_cast<Index>(k)) * a[j].dot(a[k]);
  return Rational(sum / Rational(a.size() * a.size()));
}

Rational expected_smoothness(const AnySampling& sampling, const ProblemConstants<Rational>& constants) {
  const std::vector<Rational>& L_j = constants.L_ij.front();
  return std::visit(
      Overloaded{
          [&](const SingleElement<Rational>& one) { return largest_of(single_element_smoothness(L_j, one.p)); },
          [&](const TauNice<Rational>& one) {
            return tau_nice_smoothness(constants.L, largest_of(L_j), Rational(L_j.size()), Rational(one.tau));
          },
          [&](const IndependentSampling<Rational>& one) {
            return largest_of(independent_smoothness(constants.L, L_j, one.q));
          },
          [&](const FullBatch<Rational>&) { return constants.L; },
          [&](const SetSampling<Rational>& one) { return largest_of(sampling_smoothness(L_j, one.sets, one.P)); },
          [&](const WeightSampling<Rational>& one) { return largest_of(weight_smoothness(L_j, one.v, one.P)); }},
      sampling.kind);
}

std::vector<std::string> sampling_questions(const std::string& who, const AnySampling& sampling, Index m) {
  using Questions = std::vector<std::string>;
  const auto picked = [](const std::vector<Rational>& p) {
    return p.size() == 1 ? Questions{} : Questions{pick_question(p)};
  };
  Questions all = std::visit(
      Overloaded{[&](const SingleElement<Rational>& one) { return picked(one.p); },
                 [&](const TauNice<Rational>& one) {
                   return one.tau == m ? Questions{} : Questions{fmt::format("subset({}, {})", m, one.tau)};
                 },
                 [](const IndependentSampling<Rational>& one) {
                   Questions coins;
                   for (const Rational& q : one.q)
                     if (q != 1) coins.push_back(fmt::format("bernoulli({})", q.str()));
                   return coins;
                 },
                 [](const FullBatch<Rational>&) { return Questions{}; },
                 [&](const SetSampling<Rational>& one) { return picked(one.P); },
                 [&](const WeightSampling<Rational>& one) { return picked(one.P); }},
      sampling.kind);
  for (std::string& question : all) question.insert(0, who + ": ");
  return all;
}

}  // namespace touchstone::inline v0
