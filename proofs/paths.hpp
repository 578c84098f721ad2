#pragma once
/// \file
/// Every way through code that branches on symbols: the code is run once for each feasible path through its
/// comparisons, from the start each time, depth first, "yes" before "no".
///
/// A branch is left out only when the signs that the assumptions state exclude it, or when z3 has shown, within its
/// resource limit, that the assumptions and the answers so far do; where z3 does not know, the branch is taken, so no
/// behaviour is lost. What is left out need not be taken on trust: that the conditions of the paths found cover
/// everything is put into the obligation (any_of over the paths), and the solvers check it again. Only where all goals
/// are to be sums of products (scalar/compressors/laws.cpp) it is not.

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "proofs/signs.hpp"

namespace touchstone::inline v0::proofs {

/// Answers comparisons along one path and moves on to the next. The code must be a pure function of the answers.
class Paths final : public Branching {
 public:
  /// `limit` is the largest number of paths; std::length_error beyond it.
  Paths(z3::context& context, std::vector<Formula> assumptions, std::size_t limit);

  bool less(const Term& a, const Term& b) override { return decide(proofs::less(a, b)); }
  bool equal(const Term& a, const Term& b) override { return decide(proofs::equal(a, b)); }

  /// All answers of the path just taken, those that the assumptions forced included: on every point that satisfies
  /// them the code takes this path, whoever decided what was feasible.
  [[nodiscard]] std::vector<Formula> condition() const;
  /// False when all paths have been taken. Throws std::logic_error if the last run asked fewer questions than the
  /// path it was on.
  bool advance();

 private:
  struct Decision {
    Formula question;
    bool answer;
    bool forced;
    bool other_open;
  };

  bool decide(const Formula& question);
  /// Whether the assumptions, as far as z3 knows, do not contradict each other.
  [[nodiscard]] bool consistent();
  [[nodiscard]] bool feasible(const Formula& next) const;

  z3::context& context_;
  std::vector<Formula> assumptions_;
  Signs signs_;
  std::optional<bool> consistent_;
  std::size_t limit_;
  std::size_t taken_ = 1;
  std::vector<Decision> decisions_;
  std::size_t depth_ = 0;
};

/// Calls visit(condition, result) for every path of run(); returns how many there are. `condition` is a list of
/// formulas that all hold on the path. Throws std::length_error beyond `limit` paths, std::logic_error where the
/// assumptions contradict each other or run is not a pure function.
template <class Run, class Visit>
std::size_t for_each_path(z3::context& context, const std::vector<Formula>& assumptions, Run&& run, Visit&& visit,
                          std::size_t limit = 1000) {
  Paths paths(context, assumptions, limit);
  std::size_t count = 0;
  do {
    auto result = run();
    visit(paths.condition(), std::move(result));
    ++count;
  } while (paths.advance());
  return count;
}

/// run() where the assumptions leave it no choice. Throws std::logic_error if they leave it one.
template <class Run>
[[nodiscard]] auto on_the_only_path(z3::context& context, const std::vector<Formula>& assumptions, Run&& run) {
  Paths paths(context, assumptions, 2);
  auto result = run();
  if (paths.advance()) throw std::logic_error("the hypotheses leave the code more than one path");
  return result;
}

}  // namespace touchstone::inline v0::proofs
