#pragma once
/// \file
/// A compressor, a problem and a method in doubles and in exact numbers at once: what the bindings hold.

#include <optional>
#include <string>
#include <utility>

#include "verify/oracle/catalog/any_compressor.hpp"
#include "verify/oracle/catalog/any_method.hpp"
#include "verify/oracle/catalog/method_spec.hpp"
#include "verify/oracle/catalog/problem_spec.hpp"
#include "verify/oracle/catalog/theory.hpp"

namespace touchstone::inline v0::oracle {

struct CompressorInBoth {
  AnyCompressor<double> rounded;
  AnyCompressor<Rational> exact;
};

/// Throws spec_error as parse_compressor does.
[[nodiscard]] CompressorInBoth compressor_in_both(const std::string& where, const std::string& text);

/// Immutable; copies share what they hold.
class ProblemInBoth {
 public:
  /// Throws precondition_error where the problem does not fit.
  explicit ProblemInBoth(const ProblemSpec& spec);

  [[nodiscard]] const AnyProblem<double>& rounded() const { return rounded_; }
  [[nodiscard]] bool has_exact() const { return exact_.has_value(); }
  /// Throws precondition_error for logistic regression.
  [[nodiscard]] const AnyProblem<Rational>& exact() const;
  /// From the exact constants where there are such.
  [[nodiscard]] TheoryFacts theory_facts() const;

 private:
  AnyProblem<double> rounded_;
  std::optional<AnyProblem<Rational>> exact_;
};

/// Immutable; copies share what they hold.
class MethodInBoth {
 public:
  /// Throws as make_method does.
  MethodInBoth(const MethodSpec& spec, const ProblemInBoth& problem);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const AnyMethod<double>& rounded() const { return rounded_; }
  /// Throws precondition_error for logistic regression.
  [[nodiscard]] const AnyMethod<Rational>& exact() const;

 private:
  std::string name_;
  AnyMethod<double> rounded_;
  std::optional<AnyMethod<Rational>> exact_;
};

/// The vector; throws spec_error "WHERE[i]: found nan, expected a finite number".
[[nodiscard]] Vector<double> finite_vector(const std::string& where, const double* values, Index size);

/// Exactly this double; throws spec_error likewise.
[[nodiscard]] Rational finite_number(const std::string& where, double value);

}  // namespace touchstone::inline v0::oracle
