#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using namespace variations;  // NOLINT(google-build-using-namespace): all of this file is made of them

/// Where the method asks for a gradient at its iterate, that iterate and no other point.
template <class Point>
auto gradient_elsewhere(Point point) {
  return changed([point](const StepCase& step) {
    const Vector<Bounded> here = own_x(step.before);
    const Vector<Bounded> there = point(step);
    return Changes{.gradient = [here, there](const GradientCall& call) {
      for (Index c = 0; c < here.size(); ++c)
        if (call.x[c].centre() != here[c].centre()) return call.at_x();
      return call.at(there);
    }};
  });
}

template <class Change>
auto other_gradient(Change change) {
  return changed([change](const StepCase& step) {
    return Changes{.gradient = [&step, change](const GradientCall& call) { return change(step, call); }};
  });
}

const LogisticSpec* logistic_of(const StepCase& step) {
  return std::get_if<LogisticSpec>(&step.reference.header().problem);
}
Index with_logistic(const StepCase& step) {
  return logistic_of(step) == nullptr ? 0 : 1;
}

/// lambda x, which every gradient of logistic regression has in it; nothing elsewhere.
Vector<Bounded> regularization(const StepCase& step, const Vector<Bounded>& x) {
  const LogisticSpec* logistic = logistic_of(step);
  return Bounded(logistic == nullptr ? Rational(0) : logistic->lambda) * x;
}

/// The part of a gradient that comes from the data times a factor.
Vector<Bounded> loss_times(const StepCase& step, const GradientCall& call, const Bounded& factor) {
  const Vector<Bounded> own = regularization(step, call.x);
  return own + factor * (call.at_x() - own);
}

/// 1/m_i in place of n/M.
Vector<Bounded> mean_of_shard(const StepCase& step, const GradientCall& call) {
  Index rows = 0;
  for (Index i = 0; i < call.f.workers(); ++i) rows += call.f.components(i);
  return loss_times(step, call, ratio<Bounded>(rows, call.f.workers() * call.f.components(call.i)));
}

}  // namespace

std::vector<Variation> gradient_mistakes() {
  return {
      {"previous-iterate", "gradients at the iterate before the current one",
       [](const StepCase& step) -> Index { return step.previous == nullptr ? 0 : 1; },
       gradient_elsewhere([](const StepCase& step) { return own_x(*step.previous); })},
      {"new-iterate", "gradients at the iterate after the step", always,
       gradient_elsewhere([](const StepCase& step) { return own_x(step.after); })},
      {"gradient-sign", "gradients of -f", always,
       other_gradient([](const StepCase&, const GradientCall& call) { return Vector<Bounded>(-call.at_x()); })},
      {"regularization-forgotten", "lambda x left out of the gradients", with_logistic,
       other_gradient([](const StepCase& step, const GradientCall& call) {
         return Vector<Bounded>(call.at_x() - regularization(step, call.x));
       })},
      {"labels-sign", "the labels, or the linear terms, with the other sign", always,
       other_gradient([](const StepCase&, const GradientCall& call) {
         // At -x the loss with the other labels has minus this gradient; a quadratic has Ax + b = -(A(-x) - b).
         const Vector<Bounded> mirrored = -call.x;
         return Vector<Bounded>(-call.at(mirrored));
       })},
      {"shard-mean", "1/m_i for n/M: every shard weighs the same, whatever its rows", with_logistic,
       other_gradient(mean_of_shard)},
      {"shard-sum", "the sum over a worker's components for their mean", always,
       other_gradient([](const StepCase& step, const GradientCall& call) {
         return loss_times(step, call, integer<Bounded>(call.f.components(call.i)));
       })},
      {"one-over-m", "1/M for n/M: the mean over all rows where a worker's own belongs", with_workers,
       other_gradient([](const StepCase& step, const GradientCall& call) {
         return loss_times(step, call, ratio<Bounded>(1, call.f.workers()));
       })},
  };
}

}  // namespace touchstone::inline v0::oracle
