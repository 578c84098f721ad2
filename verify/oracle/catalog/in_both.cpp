#include "verify/oracle/catalog/in_both.hpp"

#include <cmath>

#include <fmt/format.h>

#include "touchstone/numbers/definiteness.hpp"
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

/// At most the smallest eigenvalue of a positive semidefinite matrix, whose largest is at most L; exact for diagonal ones.
Rational strong_convexity(const Matrix<Rational>& A, const Rational& L) {
  constexpr int bits = 48;
  const Matrix<Rational> below_L = Matrix<Rational>::Identity(A.rows(), A.cols()) * L - A;
  const Rational mu = L - largest_eigenvalue_bound(below_L, bits);
  return mu > 0 ? mu : Rational(0);
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

Quadratic<Rational> convex_quadratic(std::vector<std::vector<QuadraticForm<Rational>>> components) {
  const Quadratic<Rational> shape(components, {});  // refuses what does not fit, before anything is computed
  const Rational L = largest_eigenvalue_bound(shape.form().A);
  ProblemConstants<Rational> constants{L, strong_convexity(shape.form().A, L), {}, {}};
  for (Index i = 0; i < shape.workers(); ++i) {
    constants.L_i.push_back(largest_eigenvalue_bound(shape.form(i).A));
    constants.L_ij.emplace_back();
    for (Index j = 0; j < shape.components(i); ++j) {
      const Matrix<Rational>& A = shape.form(i, j).A;
      require(is_positive_semidefinite(A), "a quadratic needs a positive semidefinite matrix (worker, component)",
              i, j);
      constants.L_ij.back().push_back(largest_eigenvalue_bound(A));
    }
  }
  return {std::move(components), std::move(constants)};
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
