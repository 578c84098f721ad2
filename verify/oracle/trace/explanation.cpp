#include "verify/oracle/trace/explanation.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

bool shows(const Variation& mistake, Index way, const StepCase& step) {
  constexpr int runs = 16;
  if (way >= mistake.ways(step)) return false;
  return judge_openly(
             step, [&] { return mistake.run(step, way); }, runs)
             .verdict == Verdict::pass;
}

bool all_numbers(const NamedState<double>& state, const std::function<bool(double)>& hold) {
  return std::all_of(state.begin(), state.end(), [&](const StatePart<double>& part) {
    return std::all_of(part.vectors.begin(), part.vectors.end(), [&](const Vector<double>& vector) {
      return std::all_of(vector.begin(), vector.end(), hold);
    });
  });
}

/// The step is right in float32, and all of its numbers are of that format.
bool shows_single_precision(const StepCase& step) {
  if (format_in_force().digits <= float32_format.digits) return false;
  if (!all_numbers(step.after.state, [](double a) { return float32_format.holds(a); })) return false;
  const FormatScope scope(float32_format);
  const Reference reference(step.reference.header());
  const StepCase in_float{reference, step.previous, step.before, step.after, step.memory, step.only};
  return judge_openly(
             in_float, [&] { return in_float.run(); }, 16)
             .verdict == Verdict::pass;
}

}  // namespace

void Diagnosis::learn(const StepCase& step) {
  constexpr int enough = 6;
  if (steps_ == enough) return;
  if (steps_++ == 0)
    find_candidates(step);
  else if (std::any_of(candidates_.begin(), candidates_.end(),
                       [&](const Candidate& one) { return one.explains(step); }))
    std::erase_if(candidates_, [&](const Candidate& one) { return !one.explains(step); });
}

/// A mistake of all workers; where none explains the step, one of the worker at which it departs first.
void Diagnosis::find_candidates(const StepCase& step) {
  find_candidates(step, std::nullopt);
  if (!candidates_.empty()) return;
  const Judgement judgement = judge_openly(
      step, [&] { return step.run(); }, 1);
  if (judgement.departure && judgement.departure->worker) find_candidates(step, judgement.departure->worker);
}

void Diagnosis::find_candidates(const StepCase& step, std::optional<Index> only) {
  const auto consider = [&](Candidate candidate) {
    if (only) {
      candidate.told.worker = only;
      candidate.explains = [explains = std::move(candidate.explains), only](const StepCase& one) {
        return explains({one.reference, one.previous, one.before, one.after, one.memory, only});
      };
    }
    if (candidate.explains(step)) candidates_.push_back(std::move(candidate));
  };
  consider({{"single-precision", "computed in float32"}, shows_single_precision});
  for (const Variation& mistake : mistakes())
    for (Index way = 0; way < mistake.ways(step); ++way) {
      const std::string says = mistake.of_worker ? fmt::format("{} (worker {})", mistake.says, way) : mistake.says;
      consider({{mistake.name, says}, [&mistake, way](const StepCase& one) { return shows(mistake, way, one); }});
    }
}

std::vector<Explanation> Diagnosis::explanations() const {
  std::vector<Explanation> all;
  for (const Candidate& candidate : candidates_) all.push_back(candidate.told);
  return all;
}

}  // namespace touchstone::inline v0::oracle
