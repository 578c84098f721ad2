#pragma once
/// \file
/// What an implementation may do otherwise than the reference: freedoms, which are acceptable, and mistakes that are made again
/// and again. Each is the step of the reference with one thing changed.

#include <functional>
#include <string>
#include <vector>

#include "verify/oracle/trace/step_case.hpp"

namespace touchstone::inline v0::oracle {

struct Variation {
  const char* name;
  const char* says;
  /// In how many ways it can be tried on this step (one for each worker, say); 0 where it does not apply.
  std::function<Index(const StepCase&)> ways;
  std::function<StepOutcome(const StepCase&, Index way)> run;
  bool of_worker = false;  ///< the way is a worker
};

/// Flags of what is acceptable.
[[nodiscard]] const std::vector<Variation>& freedoms();

/// In the order in which they are tried.
[[nodiscard]] const std::vector<Variation>& mistakes();

/// Parts of mistakes().
[[nodiscard]] std::vector<Variation> parameter_mistakes();
[[nodiscard]] std::vector<Variation> gradient_mistakes();
[[nodiscard]] std::vector<Variation> compressor_mistakes();
[[nodiscard]] std::vector<Variation> memory_mistakes();
[[nodiscard]] std::vector<Variation> reference_point_mistakes();
[[nodiscard]] std::vector<Variation> worker_mistakes();

namespace variations {

using Ways = std::function<Index(const StepCase&)>;
using Vectors = std::vector<Vector<Bounded>>;

[[nodiscard]] inline Index always(const StepCase& /*step*/) {
  return 1;
}
[[nodiscard]] inline Index with_workers(const StepCase& step) {
  return step.reference.workers() > 1 ? 1 : 0;
}
[[nodiscard]] inline Ways with_part(std::string name) {
  return
      [name = std::move(name)](const StepCase& step) -> Index { return part_of(step.before.state, name) ? 1 : 0; };
}
[[nodiscard]] inline const MethodParameters& parameters_of(const StepCase& step) {
  return step.reference.header().method.parameters;
}
/// x is the first part of every method's state.
[[nodiscard]] inline Vector<Bounded>& x_of(NamedState<Bounded>& state) {
  return state.front().vectors.front();
}
[[nodiscard]] inline const Vector<Bounded>& x_of(const NamedState<Bounded>& state) {
  return state.front().vectors.front();
}
[[nodiscard]] inline Vector<Bounded> exact_vector(const Vector<double>& vector) {
  return vector.unaryExpr([](double a) { return Bounded::exactly(a); });
}
/// The implementation's own x, of this line.
[[nodiscard]] inline Vector<Bounded> own_x(const TraceLine& line) {
  return exact_vector(line.state.front().vectors.front());
}

/// The step's own outcome, changed afterwards: `change` gets the state before and the outcome.
template <class Change>
[[nodiscard]] auto afterwards(Change change) {
  return [change](const StepCase& step, Index /*way*/) {
    const NamedState<Bounded> start = step.start();
    StepOutcome outcome = step.run_from(start, {});
    change(step, start, outcome);
    return outcome;
  };
}

/// The step with something changed: `changes` makes the changes from the case.
template <class Make>
[[nodiscard]] auto changed(Make make) {
  return [make](const StepCase& step, Index /*way*/) { return step.run(make(step)); };
}

}  // namespace variations

}  // namespace touchstone::inline v0::oracle
