#pragma once
/// \file
/// Every kind of sampling behind one type, with what is known of its weights v, written from their definition and not from
/// what is drawn.

#include <string>
#include <variant>
#include <vector>

#include "touchstone/methods/sampling.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::inline v0 {

/// A sampling of any kind: a method that takes it is compiled once.
struct AnySampling {
  std::variant<SingleElement<Rational>, TauNice<Rational>, IndependentSampling<Rational>, FullBatch<Rational>,
               SetSampling<Rational>, WeightSampling<Rational>>
      kind;

  template <Randomness<Rational> R>
  [[nodiscard]] WeightedComponents<Rational> draw(Index m, R& random) const {
    return std::visit([&](const auto& one) { return one.draw(m, random); }, kind);
  }
};

/// Of every kind those that m components allow, the extremes included: tau = 1, tau = m, a component that is always drawn.
/// For m > 3 uniform ones of few outcomes: a single element, two.
[[nodiscard]] std::vector<AnySampling> samplings(Seeded& random, Index m);

/// "single element", "tau-nice, tau = 2", ...
[[nodiscard]] std::string sampling_name(const AnySampling& sampling);

/// E v_j v_k for j, k = 1, ..., m.
[[nodiscard]] Matrix<Rational> weight_moments(const AnySampling& sampling, Index m);

/// E|(1/m) sum_j v_j a_j|^2 = (1/m^2) sum_jk E[v_j v_k] <a_j, a_k>, from weight_moments.
[[nodiscard]] Rational sampled_square(const Matrix<Rational>& moments, const std::vector<Vector<Rational>>& a);

/// The constant of theory/unified_sgd/expected_smoothness.hpp for the components of a single worker.
[[nodiscard]] Rational expected_smoothness(const AnySampling& sampling,
                                           const ProblemConstants<Rational>& constants);

/// What a draw asks, as StudiedChoices writes it; `who` is "server" or "worker 0".
[[nodiscard]] std::vector<std::string> sampling_questions(const std::string& who, const AnySampling& sampling,
                                                          Index m);

}  // namespace touchstone::inline v0
