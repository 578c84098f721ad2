#pragma once
/// \file
/// Expressions that are linear in inner products and function values, with rational coefficients.
///
/// Vectors enter through inner products only, so that what is shown holds in every dimension. What varies over the n
/// workers (or m components) enters through its mean and its spread, so that it holds for every n:
///
///     mean(u, v)    <ubar, vbar>                                 ubar = (1/n) sum_i u_i
///     spread(u, v)  (1/n) sum_i <u_i - ubar, v_i - vbar>
///
///     (1/n) sum_i <u_i, v_i> = mean(u, v) + spread(u, v)
///
/// Both are Gram matrices: <P, G> = sum_ij P_ij G_ij >= 0 for every positive semidefinite P.

#include <map>
#include <string>
#include <vector>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0::proofs {

/// Rational numbers by name.
using NamedRationals = std::map<std::string, Rational>;

/// A formal sum of names with rational coefficients, none zero: names of vectors, or of inner products and values.
class LinearForm {
 public:
  LinearForm() = default;
  LinearForm(const char* name) : terms_{{name, 1}} {}  // NOLINT(google-explicit-constructor): "x" is x
  explicit LinearForm(const std::string& name) : terms_{{name, 1}} {}

  [[nodiscard]] const NamedRationals& terms() const { return terms_; }
  /// 0 where the name does not occur.
  [[nodiscard]] Rational coefficient(const std::string& name) const;
  /// With numbers in place of the names. Throws std::out_of_range where one is missing.
  [[nodiscard]] Rational value(const NamedRationals& point) const;

  LinearForm& operator+=(const LinearForm& other) { return add(1, other); }
  LinearForm& operator-=(const LinearForm& other) { return add(-1, other); }
  friend LinearForm operator+(LinearForm a, const LinearForm& b) { return a += b; }
  friend LinearForm operator-(LinearForm a, const LinearForm& b) { return a -= b; }
  friend LinearForm operator*(const Rational& factor, const LinearForm& a) { return LinearForm().add(factor, a); }
  bool operator==(const LinearForm&) const = default;

 private:
  LinearForm& add(const Rational& factor, const LinearForm& other);
  NamedRationals terms_;
};

/// A family of vectors known by their inner products. Called on two combinations of its vectors it is their inner
/// product, a combination of the names "mean(x,a)", "mean(a,a)", ... in which the vectors keep their order.
struct GramBlock {
  std::string name;
  std::vector<std::string> vectors;

  [[nodiscard]] Index size() const { return static_cast<Index>(vectors.size()); }
  /// The name of the inner product of the vectors i and j, 0 <= i, j < size().
  [[nodiscard]] std::string product(Index i, Index j) const;
  /// Throws std::logic_error for a vector that is not of this family.
  [[nodiscard]] LinearForm operator()(const LinearForm& u, const LinearForm& v) const;
  [[nodiscard]] LinearForm operator()(const LinearForm& u) const { return (*this)(u, u); }

  /// sum_ij P_ij <v_i, v_j>, for a P of this size.
  [[nodiscard]] LinearForm form(const Matrix<Rational>& P) const;
  /// The symmetric P with form(P) = the part of the expression that speaks of this family.
  [[nodiscard]] Matrix<Rational> matrix(const LinearForm& expression) const;
};

}  // namespace touchstone::inline v0::proofs
