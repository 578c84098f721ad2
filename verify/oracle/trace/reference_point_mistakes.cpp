#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using namespace variations;  // NOLINT(google-build-using-namespace): all of this file is made of them

/// Methods that toss a coin of their own: for the reference point, for sending in full.
Index with_coin(const StepCase& step) {
  return parameters_of(step).p ? 1 : 0;
}

/// What depends on the reference points of workers whose coin says so is that of x before the step begins.
StepOutcome refreshed_first(const StepCase& step, Index /*way*/) {
  const std::map<Index, bool> coins = step.run().coins;
  Changes changes;
  changes.start = [&](NamedState<Bounded>& state) {
    const Vector<Bounded> x = x_of(state);
    Vectors& w = *part_of(state, "w");
    Vectors* gradients = part_of(state, "reference_gradients");
    if (gradients == nullptr) gradients = part_of(state, "reference_gradient");
    for (const auto& [who, coin] : coins) {
      if (!coin) continue;
      const auto i = static_cast<std::size_t>(std::max(who, Index{0}));
      w[i] = x;
      (*gradients)[i] = step.reference.problem().gradient(static_cast<Index>(i), x);
    }
  };
  return step.run(changes);
}

/// The gradient that belongs to the reference point is not computed anew.
StepOutcome gradient_not_refreshed(const StepCase& step, Index /*way*/) {
  const NamedState<Bounded> start = step.start();
  StepOutcome outcome = step.run_from(start, {});
  for (const char* name : {"reference_gradient", "reference_gradients"})
    if (const Vectors* before = part_of(start, name)) *part_of(outcome.state, name) = *before;
  return outcome;
}

}  // namespace

std::vector<Variation> reference_point_mistakes() {
  const Ways w = with_part("w");
  return {
      {"coin-ignored", "the coin came up and nothing was refreshed, or sent in full", with_coin,
       changed([](const StepCase&) { return Changes{.choices = {.coin = false}}; })},
      {"coin-always", "refreshed, or sent in full, although the coin did not come up", with_coin,
       changed([](const StepCase&) { return Changes{.choices = {.coin = true}}; })},
      {"refreshed-before-gradient", "the reference point moves before the gradient is estimated", w,
       refreshed_first},
      {"reference-gradient-stale", "the reference point moves, its gradient stays", w, gradient_not_refreshed},
  };
}

}  // namespace touchstone::inline v0::oracle
