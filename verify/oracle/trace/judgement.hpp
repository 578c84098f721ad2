#pragma once
/// \file
/// Whether what an implementation made of its state lies where rounding allows.

#include <functional>
#include <optional>
#include <string>

#include "verify/oracle/trace/step_case.hpp"

namespace touchstone::inline v0::oracle {

/// Where a step is wrong.
struct Departure {
  std::string part;  ///< of the state; "message"; "choices" or "step", with a reason and nothing below
  std::string reason{};
  std::optional<Index> worker{};
  std::optional<Index> vector{};  ///< which of the part's, or of the worker's, where there are several
  Index coordinate = 0;
  long double expected = 0;
  double bound = 0;
  double found = 0;

  /// |found - expected| in units of what rounding allows; infinite where it allows nothing, and for NaN.
  [[nodiscard]] double error() const;
};

enum class Verdict { pass, fail, undecided };

struct Judgement {
  Verdict verdict = Verdict::pass;
  std::optional<Departure>
      departure{};       ///< of a step that fails: of the first worker, the coordinate with the largest error
  std::string reason{};  ///< why undecided
  std::optional<Departure>
      closest{};             ///< of a step that passes: the coordinate with the largest error, if any was made
  bool alternative = false;  ///< passes by another order among what rounding does not decide
};

/// The outcome beside the state after the step and the messages of the trace.
[[nodiscard]] Judgement judge(const StepCase& step, const StepOutcome& outcome);

/// Takes the step, in every way that is left open (at most `runs` of them) until one fits. What `attempt` throws because the
/// trace does not fit is a step that fails. `outcome`, if not null, receives the outcome of the run that is judged.
[[nodiscard]] Judgement judge_openly(const StepCase& step, const std::function<StepOutcome()>& attempt, int runs,
                                     StepOutcome* outcome = nullptr);

}  // namespace touchstone::inline v0::oracle
