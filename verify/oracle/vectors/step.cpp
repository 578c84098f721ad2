#include "verify/oracle/vectors/step.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

using Source = Exhaustive<Rational>;

const Vector<Rational>& vector_named(const NamedState<Rational>& state, const char* name) {
  return find_part(state, name)->vectors.front();
}

Vector<Rational> virtual_iterate(const NamedState<Rational>& state, const Rational& gamma) {
  Vector<Rational> x = vector_named(state, "x");
  if (const auto* errors = find_part(state, "e")) x -= mean_of(*errors);
  if (const auto* delayed = find_part(state, "delayed"))
    for (const Vector<Rational>& estimate : delayed->vectors) x -= gamma * estimate;
  return x;
}

/// E g after MARINA's step.
Vector<Rational> estimator_mean(const MethodCase& one, const NamedState<Rational>& state,
                                const NamedState<Rational>& after) {
  const Quadratic<Rational>& f = problem_named(one.problem);
  const Rational p = *one.spec.parameters.p;
  const Vector<Rational> there = full_gradient<Rational>(f, vector_named(after, "x"));
  const Vector<Rational> here = full_gradient<Rational>(f, vector_named(state, "x"));
  return p * there + (1 - p) * Vector<Rational>(vector_named(state, "g") + there - here);
}

void require_mean(const std::string& id, const MethodCase& one, const NamedState<Rational>& state,
                  const std::vector<StepOutcome>& outcomes) {
  if (one.spec.parameters.regularizer.kind != RegularizerKind::none) return;
  const Rational& gamma = one.spec.parameters.gamma;
  const Vector<Rational>& x = vector_named(state, "x");
  const bool biased = one.name() == "marina";
  Vector<Rational> mean = Vector<Rational>::Zero(x.size());
  for (const StepOutcome& outcome : outcomes)
    mean +=
        outcome.probability * (biased ? vector_named(outcome.after, "g") : virtual_iterate(outcome.after, gamma));
  const Vector<Rational> expected =
      biased ? estimator_mean(one, state, outcomes.front().after)
             : Vector<Rational>(virtual_iterate(state, gamma) -
                                gamma * full_gradient<Rational>(problem_named(one.problem), x));
  if (mean != expected) throw std::logic_error(id + ": the mean over the outcomes is not what the theory says");
}

NamedState<double> in_double(const NamedState<Rational>& state) {
  NamedState<double> converted;
  for (const StatePart<Rational>& part : state) {
    converted.push_back({part.name, {}});
    for (const Vector<Rational>& vector : part.vectors) converted.back().vectors.push_back(convert<double>(vector));
  }
  return converted;
}

Rational largest_of(const NamedState<Rational>& state) {
  Rational largest = 1;
  for (const StatePart<Rational>& part : state)
    for (const Vector<Rational>& vector : part.vectors)
      for (const Rational& value : vector) largest = std::max(largest, Rational(abs(value)));
  return largest;
}

}  // namespace

std::vector<StepOutcome> outcomes_of(const AnyMethod<Rational>& method, const NamedState<Rational>& state) {
  std::vector<StepOutcome> outcomes;
  for_each_outcome<Rational>(
      [&](Source& random) {
        Recorder<Source> recorder(random);
        Erased<Rational, Recorder<Source>> erased(recorder);
        NamedState<Rational> after = method.step(state, erased);
        return std::pair(recorder.transcript(), std::move(after));
      },
      [&](const Rational& probability, std::pair<Transcript, NamedState<Rational>> outcome) {
        outcomes.push_back({probability, std::move(outcome.first), std::move(outcome.second)});
      });
  return outcomes;
}

Vector<Rational> mean_of(const StatePart<Rational>& part) {
  Vector<Rational> mean = part.vectors.front();
  for (std::size_t i = 1; i < part.vectors.size(); ++i) mean += part.vectors[i];
  return mean / Rational(part.vectors.size());
}

Rational step_error(const NamedState<Rational>& before, const NamedState<Rational>& after) {
  const Rational unit(std::ldexp(1.0, -52));
  return 256 * unit * std::max(largest_of(before), largest_of(after));
}

bool within(const Rational& error, const NamedState<double>& found, const NamedState<Rational>& exact) {
  for (std::size_t part = 0; part < exact.size(); ++part)
    for (std::size_t i = 0; i < exact[part].vectors.size(); ++i)
      for (Index c = 0; c < exact[part].vectors[i].size(); ++c) {
        const double value = found[part].vectors[i][c];
        if (!std::isfinite(value) || abs(Rational(Rational(value) - exact[part].vectors[i][c])) > error)
          return false;
      }
  return true;
}

void require_step_opinion(const std::string& id, const MethodCase& one, const NamedState<Rational>& state,
                          const std::vector<StepOutcome>& outcomes) {
  require_mean(id, one, state, outcomes);
  const AnyMethod<double> rounded = method_of_case<double>(one);
  for (const StepOutcome& outcome : outcomes) {
    Replayed choices(outcome.choices);
    Erased<double, Replayed> erased(choices);
    const NamedState<double> found = rounded.step(in_double(state), erased);
    if (!choices.exhausted() || !within(step_error(state, outcome.after), found, outcome.after))
      throw std::logic_error(id + ": a step in double arithmetic gives another state");
  }
}

Json json_of_choices(const Transcript& choices) {
  Json list = Json::array();
  for (const Choice& choice : choices) {
    Json one = {{"kind", to_string(choice.kind)}};
    if (choice.kind != ChoiceKind::bernoulli) one["n"] = choice.n;
    if (choice.kind == ChoiceKind::subset) one["k"] = choice.k;
    one["answer"] = choice.answer;
    one["worker"] = choice.place.worker;
    list.push_back(one);
  }
  return list;
}

}  // namespace touchstone::inline v0::oracle::vectors
