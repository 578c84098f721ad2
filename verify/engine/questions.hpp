#pragma once
/// \file
/// What a step asks of its randomness, as text: one line a choice, with who asks and the probabilities.

#include <string>
#include <vector>

#include <fmt/format.h>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/transcript.hpp"

namespace touchstone::inline v0 {

/// "pick(1/3, 2/3)"
[[nodiscard]] inline std::string pick_question(const std::vector<Rational>& weights) {
  std::string list;
  for (const Rational& weight : weights) list += (list.empty() ? "" : ", ") + weight.str();
  return fmt::format("pick({})", list);
}

/// Passes the questions on to `source` and notes them: "worker 0: subset(2, 1)", "server: bernoulli(1/3)".
template <class Source>
class Questions : public Choices<Questions<Source>> {
 public:
  /// `source` must outlive this object.
  explicit Questions(Source& source) : source_(source) {}

  Index draw_index(Index n) {
    note(describe(ChoiceKind::choose, n, 1));
    return source_.choose(n);
  }
  Indices draw_subset(Index n, Index k) {
    note(describe(ChoiceKind::subset, n, k));
    return source_.subset(n, k);
  }
  Indices draw_permutation(Index n) {
    note(describe(ChoiceKind::permutation, n, n));
    return source_.permutation(n);
  }
  bool draw_bernoulli(const Rational& p) {
    note(fmt::format("bernoulli({})", p.str()));
    return source_.bernoulli(p);
  }
  Index draw_category(const std::vector<Rational>& weights) {
    note(pick_question(weights));
    return source_.pick(weights);
  }

  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }

 private:
  void note(const std::string& question) {
    const Index worker = this->place().worker;
    asked_.push_back((worker == Place::server ? "server: " : fmt::format("worker {}: ", worker)) + question);
  }

  Source& source_;
  std::vector<std::string> asked_;
};

}  // namespace touchstone::inline v0
