#pragma once
/// \file
/// Writing random choices down, and answering from what was written: how another implementation is followed.

#include <cstddef>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

enum class ChoiceKind { choose, subset, permutation, bernoulli, pick };

[[nodiscard]] inline std::string to_string(ChoiceKind kind) {
  switch (kind) {
    case ChoiceKind::choose:
      return "choose";
    case ChoiceKind::subset:
      return "subset";
    case ChoiceKind::permutation:
      return "permutation";
    case ChoiceKind::bernoulli:
      return "bernoulli";
    case ChoiceKind::pick:
      return "pick";
  }
  throw std::logic_error("a kind of choice without a name");
}

/// One question and its answer.
struct Choice {
  ChoiceKind kind = ChoiceKind::choose;
  Index n = 0;     ///< how many there are to choose from (2 for bernoulli)
  Index k = 1;     ///< how many are chosen (n for permutation)
  Indices answer;  ///< the index; the subset, ascending; the permutation; {0} or {1} for bernoulli
  Place place;
  bool operator==(const Choice&) const = default;
};

[[nodiscard]] inline std::string describe(ChoiceKind kind, Index n, Index k) {
  const std::string arguments = kind == ChoiceKind::subset      ? std::to_string(n) + ", " + std::to_string(k)
                                : kind == ChoiceKind::bernoulli ? "p"
                                                                : std::to_string(n);
  return to_string(kind) + "(" + arguments + ")";
}

using Transcript = std::vector<Choice>;

/// A transcript that does not fit the run: too short, another question, an answer outside its range. The message
/// names the place in the run and in the transcript.
struct transcript_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Passes every question on to `source` and keeps the transcript.
template <class Source>
class Recorder : public Choices<Recorder<Source>> {
 public:
  /// `source` must outlive the recorder.
  explicit Recorder(Source& source) : source_(source) {}

  Index draw_index(Index n) { return note(ChoiceKind::choose, n, 1, {follow().choose(n)}).front(); }
  Indices draw_subset(Index n, Index k) { return note(ChoiceKind::subset, n, k, follow().subset(n, k)); }
  Indices draw_permutation(Index n) { return note(ChoiceKind::permutation, n, n, follow().permutation(n)); }
  template <Field S>
  bool draw_bernoulli(const S& p) {
    return note(ChoiceKind::bernoulli, 2, 1, {Index{follow().bernoulli(p)}}).front() == 1;
  }
  template <Field S>
  Index draw_category(const std::vector<S>& weights) {
    return note(ChoiceKind::pick, static_cast<Index>(weights.size()), 1, {follow().pick(weights)}).front();
  }

  [[nodiscard]] const Transcript& transcript() const { return transcript_; }

 private:
  /// The source, at this recorder's place.
  Source& follow() {
    const Place& here = this->place();
    if (source_.place().iteration != here.iteration || source_.place().worker > here.worker)
      source_.begin_iteration(here.iteration);
    return source_.worker(here.worker);
  }

  const Indices& note(ChoiceKind kind, Index n, Index k, Indices answer) {
    return transcript_.emplace_back(Choice{kind, n, k, std::move(answer), this->place()}).answer;
  }

  Source& source_;
  Transcript transcript_;
};

/// Answers from a transcript. Running out, a question of another kind or size, another place, an impossible answer:
/// each throws transcript_error.
class Replayed : public Choices<Replayed> {
 public:
  /// `transcript` must outlive this object.
  explicit Replayed(const Transcript& transcript) : transcript_(transcript) {}

  Index draw_index(Index n) { return next(ChoiceKind::choose, n, 1).answer.front(); }

  Indices draw_subset(Index n, Index k) {
    const Choice& choice = next(ChoiceKind::subset, n, k);
    for (std::size_t i = 0; i + 1 < choice.answer.size(); ++i)
      if (choice.answer[i] >= choice.answer[i + 1]) reject("the subset is not in ascending order");
    return choice.answer;
  }

  Indices draw_permutation(Index n) {
    const Choice& choice = next(ChoiceKind::permutation, n, n);
    std::vector<bool> seen(choice.answer.size(), false);
    for (const Index i : choice.answer) {
      if (seen[static_cast<std::size_t>(i)]) reject("the permutation names " + std::to_string(i) + " twice");
      seen[static_cast<std::size_t>(i)] = true;
    }
    return choice.answer;
  }

  template <Field S>
  bool draw_bernoulli(const S& /*p*/) {
    return next(ChoiceKind::bernoulli, 2, 1).answer.front() == 1;
  }

  template <Field S>
  Index draw_category(const std::vector<S>& weights) {
    const Index i = next(ChoiceKind::pick, static_cast<Index>(weights.size()), 1).answer.front();
    if (weights[static_cast<std::size_t>(i)] == S(0))
      reject("the answer " + std::to_string(i) + " has probability zero");
    return i;
  }

  /// Whether every choice has been used.
  [[nodiscard]] bool exhausted() const { return used_ == transcript_.size(); }

 private:
  const Choice& next(ChoiceKind kind, Index n, Index k) {
    const std::string asked = describe(kind, n, k);
    if (exhausted()) throw transcript_error(where() + "the transcript ends; expected " + asked);
    const Choice& choice = transcript_[used_++];
    const std::string found = describe(choice.kind, choice.n, choice.k);
    if (choice.kind != kind || choice.n != n || choice.k != k) reject("found " + found + ", expected " + asked);
    if (choice.place != place()) reject("found a choice of " + to_string(choice.place));
    if (choice.answer.size() != static_cast<std::size_t>(k))
      reject("found an answer of " + std::to_string(choice.answer.size()) + " indices, expected " +
             std::to_string(k));
    for (const Index i : choice.answer)
      if (i < 0 || i >= n)
        reject("found the answer " + std::to_string(i) + ", expected 0 <= answer < " + std::to_string(n));
    return choice;
  }

  [[nodiscard]] std::string where() const { return to_string(place()) + ": "; }
  [[noreturn]] void reject(const std::string& why) const {
    throw transcript_error(where() + why + " (choice " + std::to_string(used_ - 1) + " of the transcript)");
  }

  const Transcript& transcript_;
  std::size_t used_ = 0;
};

}  // namespace touchstone::inline v0
