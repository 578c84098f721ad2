#pragma once
/// \file
/// The step of the reference from one state on one small problem: every outcome with its probability, beside what an
/// implementation made of the same state.

#include <optional>

#include "verify/oracle/conform/method_cases.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// The parts of a state, one after the other, and which of the numbers are there: derived parts may be left out.
struct FlatState {
  Vector<double> values;
  std::vector<bool> given;
};

struct ReferenceOutcome {
  Rational probability;
  Vector<double> state;
  std::optional<Vector<double>> later_snapshot;  ///< the same with reference points taken after the step
};

class ReferenceStep {
 public:
  /// `instance` must outlive this object; `state` is complete.
  ReferenceStep(const MethodCase& instance, const NamedState<Rational>& state, Dtype dtype);

  /// "problem", "method" and "state", errors e in units of `error_unit`.
  [[nodiscard]] Json json(double error_unit) const;

  /// The distinct outcomes.
  [[nodiscard]] std::vector<ReferenceOutcome> outcomes() const;
  /// That of one run. Throws transcript_error as `random` does.
  [[nodiscard]] ReferenceOutcome outcome(AnyRandomness<Rational>& random) const;

  /// A state of the implementation, errors in units of `error_unit`. Throws harness_failure where a part that is not derived is
  /// missing.
  [[nodiscard]] FlatState flat(const NamedState<double>& found, double error_unit) const;

  struct Match {
    std::size_t which;
    bool later_snapshot;
  };
  /// The outcome that it is, within what rounding allows; none where it is none.
  [[nodiscard]] std::optional<Match> match(const std::vector<ReferenceOutcome>& outcomes,
                                           const FlatState& found) const;

  /// The outcome with the fewest numbers that differ.
  [[nodiscard]] const ReferenceOutcome& nearest(const std::vector<ReferenceOutcome>& outcomes,
                                                const FlatState& found) const;
  /// The part, the vector in it and the coordinate at a place of a flat state: "h[1][0]".
  [[nodiscard]] std::string place_of(Index at) const;

 private:
  [[nodiscard]] ReferenceOutcome made(const Rational& probability, const NamedState<Rational>& after) const;
  [[nodiscard]] std::optional<NamedState<Rational>> with_later_snapshot(const NamedState<Rational>& after) const;
  [[nodiscard]] bool close(const FlatState& found, const Vector<double>& expected) const;

  const MethodCase& instance_;
  AnyMethod<Rational> method_;
  NamedState<Rational> state_;
  NamedState<double> rounded_;
  double allowed_;  ///< of a number
};

/// {"method": NAME, "parameters": {..}}
[[nodiscard]] Json method_json(const MethodSpec& spec);

}  // namespace touchstone::inline v0::oracle::conformance
