#pragma once
/// \file
/// Steps that a known mistake makes in place of the right one; and those that another reading of the method makes.

#include <functional>
#include <string>
#include <vector>

#include "verify/oracle/vectors/step.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// What a mistake can look at.
struct StepContext {
  const MethodCase& one;
  const AnyMethod<Rational>& method;
  const NamedState<Rational>& before;
  const StepOutcome& outcome;
};

struct StepMutant {
  std::string name;
  std::string comment;
  std::string state;  ///< states_of: the one at which it shows
  std::function<bool(const MethodCase& one, const std::vector<PartShape>& shapes)> concerns;
  std::function<NamedState<Rational>(const StepContext& context)> after;
};

[[nodiscard]] const std::vector<StepMutant>& step_mutants();

/// A freedom of the method: the state before and after in that reading.
struct StepFreedom {
  std::string name;
  std::string comment;
  std::string flag;
  std::function<bool(const MethodCase& one, const std::vector<PartShape>& shapes)> concerns;
  std::function<NamedState<Rational>(const MethodCase& one, NamedState<Rational> state)> before;
  std::function<NamedState<Rational>(const StepContext& context)> after;
};

[[nodiscard]] const std::vector<StepFreedom>& step_freedoms();

}  // namespace touchstone::inline v0::oracle::vectors
