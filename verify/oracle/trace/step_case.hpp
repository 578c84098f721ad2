#pragma once
/// \file
/// One step of an implementation, and the step of the reference from the same state with the same choices: as it is, or with
/// something done otherwise.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "verify/oracle/catalog/any_method.hpp"
#include "verify/oracle/trace/step_randomness.hpp"
#include "verify/oracle/trace/trace.hpp"

namespace touchstone::inline v0::oracle {

/// The vectors of a part; null where the method has no such part.
template <Field S>
[[nodiscard]] std::vector<Vector<S>>* part_of(NamedState<S>& state, const std::string& name) {
  StatePart<S>* part = find_part(state, name);
  return part == nullptr ? nullptr : &part->vectors;
}
template <Field S>
[[nodiscard]] const std::vector<Vector<S>>* part_of(const NamedState<S>& state, const std::string& name) {
  const StatePart<S>* part = find_part(state, name);
  return part == nullptr ? nullptr : &part->vectors;
}

/// A gradient that the method asks for: of f_i, or of f_ij where j is given.
struct GradientCall {
  const AnyProblem<Bounded>& f;
  Index i;
  std::optional<Index> j;
  const Vector<Bounded>& x;

  [[nodiscard]] Vector<Bounded> at(const Vector<Bounded>& point) const {
    return j ? f.component_gradient(i, *j, point) : f.gradient(i, point);
  }
  [[nodiscard]] Vector<Bounded> at_x() const { return at(x); }
};

/// What is done otherwise than the reference does it. Empty members change nothing.
struct Changes {
  std::optional<MethodSpec> method{};
  std::function<Vector<Bounded>(const GradientCall&)> gradient{};
  std::vector<Index> workers{};  ///< who takes part, in this order, each as often as it is named
  ChoiceChanges choices{};
  Index choices_ahead = 0;  ///< the choices of iteration k + this: -1, 0 or 1
  std::function<void(NamedState<Bounded>&)> start{};
};

/// Of a step.
struct StepOutcome {
  NamedState<Bounded> state;
  std::map<Index, Compressed> compressed;
  std::map<Index, bool> coins;
};

/// The method of a header on its problem. The header must outlive it; its format must be in force.
class Reference {
 public:
  /// Throws spec_error and precondition_error as make_method does.
  explicit Reference(const TraceHeader& header);

  [[nodiscard]] const TraceHeader& header() const { return header_; }
  [[nodiscard]] const AnyMethod<Bounded>& method() const { return method_; }
  [[nodiscard]] const AnyProblem<Bounded>& problem() const { return method_.problem(); }
  [[nodiscard]] Index workers() const { return problem().workers(); }
  [[nodiscard]] Bounded gamma() const { return Bounded(header_.method.parameters.gamma); }
  [[nodiscard]] std::vector<ExpectedPart> parts() const;
  /// A vector for each worker: errors, shifts, reference points, tables.
  [[nodiscard]] bool per_worker(const std::string& part, std::size_t vectors) const;

 private:
  const TraceHeader& header_;
  AnyMethod<Bounded> method_;
};

/// Iteration k of a trace: the state before it and what was done, and the state after it. All that it is made from must
/// outlive it.
struct StepCase {
  const Reference& reference;
  const TraceLine* previous;  ///< iteration k - 1, if there is one
  const TraceLine& before;
  const TraceLine& after;
  ErrorMemoryScale memory;
  std::optional<Index>
      only{};  ///< the worker whose message and parts are looked at; all, and the server's, without one

  /// The state before, in full, as the reference keeps it.
  [[nodiscard]] NamedState<Bounded> start() const;

  /// The step of the reference from there, the result as the implementation keeps it. Throws transcript_error and
  /// undecided_error as StepRandomness does, precondition_error as the method does.
  [[nodiscard]] StepOutcome run(const Changes& changes = {}) const;
  [[nodiscard]] StepOutcome run_from(NamedState<Bounded> state, const Changes& changes) const;

 private:
  [[nodiscard]] ChoiceSources sources(Index ahead) const;
};

}  // namespace touchstone::inline v0::oracle
