#pragma once
/// \file
/// What the kernel reasons about: polynomials in scalars, formal vectors, their inner products, and means over finite
/// variables, in a normal form. Two expressions with the same normal form have the same value in every inner-product
/// space, whatever its dimension, and for every number of workers and components.
///
///     scalar       no factor of a term is a vector; powers may be negative (see Theorem)
///     vector       exactly one factor of every term is
///     mean(j, e)   E_j[e]: a mean over the variable j with some fixed weights that are positive and sum to one.
///                  Linear; what does not depend on j comes out; means over different variables commute.
///
/// A symbol that depends on variables stands for a family: with `j` a variable, g = vector("g", j) is g_1, ..., g_m.
/// An expression remembers how it was written, for printing; equality is that of normal forms.

#include <cstdint>
#include <map>
#include <set>
#include <stdexcept>
#include <string>

#include "proofs/written.hpp"
#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// A rule that does not apply, a certificate that does not add up, a name used twice.
struct proof_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Theory;
struct Atom;

/// Variables as a set of bits; Theory hands them out.
using Variables = std::uint32_t;

/// A monomial: atoms and their powers, none zero; that of a vector is one, and there is at most one. Atoms are ordered as
/// their theory made them.
using Powers = std::map<const Atom*, int>;

/// Made by a theory, one for each meaning, and as long-lived as it.
struct Atom {
  enum class Kind { symbol, inner, mean };
  Kind kind = Kind::symbol;
  std::string name{};        ///< symbol
  bool is_vector = false;    ///< a vector symbol, or a mean with a vector in its body
  Variables depends_on = 0;  ///< free variables; those of `over` are bound
  const Atom* u = nullptr;   ///< inner: <u, v>
  const Atom* v = nullptr;
  Variables over = 0;  ///< mean: of the monomial `body` over these
  Powers body{};
  std::set<std::string> positive_by{};  ///< hypotheses that show it to be positive; empty where nothing does
  Theory* theory = nullptr;
};

class Expression {
 public:
  Expression() = default;
  Expression(int c) : Expression(Rational(c)) {}  // NOLINT(google-explicit-constructor): 2 * L
  explicit Expression(const Rational& c);
  Expression(double) = delete;
  [[nodiscard]] static Expression of(const Atom* atom) { return of(Powers{{atom, 1}}); }
  [[nodiscard]] static Expression of(const Powers& monomial);

  [[nodiscard]] const std::map<Powers, Rational>& terms() const { return terms_; }
  [[nodiscard]] bool is_zero() const { return terms_.empty(); }
  [[nodiscard]] Variables depends_on() const;
  /// The only atom. Throws proof_error unless the expression is a single atom to the power one.
  [[nodiscard]] const Atom* atom() const;

  friend Expression operator+(const Expression& a, const Expression& b);
  friend Expression operator-(const Expression& a, const Expression& b);
  friend Expression operator-(const Expression& a) { return Expression() - a; }
  /// Throws proof_error for the product of two vectors.
  friend Expression operator*(const Expression& a, const Expression& b);
  /// Throws proof_error unless b is a single scalar monomial.
  friend Expression operator/(const Expression& a, const Expression& b);
  friend bool operator==(const Expression& a, const Expression& b) { return a.terms_ == b.terms_; }

  [[nodiscard]] const Written& written() const { return written_; }
  [[nodiscard]] const std::string& text() const { return written_.text; }
  [[nodiscard]] Expression written_as(Written written) const;

 private:
  void add(const Powers& monomial, const Rational& c);

  std::map<Powers, Rational> terms_;  // no zero coefficients
  Written written_;
};

/// <u, v> and |u|^2. Throws proof_error unless u and v are vectors.
[[nodiscard]] Expression dot(const Expression& u, const Expression& v);
[[nodiscard]] inline Expression squared_norm(const Expression& u) {
  return dot(u, u);
}

/// E[e] over the variables; what does not depend on them is its own mean.
[[nodiscard]] Expression mean(Variables over, const Expression& e);

/// left <= right or left < right, to be assumed or proved; not a truth value.
struct Inequality {
  Expression left, right;
  bool strict = false;
  [[nodiscard]] std::string text() const { return left.text() + (strict ? " < " : " <= ") + right.text(); }
};
[[nodiscard]] inline Inequality operator<=(const Expression& a, const Expression& b) {
  return {a, b, false};
}
[[nodiscard]] inline Inequality operator<(const Expression& a, const Expression& b) {
  return {a, b, true};
}

}  // namespace touchstone::inline v0::proofs::kernel
