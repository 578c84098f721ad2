#pragma once
/// \file
/// With which parameters, on which problems and from which states the methods are looked at.

#include <string>
#include <vector>

#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/vectors/named_problems.hpp"

namespace touchstone::inline v0::oracle::vectors {

struct MethodCase {
  MethodSpec spec;
  std::string problem;  ///< named_problems.hpp
  std::string claim;    ///< that steps and trajectories test
  bool minimal = false;
  std::string variant = {};  ///< part of the id where a method has several cases on one problem

  /// "diana/golden-workers", "diana/golden-workers/l1"
  [[nodiscard]] std::string id() const;
  [[nodiscard]] const std::string& name() const { return spec.name; }
};

/// In the order of method_names(), at least one for each.
[[nodiscard]] const std::vector<MethodCase>& method_cases();

/// For double and Rational.
template <Field S>
[[nodiscard]] AnyMethod<S> method_of_case(const MethodCase& one);

struct MethodState {
  std::string name;
  std::string comment;
  std::string flag;
  NamedState<Rational> state;
};

/// initial, solution, memory: see the flags InitialState, AtSolution, MemoryNonzero.
[[nodiscard]] std::vector<MethodState> states_of(const MethodCase& one);

}  // namespace touchstone::inline v0::oracle::vectors
