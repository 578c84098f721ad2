#pragma once
/// \file
/// A problem in exact numbers, before a number type is chosen.

#include <optional>
#include <variant>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/problems/sparse_data.hpp"
#include "verify/oracle/catalog/any_problem.hpp"

namespace touchstone::inline v0::oracle {

/// Logistic regression on data that have been read.
struct LogisticSpec {
  SparseData data;
  Index workers = 1;
  Rational lambda;
};

using ProblemSpec = std::variant<Quadratic<Rational>, LogisticSpec>;

/// The problem in the number type S. Throws precondition_error as the problem does, and for logistic regression in a number
/// type without square roots and exponentials.
template <Field S>
[[nodiscard]] AnyProblem<S> make_problem(const ProblemSpec& spec) {
  if (const auto* quadratic = std::get_if<Quadratic<Rational>>(&spec)) {
    if constexpr (std::same_as<S, Rational>)
      return AnyProblem<S>(*quadratic);
    else
      return AnyProblem<S>(quadratic->template map<S>([](const Rational& q) { return convert<S>(q); }));
  }
  if constexpr (FieldWithSqrt<S>) {
    const auto& logistic = std::get<LogisticSpec>(spec);
    return AnyProblem<S>(LogisticRegression<S>(logistic.data, logistic.workers, convert<S>(logistic.lambda)));
  } else {
    throw precondition_error("logistic regression needs a number type with exponentials");
  }
}

}  // namespace touchstone::inline v0::oracle
