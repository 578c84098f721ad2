#include "verify/oracle/vectors/step_vectors.hpp"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "verify/oracle/catalog/exact_text.hpp"
#include "verify/oracle/vectors/number_text.hpp"
#include "verify/oracle/vectors/step_mutants.hpp"

namespace touchstone::inline v0::oracle::vectors {

namespace {

/// What the vectors of one state have in common.
struct StepStudy {
  const MethodCase& one;
  AnyMethod<Rational> method;
  MethodState state;
  std::vector<StepOutcome> outcomes;

  [[nodiscard]] std::string id() const { return fmt::format("step/{}/{}", one.id(), state.name); }
};

StepStudy study_of(const MethodCase& one, const MethodState& state) {
  const AnyMethod<Rational> method = method_of_case<Rational>(one);
  StepStudy study{one, method, state, outcomes_of(method, state.state)};
  require_step_opinion(study.id(), one, state.state, study.outcomes);
  return study;
}

Json outcome_json(const StepStudy& study, const StepOutcome& outcome, const NamedState<Rational>& after) {
  const std::vector<PartShape>& shapes = study.method.shapes();
  return {{"probability", exact_text(outcome.probability)},
          {"probability_double", hex_text(nearest_double(outcome.probability))},
          {"choices", json_of_choices(outcome.choices)},
          {"after", exact_json(after, shapes)},
          {"after_double", double_json(after, shapes)}};
}

Json step_json(const StepStudy& study, const std::string& id, const std::string& comment, const std::string& result,
               const std::vector<std::string>& flags, const NamedState<Rational>& before, const Json& outcomes) {
  const std::vector<PartShape>& shapes = study.method.shapes();
  Json derived = Json::array();
  for (const PartShape& shape : shapes)
    if (shape.derived) derived.push_back(shape.name);
  Json vector = {
      {"id", id}, {"tests", study.one.claim}, {"comment", comment}, {"result", result}, {"flags", flags}};
  vector.update(setting_of(study.one));
  vector["derived"] = derived;
  vector["state"] = exact_json(before, shapes);
  vector["state_double"] = double_json(before, shapes);
  vector["bits_per_iteration"] = {{"32", study.method.bits_per_iteration(32)},
                                  {"64", study.method.bits_per_iteration(64)}};
  vector["outcomes"] = outcomes;
  return vector;
}

TestVector valid_step(const StepStudy& study) {
  Json outcomes = Json::array();
  for (const StepOutcome& outcome : study.outcomes) outcomes.push_back(outcome_json(study, outcome, outcome.after));
  std::vector<std::string> flags = flags_of(study.one);
  flags.push_back(study.state.flag);
  return {step_json(study, study.id(), study.state.comment, "valid", flags, study.state.state, outcomes),
          study.one.minimal};
}

/// At the first outcome where it shows.
TestVector wrong_step(const StepStudy& study, const StepMutant& mutant) {
  for (std::size_t i = 0; i < study.outcomes.size(); ++i) {
    const StepOutcome& outcome = study.outcomes[i];
    const NamedState<Rational> after = mutant.after({study.one, study.method, study.state.state, outcome});
    if (after == outcome.after) continue;
    Json vector = step_json(study, study.id() + "/not/" + mutant.name, mutant.comment, "invalid", {"Wrong"},
                            study.state.state, Json::array({outcome_json(study, outcome, after)}));
    vector["killed_by"] = study.id();
    vector["killed_by_outcome"] = i;
    return {vector, study.one.minimal};
  }
  throw std::logic_error(fmt::format("{} does not kill the mutant {}", study.id(), mutant.name));
}

TestVector other_step(const StepStudy& study, const StepFreedom& freedom) {
  Json outcomes = Json::array();
  for (const StepOutcome& outcome : study.outcomes)
    outcomes.push_back(
        outcome_json(study, outcome, freedom.after({study.one, study.method, study.state.state, outcome})));
  Json vector = step_json(study, study.id() + "/or/" + freedom.name, freedom.comment, "acceptable", {freedom.flag},
                          freedom.before(study.one, study.state.state), outcomes);
  vector["instead_of"] = study.id();
  return {vector, study.one.minimal};
}

/// The vectors of one case. Mistakes and freedoms only where the case is its method's first.
std::vector<TestVector> vectors_of(const MethodCase& one, bool first) {
  std::vector<TestVector> vectors;
  std::vector<StepStudy> studies;
  for (const MethodState& state : states_of(one)) studies.push_back(study_of(one, state));
  for (const StepStudy& study : studies) vectors.push_back(valid_step(study));
  if (!first) return vectors;
  const std::vector<PartShape>& shapes = studies.front().method.shapes();
  const auto study_at = [&](const std::string& state) -> const StepStudy& {
    return *std::find_if(studies.begin(), studies.end(),
                         [&](const StepStudy& study) { return study.state.name == state; });
  };
  for (const StepMutant& mutant : step_mutants())
    if (mutant.concerns(one, shapes)) vectors.push_back(wrong_step(study_at(mutant.state), mutant));
  for (const StepFreedom& freedom : step_freedoms())
    if (freedom.concerns(one, shapes)) vectors.push_back(other_step(study_at("memory"), freedom));
  return vectors;
}

}  // namespace

Json setting_of(const MethodCase& one) {
  return {{"problem", one.problem},
          {"method", {{"method", one.name()}, {"parameters", with_text_numbers(to_json(one.spec.parameters))}}}};
}

std::vector<std::string> flags_of(const MethodCase& one) {
  std::vector<std::string> flags;
  const Quadratic<Rational>& f = problem_named(one.problem);
  if (f.workers() == 1) flags.emplace_back("OneWorker");
  if (f.dimension() == 1) flags.emplace_back("OneDimension");
  if (one.spec.parameters.gradient == GradientKind::sampled) flags.emplace_back("SampledGradient");
  if (one.spec.parameters.regularizer.kind != RegularizerKind::none) flags.emplace_back("Regularizer");
  return flags;
}

std::vector<VectorFile> step_files() {
  std::vector<VectorFile> files;
  for (const MethodCase& one : method_cases()) {
    const bool first = files.empty() || files.back().subject != one.name();
    if (first)
      files.push_back(
          {"step",
           one.name(),
           {"the method of the reference in rational arithmetic, every path through its choices",
            "the mean over the outcomes as the theory has it, exactly; the same choices in double arithmetic",
            "E[virtual iterate] = virtual iterate - gamma grad f(x), for MARINA the mean of its estimator, "
            "nothing under a regularizer; doubles within 256 units in the last place of the largest number"},
           {}});
    for (TestVector& vector : vectors_of(one, first)) files.back().vectors.push_back(std::move(vector));
  }
  return files;
}

}  // namespace touchstone::inline v0::oracle::vectors
