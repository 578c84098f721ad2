#include "verify/oracle/vectors/step_mutants.hpp"

#include <algorithm>

namespace touchstone::inline v0::oracle::vectors {

namespace {

using Shapes = std::vector<PartShape>;
using State = NamedState<Rational>;

bool has(const Shapes& shapes, const std::string& name) {
  return std::any_of(shapes.begin(), shapes.end(), [&](const PartShape& shape) { return shape.name == name; });
}

auto keeps(const std::string& part) {
  return [part](const MethodCase&, const Shapes& shapes) { return has(shapes, part); };
}

Vector<Rational>& x_of(State& state) {
  return find_part(state, "x")->vectors.front();
}

const Vector<Rational>& x_of(const State& state) {
  return find_part(state, "x")->vectors.front();
}

/// With the parts that follow from others computed again.
State completed(const AnyMethod<Rational>& method, const State& state) {
  State given;
  for (std::size_t i = 0; i < state.size(); ++i)
    if (!method.shapes()[i].derived) given.push_back(state[i]);
  return method.complete(given);
}

State ascended(const StepContext& context) {
  State after = context.outcome.after;
  x_of(after) = 2 * x_of(context.before) - x_of(after);
  return after;
}

State summed(const StepContext& context) {
  State after = context.outcome.after;
  const Rational n = problem_named(context.one.problem).workers();
  x_of(after) = x_of(context.before) + n * Vector<Rational>(x_of(after) - x_of(context.before));
  return after;
}

/// The part keeps what it had.
auto frozen(const std::string& part) {
  return [part](const StepContext& context) {
    State after = context.outcome.after;
    *find_part(after, part) = *find_part(context.before, part);
    return completed(context.method, after);
  };
}

State alpha_left_out(const StepContext& context) {
  State after = context.outcome.after;
  StatePart<Rational>& h = *find_part(after, "h");
  const StatePart<Rational>& old = *find_part(context.before, "h");
  for (std::size_t i = 0; i < h.vectors.size(); ++i)
    h.vectors[i] =
        old.vectors[i] + Vector<Rational>(h.vectors[i] - old.vectors[i]) / *context.one.spec.parameters.alpha;
  return after;
}

/// The server adds the shifts from after the step.
State shift_too_new(const StepContext& context) {
  State after = context.outcome.after;
  const Vector<Rational> change = mean_of(*find_part(after, "h")) - mean_of(*find_part(context.before, "h"));
  x_of(after) -= context.one.spec.parameters.gamma * change;
  return after;
}

State memory_dropped(const StepContext& context) {
  State after = context.outcome.after;
  for (Vector<Rational>& e_i : find_part(after, "e")->vectors) e_i.setZero();
  return after;
}

State memory_ignored(const StepContext& context) {
  State before = context.before;
  for (Vector<Rational>& e_i : find_part(before, "e")->vectors) e_i.setZero();
  Replayed choices(context.outcome.choices);
  Erased<Rational, Replayed> erased(choices);
  return context.method.step(before, erased);
}

State undelayed(const StepContext& context) {
  State after = context.outcome.after;
  x_of(after) =
      x_of(context.before) - context.one.spec.parameters.gamma * find_part(after, "delayed")->vectors.back();
  return after;
}

/// The rows that changed hold the gradient at the new iterate.
State table_too_new(const StepContext& context) {
  State after = context.outcome.after;
  const Quadratic<Rational>& f = problem_named(context.one.problem);
  std::vector<Vector<Rational>>& rows = find_part(after, "table")->vectors;
  const std::vector<Vector<Rational>>& old = find_part(context.before, "table")->vectors;
  for (std::size_t j = 0; j < rows.size(); ++j)
    if (rows[j] != old[j]) rows[j] = f.component_gradient(0, static_cast<Index>(j), x_of(after));
  return completed(context.method, after);
}

/// Reference points that were refreshed take x after the step.
State snapshot_after(const StepContext& context) {
  State after = context.outcome.after;
  std::vector<Vector<Rational>>& points = find_part(after, "w")->vectors;
  const std::vector<Vector<Rational>>& old = find_part(context.before, "w")->vectors;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (points[i] != old[i]) points[i] = x_of(after);
  return completed(context.method, after);
}

State with_errors_over_gamma(const MethodCase& one, State state) {
  for (Vector<Rational>& e_i : find_part(state, "e")->vectors) e_i /= one.spec.parameters.gamma;
  return state;
}

}  // namespace

const std::vector<StepMutant>& step_mutants() {
  const auto all = [](const MethodCase&, const Shapes&) { return true; };
  const auto several = [](const MethodCase& one, const Shapes&) {
    return problem_named(one.problem).workers() > 1;
  };
  const auto learns = [](const MethodCase& one, const Shapes& shapes) {
    return has(shapes, "h") && one.spec.parameters.alpha.has_value();
  };
  const auto sends_shifts = [](const MethodCase& one, const Shapes& shapes) {
    return has(shapes, "h") && one.spec.parameters.alpha.has_value() && !has(shapes, "e") &&
           !has(shapes, "delayed");
  };
  const auto refreshes = [](const MethodCase& one, const Shapes& shapes) {
    return has(shapes, "w") && one.spec.parameters.p.has_value();
  };
  static const std::vector<StepMutant> mutants = {
      {"ascent", "the step has the wrong sign", "memory", all, ascended},
      {"sum", "the sum over the workers in place of the mean", "memory", several, summed},
      {"shift-frozen", "the shift is not updated", "memory", keeps("h"), frozen("h")},
      {"alpha-left-out", "the shift moves by the whole message", "memory", learns, alpha_left_out},
      {"shift-too-new", "the server adds shifts that have moved already", "memory", sends_shifts, shift_too_new},
      {"memory-dropped", "what was not sent is forgotten", "memory", keeps("e"), memory_dropped},
      {"memory-ignored", "what was not sent before is not sent now", "memory", keeps("e"), memory_ignored},
      {"delay-ignored", "the newest estimate is applied", "memory", keeps("delayed"), undelayed},
      {"table-frozen", "the table is not updated", "memory", keeps("table"), frozen("table")},
      {"table-too-new", "the table holds the gradient at the new iterate", "memory",
       [](const MethodCase& one, const Shapes&) { return one.name() == "saga"; }, table_too_new},
      {"reference-frozen", "the coin is drawn and the reference point stays", "memory", refreshes, frozen("w")},
      {"estimator-frozen", "the estimator is not updated", "memory",
       [](const MethodCase& one, const Shapes&) { return one.name() == "marina"; }, frozen("g")}};
  return mutants;
}

const std::vector<StepFreedom>& step_freedoms() {
  static const std::vector<StepFreedom> freedoms = {
      {"snapshot-after", "w takes x from after the step", "SnapshotMoment",
       [](const MethodCase& one, const Shapes& shapes) {
         return has(shapes, "w") && one.spec.parameters.p.has_value();
       },
       [](const MethodCase&, State state) { return state; }, snapshot_after},
      {"unscaled-memory", "e_i/gamma is kept", "UnscaledMemory", keeps("e"), with_errors_over_gamma,
       [](const StepContext& context) { return with_errors_over_gamma(context.one, context.outcome.after); }}};
  return freedoms;
}

}  // namespace touchstone::inline v0::oracle::vectors
