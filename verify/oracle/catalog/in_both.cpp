#include "verify/oracle/catalog/in_both.hpp"

#include <cmath>

#include <fmt/format.h>

#include "verify/oracle/catalog/compressors.hpp"
#include "verify/oracle/catalog/methods.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle {

namespace {

template <class Held>
const Held& exact_of(const std::optional<Held>& held) {
  require(held.has_value(), "exact numbers need a problem without exponentials; found logistic regression");
  return *held;
}

}  // namespace

CompressorInBoth compressor_in_both(const std::string& where, const std::string& text) {
  return {parse_compressor<double>(where, text), parse_compressor<Rational>(where, text)};
}

ProblemInBoth::ProblemInBoth(const ProblemSpec& spec) : rounded_(make_problem<double>(spec)) {
  if (std::holds_alternative<Quadratic<Rational>>(spec)) exact_ = make_problem<Rational>(spec);
}

const AnyProblem<Rational>& ProblemInBoth::exact() const {
  return exact_of(exact_);
}

TheoryFacts ProblemInBoth::theory_facts() const {
  return exact_ ? oracle::theory_facts(*exact_) : oracle::theory_facts(rounded_);
}

MethodInBoth::MethodInBoth(const MethodSpec& spec, const ProblemInBoth& problem)
    : name_(spec.name), rounded_(make_method<double>(spec, problem.rounded())) {
  if (problem.has_exact()) exact_ = make_method<Rational>(spec, problem.exact());
}

const AnyMethod<Rational>& MethodInBoth::exact() const {
  return exact_of(exact_);
}

Rational finite_number(const std::string& where, double value) {
  if (!std::isfinite(value)) throw spec_error(fmt::format("{}: found {}, expected a finite number", where, value));
  return Rational(value);
}

Vector<double> finite_vector(const std::string& where, const double* values, Index size) {
  Vector<double> vector(size);
  for (Index i = 0; i < size; ++i) {
    if (!std::isfinite(values[i]))
      throw spec_error(fmt::format("{}[{}]: found {}, expected a finite number", where, i, values[i]));
    vector[i] = values[i];
  }
  return vector;
}

}  // namespace touchstone::inline v0::oracle
