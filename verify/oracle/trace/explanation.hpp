#pragma once
/// \file
/// Which known mistake a step that fails shows.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "verify/oracle/trace/judgement.hpp"

namespace touchstone::inline v0::oracle {

struct Explanation {
  std::string name;
  std::string says;
  std::optional<Index> worker{};  ///< where it explains one worker only
};

/// The mistakes that explain every failing step seen so far, in every part and coordinate; where there is none, those that explain
/// all that is of the first worker that departs.
class Diagnosis {
 public:
  /// A step that the reference fails. Looks at the first steps only: later ones change nothing.
  void learn(const StepCase& step);

  [[nodiscard]] std::vector<Explanation> explanations() const;
  /// Failing steps that were looked at.
  [[nodiscard]] int steps() const { return steps_; }

 private:
  struct Candidate {
    Explanation told;
    std::function<bool(const StepCase&)> explains;
  };
  void find_candidates(const StepCase& step);
  void find_candidates(const StepCase& step, std::optional<Index> only);

  std::vector<Candidate> candidates_;
  int steps_ = 0;
};

}  // namespace touchstone::inline v0::oracle
