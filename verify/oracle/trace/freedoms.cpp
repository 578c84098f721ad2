#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

/// w moves to the iterate after the step: the coin is independent of the step, so the theorem covers both.
StepOutcome snapshot_after_the_step(const StepCase& step, Index /*way*/) {
  StepOutcome outcome = step.run();
  const Vector<Bounded> x = variations::own_x(step.after);
  std::vector<Vector<Bounded>>& w = *part_of(outcome.state, "w");
  auto* gradients = part_of(outcome.state, "reference_gradients");
  if (gradients == nullptr) gradients = part_of(outcome.state, "reference_gradient");
  for (std::size_t i = 0; i < w.size(); ++i) {
    const auto coin =
        outcome.coins.find(w.size() == 1 && !outcome.coins.contains(0) ? Place::server : static_cast<Index>(i));
    if (coin == outcome.coins.end() || !coin->second) continue;
    w[i] = x;
    (*gradients)[i] = step.reference.problem().gradient(static_cast<Index>(i), x);
  }
  return outcome;
}

}  // namespace

const std::vector<Variation>& freedoms() {
  static const std::vector<Variation> all = {
      {"snapshot-after-step", "the reference point moves to the iterate after the step", variations::with_part("w"),
       snapshot_after_the_step},
      {"unscaled-memory", "the error memory holds e, not gamma e", variations::with_part("e"),
       [](const StepCase& step, Index /*way*/) {
         return StepCase{step.reference, step.previous, step.before, step.after, ErrorMemoryScale::unscaled}.run();
       }},
  };
  return all;
}

}  // namespace touchstone::inline v0::oracle
