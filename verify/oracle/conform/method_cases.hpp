#pragma once
/// \file
/// Small problems, parameters and states at which the step of a method is judged. All numbers are small dyadic fractions, exact in
/// every dtype.

#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/conform/subject.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct MethodCase {
  Quadratic<Rational> problem;
  MethodSpec spec;
};

/// Problems with workers, components and coordinates that all differ, as the method allows them. `values` replace the usual
/// parameters. Throws spec_error for an unknown method or parameter.
[[nodiscard]] std::vector<MethodCase> method_cases(const std::string& name, const ParameterValues& values);

/// One worker, one component, d = 1.
[[nodiscard]] MethodCase smallest_case(const std::string& name, const ParameterValues& values);

/// initial: the method's usual start, where parts of the state agree. apart: states whose parts all differ, at which the order of the
/// operations shows.
enum class MethodStates { initial, apart };
[[nodiscard]] std::vector<NamedState<Rational>> method_states(const MethodCase& instance, MethodStates which);

}  // namespace touchstone::inline v0::oracle::conformance
