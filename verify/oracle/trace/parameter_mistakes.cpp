#include <utility>

#include "verify/oracle/trace/variation.hpp"

namespace touchstone::inline v0::oracle {

namespace {

using namespace variations;  // NOLINT(google-build-using-namespace): all of this file is made of them

Index with_alpha(const StepCase& step) {
  return parameters_of(step).alpha ? 1 : 0;
}

Index with_regularizer(const StepCase& step) {
  return parameters_of(step).regularizer.kind == RegularizerKind::none ? 0 : 1;
}

template <class Change>
auto other_parameters(Change change) {
  return changed([change](const StepCase& step) {
    MethodSpec method = step.reference.header().method;
    change(method.parameters);
    return Changes{.method = std::move(method)};
  });
}

/// x <- x + factor (x+ - x)
template <class Factor>
auto longer_step(Factor factor) {
  return afterwards([factor](const StepCase& step, const NamedState<Bounded>& start, StepOutcome& outcome) {
    const Vector<Bounded> whole = x_of(outcome.state) - x_of(start);
    x_of(outcome.state) = x_of(start) + factor(step) * whole;
  });
}

Bounded workers_of(const StepCase& step) {
  return integer<Bounded>(step.reference.workers());
}

}  // namespace

std::vector<Variation> parameter_mistakes() {
  return {
      {"alpha-left-out", "the shifts learn with alpha = 1", with_alpha,
       other_parameters([](MethodParameters& p) { p.alpha = 1; })},
      {"alpha-gamma-exchanged", "gamma stands where alpha belongs, alpha where gamma belongs", with_alpha,
       other_parameters([](MethodParameters& p) { std::swap(*p.alpha, p.gamma); })},
      {"stepsize-twice", "2 gamma for gamma", always, other_parameters([](MethodParameters& p) { p.gamma *= 2; })},
      {"stepsize-half", "gamma/2 for gamma", always, other_parameters([](MethodParameters& p) { p.gamma /= 2; })},
      {"ascent", "x + gamma g for x - gamma g", always, longer_step([](const StepCase&) { return Bounded(-1); })},
      {"no-step", "x stays where it is", always, longer_step([](const StepCase&) { return Bounded(0); })},
      {"sum-for-mean", "the sum over the workers for their mean: 1/n left out", with_workers,
       longer_step(workers_of)},
      {"mean-twice", "divided by n twice", with_workers,
       longer_step([](const StepCase& step) { return Bounded(Bounded(1) / workers_of(step)); })},
      {"regularizer-forgotten", "the proximal operator is left out", with_regularizer,
       other_parameters([](MethodParameters& p) { p.regularizer.kind = RegularizerKind::none; })},
  };
}

}  // namespace touchstone::inline v0::oracle
