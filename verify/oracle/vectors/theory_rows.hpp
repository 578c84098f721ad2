#pragma once
/// \file
/// What the theory says of a method on an instance, from the functions of touchstone/theory.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "touchstone/theory/error_feedback/theorem.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"
#include "verify/oracle/vectors/method_cases.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// What the theory's functions take.
struct TheoryInstance {
  const Quadratic<Rational>& f;
  MethodParameters parameters;
  Rational n, m, d;
  Rational L, L_i, L_ij;   ///< of f; the largest of the workers; of all components
  Rational omega, delta;   ///< 0 and 1 without a compressor
  Rational zeta;           ///< (1/n) sum_i |grad f_i(x*)|^2
  Rational draw_variance;  ///< (1/m) sum_j |grad f_j(x*)|^2 on one worker
};

[[nodiscard]] TheoryInstance instance_of(const std::string& problem, const MethodParameters& parameters);

/// A method that satisfies the key assumption of chapter 2: its row, M, and the largest stepsize of its corollary.
struct KeyAssumptionRow {
  std::string method;
  std::vector<std::string> problems;
  std::string claim;
  bool single_moment;  ///< M = 0: the row bounds E|g|^2 by the gap alone
  std::function<std::optional<Rational>(const TheoryInstance&)> alpha;  ///< the largest stepsize of the shifts
  std::function<ParametricConstants<Rational>(const TheoryInstance&)> row;
  std::function<Rational(const TheoryInstance&)> M;
  std::function<Rational(const TheoryInstance&)> stepsize;
};

[[nodiscard]] const std::vector<KeyAssumptionRow>& key_assumption_rows();

/// A method of chapter 3 with error compensation.
struct CompensatedRow {
  std::string method;
  std::vector<std::string> problems;
  std::string claim;
  std::function<ErrorFeedbackConstants<Rational>(const TheoryInstance&)> row;
  std::function<ErrorModel<Rational>(const TheoryInstance&)> errors;
};

[[nodiscard]] const std::vector<CompensatedRow>& compensated_rows();

}  // namespace touchstone::inline v0::oracle::vectors
