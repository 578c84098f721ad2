#pragma once
/// \file
/// What a step asks of its randomness: as text, one line a choice, with who asks and the probabilities; or altered.

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0 {

/// "pick(1/3, 2/3)"
[[nodiscard]] inline std::string pick_question(const std::vector<Rational>& weights) {
  std::string list;
  for (const Rational& weight : weights) list += (list.empty() ? "" : ", ") + weight.str();
  return fmt::format("pick({})", list);
}

/// The choices of an enumeration on their way to a step. They can be noted, "worker 0: subset(2, 1)", "server:
/// bernoulli(1/3)", and all workers can be handed what the first one drew: what a forgotten worker index in a stream does.
/// One type for all that is asked of a step, so that a method is compiled once.
class StudiedChoices : public Choices<StudiedChoices> {
 public:
  /// `source` must outlive this object, `asked` too; null notes nothing.
  StudiedChoices(Exhaustive<Rational>& source, bool shared, std::vector<std::string>* asked)
      : source_(source), shared_(shared), asked_(asked) {}

  Index draw_index(Index n) {
    if (asked_ != nullptr) note(describe(ChoiceKind::choose, n, 1));
    return shared([&] { return Indices{source_.choose(n)}; }, [n](const Indices& a) { return a.front() < n; })
        .front();
  }
  Indices draw_subset(Index n, Index k) {
    if (asked_ != nullptr) note(describe(ChoiceKind::subset, n, k));
    return shared([&] { return source_.subset(n, k); },
                  [=](const Indices& a) { return static_cast<Index>(a.size()) == k && a.back() < n; });
  }
  Indices draw_permutation(Index n) {
    if (asked_ != nullptr) note(describe(ChoiceKind::permutation, n, n));
    return source_.permutation(n);
  }
  bool draw_bernoulli(const Rational& p) {
    if (asked_ != nullptr) note(fmt::format("bernoulli({})", p.str()));
    return shared_ && place().worker != Place::server ? shared_coin(p) : source_.bernoulli(p);
  }
  Index draw_category(const std::vector<Rational>& weights) {
    if (asked_ != nullptr) note(pick_question(weights));
    return shared([&] { return Indices{source_.pick(weights)}; },
                  [&](const Indices& a) {
                    const auto i = static_cast<std::size_t>(a.front());
                    return i < weights.size() && weights[i] != 0;
                  })
        .front();
  }

 private:
  void note(const std::string& question) {
    const Index worker = place().worker;
    asked_->push_back((worker == Place::server ? "server: " : fmt::format("worker {}: ", worker)) + question);
  }

  /// What `draw` draws, or what the first worker got for its draw of that number, if it `fits`.
  template <class Draw, class Fits>
  Indices shared(const Draw& draw, const Fits& fits) {
    if (!shared_ || place().worker == Place::server) return draw();
    const auto known = answers_.find(place().draw);
    if (known == answers_.end()) return answers_.emplace(place().draw, draw()).first->second;
    return fits(known->second) ? known->second : draw();
  }

  struct Coin {
    Rational p;
    bool fell;
  };

  /// Coins of the same number compare one uniform draw with their probabilities.
  bool shared_coin(const Rational& p) {
    const auto known = coins_.find(place().draw);
    if (known == coins_.end())
      return coins_.emplace(place().draw, Coin{p, source_.bernoulli(p)}).first->second.fell;
    const Coin& first = known->second;
    if (first.fell) return source_.bernoulli(std::min(Rational(1), Rational(p / first.p)));
    return source_.bernoulli(std::max(Rational(0), Rational((p - first.p) / (1 - first.p))));
  }

  Exhaustive<Rational>& source_;
  bool shared_;
  std::vector<std::string>* asked_;
  std::map<Index, Indices> answers_;  // the first worker's, by the number of the draw
  std::map<Index, Coin> coins_;
};

}  // namespace touchstone::inline v0
