#pragma once
/// \file
/// Randomness that takes every outcome in turn: expectations without sampling.
///
/// The algorithm is run once for every path through its choices, from the start each time, so it needs to know
/// nothing about being enumerated. It must be a pure function of its arguments and its choices: a different
/// question at the same place of the same path is reported as hidden state. Outcomes of probability zero are not
/// visited.

#include <algorithm>
#include <cstddef>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "touchstone/randomness/transcript.hpp"

namespace touchstone::inline v0 {

/// n choose k. Throws std::length_error where it does not fit an Index.
[[nodiscard]] inline Index binomial(Index n, Index k) {
  Index value = 1;
  for (Index i = 1; i <= k; ++i) {
    if (value > std::numeric_limits<Index>::max() / (n - k + i))
      throw std::length_error("a choice of " + describe(ChoiceKind::subset, n, k) + " has too many outcomes");
    value = value * (n - k + i) / i;
  }
  return value;
}

/// n!. Throws std::length_error where it does not fit an Index.
[[nodiscard]] inline Index factorial(Index n) {
  Index value = 1;
  for (Index i = 2; i <= n; ++i) {
    if (value > std::numeric_limits<Index>::max() / i)
      throw std::length_error("a choice of " + describe(ChoiceKind::permutation, n, n) + " has too many outcomes");
    value *= i;
  }
  return value;
}

/// W is the field the probabilities live in: Rational for exact numbers, Polynomial for symbolic ones. Canonical
/// order of the outcomes: indices ascending, "no" before "yes", subsets and permutations lexicographic.
template <Field W>
class Exhaustive : public Choices<Exhaustive<W>> {
 public:
  Index draw_index(Index n) { return visit(ChoiceKind::choose, n, 1).answer.front(); }
  Indices draw_subset(Index n, Index k) { return visit(ChoiceKind::subset, n, k).answer; }
  Indices draw_permutation(Index n) { return visit(ChoiceKind::permutation, n, n).answer; }
  bool draw_bernoulli(const W& p) {
    const std::vector<W> weights{W(W(1) - p), p};
    return visit(ChoiceKind::bernoulli, 2, 1, &weights).answer.front() == 1;
  }
  Index draw_category(const std::vector<W>& weights) {
    return visit(ChoiceKind::pick, static_cast<Index>(weights.size()), 1, &weights).answer.front();
  }

  /// Probability of the path just taken.
  [[nodiscard]] W probability() const { return path_.empty() ? W(1) : path_.back().probability; }

  /// Moves to the next path. False when all have been taken.
  bool advance() {
    if (depth_ != path_.size()) throw std::logic_error(impure("fewer questions were asked"));
    depth_ = 0;
    while (!path_.empty() && !next_answer(path_.back())) path_.pop_back();
    if (path_.empty()) return false;
    set_probability(path_.size() - 1);
    return true;
  }

 private:
  struct Node {
    ChoiceKind kind;
    Index n;
    Index k;
    std::vector<W> weights;  // empty for a uniform choice
    W uniform;               // the probability of each answer of a uniform choice
    Indices answer;
    W probability;  // of the path up to and including this answer
  };

  const Node& visit(ChoiceKind kind, Index n, Index k, const std::vector<W>* weights = nullptr) {
    if (depth_ == path_.size()) {
      push(kind, n, k, weights);
    } else {
      const Node& node = path_[depth_];
      if (node.kind != kind || node.n != n || node.k != k)
        throw std::logic_error(impure(describe(node.kind, node.n, node.k) + " became " + describe(kind, n, k)));
      if (weights != nullptr && node.weights != *weights)
        throw std::logic_error(impure("the probabilities of " + describe(kind, n, k) + " changed"));
    }
    return path_[depth_++];
  }

  void push(ChoiceKind kind, Index n, Index k, const std::vector<W>* weights) {
    Node node{kind, n, k, {}, W(1), Indices(static_cast<std::size_t>(k)), W(1)};
    std::iota(node.answer.begin(), node.answer.end(), Index{0});
    if (weights != nullptr) {
      node.weights = *weights;
      while (node.weights[static_cast<std::size_t>(node.answer.front())] == W(0)) ++node.answer.front();
    } else {
      const Index outcomes = kind == ChoiceKind::choose   ? n
                             : kind == ChoiceKind::subset ? binomial(n, k)
                                                          : factorial(n);
      node.uniform = ratio<W>(1, outcomes);
    }
    path_.push_back(std::move(node));
    set_probability(path_.size() - 1);
  }

  void set_probability(std::size_t at) {
    Node& node = path_[at];
    const W& own =
        node.weights.empty() ? node.uniform : node.weights[static_cast<std::size_t>(node.answer.front())];
    node.probability = at == 0 ? own : W(path_[at - 1].probability * own);
  }

  static bool next_answer(Node& node) {
    if (node.kind == ChoiceKind::permutation) return std::next_permutation(node.answer.begin(), node.answer.end());
    // The last index that can still grow grows, those after it follow on: lexicographic order. k = 1 is a count.
    for (std::size_t i = node.answer.size(); i-- > 0;) {
      const Index room = node.n - static_cast<Index>(node.answer.size() - i);
      do {
        if (node.answer[i] >= room) break;
        ++node.answer[i];
        if (node.weights.empty() || !(node.weights[static_cast<std::size_t>(node.answer[i])] == W(0))) {
          for (std::size_t j = i + 1; j < node.answer.size(); ++j) node.answer[j] = node.answer[j - 1] + 1;
          return true;
        }
      } while (true);
    }
    return false;
  }

  [[nodiscard]] std::string impure(const std::string& what) const {
    return to_string(this->place()) + ": not a pure function of its choices: on the same path " + what;
  }

  std::vector<Node> path_;
  std::size_t depth_ = 0;
};

/// Calls visit(probability, outcome) for every outcome of run(random), in canonical order; returns how many there
/// are. Throws std::length_error beyond `limit` outcomes, std::logic_error if `run` is not a pure function of its
/// choices or, for exact W, if the probabilities do not sum to one.
template <Field W, class Run, class Visit>
std::size_t for_each_outcome(Run&& run, Visit&& visit, std::size_t limit = 1'000'000) {
  Exhaustive<W> random;
  W total(0);
  std::size_t outcomes = 0;
  do {
    if (++outcomes > limit) throw std::length_error("more than " + std::to_string(limit) + " outcomes");
    random.begin_iteration(0);
    auto outcome = run(random);
    const W probability = random.probability();
    total += probability;
    visit(probability, std::move(outcome));
  } while (random.advance());
  if constexpr (is_exact<W>)
    if (!(total == W(1))) throw std::logic_error("the probabilities of all outcomes do not sum to one");
  return outcomes;
}

/// E[run(random)], exact when W is. An outcome is a scalar or a vector over W.
template <Field W, class Run>
[[nodiscard]] auto expectation(Run&& run) {
  std::optional<std::decay_t<std::invoke_result_t<Run&, Exhaustive<W>&>>> mean;
  for_each_outcome<W>(run, [&mean](const W& probability, const auto& outcome) {
    if (mean)
      *mean += outcome * probability;
    else
      mean = outcome * probability;
  });
  return *mean;
}

/// The law of run(random): the distinct outcomes in the order of their first appearance, with their probabilities.
template <Field W, class Run>
[[nodiscard]] auto distribution(Run&& run) {
  using Outcome = std::decay_t<std::invoke_result_t<Run&, Exhaustive<W>&>>;
  std::vector<std::pair<W, Outcome>> law;
  for_each_outcome<W>(run, [&law](const W& probability, const Outcome& outcome) {
    for (auto& [known_probability, known] : law)
      if (known == outcome) {
        known_probability += probability;
        return;
      }
    law.emplace_back(probability, outcome);
  });
  return law;
}

}  // namespace touchstone::inline v0
