#include "verify/oracle/trace/exact_trajectory.hpp"

#include <cmath>

namespace touchstone::inline v0::oracle {

namespace {

/// The centres alone: what comes next starts from them.
void forget_rounding(NamedState<Bounded>& state) {
  for (StatePart<Bounded>& part : state)
    for (Vector<Bounded>& vector : part.vectors)
      vector = vector.unaryExpr([](const Bounded& a) { return Bounded::exactly(a.centre()); }).eval();
}

}  // namespace

ExactTrajectory::ExactTrajectory(const Reference& reference, const TraceLine& first, ErrorMemoryScale memory)
    : until_(first.k) {
  try {
    state_ = StepCase{reference, nullptr, first, first, memory}.start();
    forget_rounding(*state_);
  } catch (const precondition_error&) {
    state_.reset();
  }
}

void ExactTrajectory::follow(const StepCase& step) {
  if (!state_) return;
  try {
    state_ = StepCase{step.reference, step.previous, step.before, step.after, ErrorMemoryScale::scaled}
                 .run_from(*state_, {})
                 .state;
  } catch (const std::exception&) {  // the choices do not fit, or are not told: no further
    state_.reset();
    return;
  }
  forget_rounding(*state_);
  until_ = step.after.k;
  const Vector<Bounded>& exact = state_->front().vectors.front();
  const Vector<double>& own = step.after.state.front().vectors.front();
  for (Index c = 0; c < own.size(); ++c) {
    const auto distance = static_cast<double>(std::fabs(static_cast<long double>(own[c]) - exact[c].centre()));
    if (drift_ && !(distance > *drift_)) continue;
    drift_ = distance;
    drift_at_ = step.after.k;
  }
}

}  // namespace touchstone::inline v0::oracle
