#pragma once
/// \file
/// Theorems: inequalities 0 <= e (or 0 < e) that follow from named hypotheses. The rules below make them, and nothing
/// else does; each is sound on its own:
///
///     assume         a hypothesis, by its name
///     square         0 <= |v|^2, 0 <= e^2
///     constant       0 <= c for a rational c
///     +  *           sums and products of what is not negative
///     average        E_j is monotone
///     cancel         0 < c and 0 <= c e give 0 <= e
///     inverse        0 < a gives 0 < 1/a for a single atom a
///     independence   n E|E_i[V]|^2 <= E_i E|V|^2 for independent V_i with mean zero, i uniform on n
///     prove          left <= right where right - left is the expression of a theorem, identically
///
/// A theorem carries the hypotheses that it was made from. One whose expression has a negative power also carries those
/// that show the atom to be positive; without them it is not made. A hypothesis about a symbol that depends on a
/// variable is assumed for all values of the variable. All theorems speak of nonempty finite variables.

#include <memory>

#include "proofs/kernel/theory.hpp"

namespace touchstone::inline v0::proofs::kernel {

enum class Rule { assume, square, constant, add, multiply, average, cancel, inverse, independence, prove };

/// How a theorem came about. Not needed to believe it.
struct Derivation {
  Rule rule;
  std::string text;       ///< of the expression, as a person would write it
  Expression expression;  ///< that was shown to be nonnegative
  std::vector<std::shared_ptr<const Derivation>> premises;
};

class Theorem {
 public:
  [[nodiscard]] const Expression& expression() const { return expression_; }
  [[nodiscard]] bool strict() const { return strict_; }
  [[nodiscard]] const std::set<std::string>& hypotheses() const { return hypotheses_; }
  [[nodiscard]] const std::shared_ptr<const Derivation>& derivation() const { return derivation_; }

  /// Registers the hypothesis where it is new. Throws as Theory::hypothesis does.
  [[nodiscard]] static Theorem assume(Theory& theory, const std::string& name, const Inequality& inequality,
                                      const std::string& comment);
  /// Of a vector or a scalar.
  [[nodiscard]] static Theorem square(const Expression& v);
  /// Throws proof_error for c < 0.
  [[nodiscard]] static Theorem constant(const Rational& c);
  [[nodiscard]] static Theorem average(Variables over, const Theorem& t);
  /// Throws proof_error unless c is strict and c's expression times e is t's.
  [[nodiscard]] static Theorem cancel(const Theorem& c, const Expression& e, const Theorem& t);
  /// Throws proof_error unless t is strict and its expression a single atom.
  [[nodiscard]] static Theorem inverse(const Theorem& t);
  /// n E|E_i[V]|^2 <= E_i E|V|^2, E over `choices`: V_1, ..., V_n are declared independent under them. Throws
  /// proof_error unless i is uniform, V depends on i, and E[V] = 0.
  [[nodiscard]] static Theorem independence(Variables i, Variables choices, const Expression& V);
  /// Throws proof_error, with what is missing, unless the certificate's expression is right - left; for a strict
  /// inequality the certificate must be strict.
  [[nodiscard]] static Theorem prove(const Inequality& inequality, const Theorem& certificate);

  friend Theorem operator+(const Theorem& a, const Theorem& b);
  friend Theorem operator*(const Theorem& a, const Theorem& b);
  friend Theorem operator*(const Rational& c, const Theorem& t) { return constant(c) * t; }

 private:
  Theorem(std::set<std::string> hypotheses, Expression e, bool strict, Rule rule, std::string text,
          std::vector<std::shared_ptr<const Derivation>> premises);

  std::set<std::string> hypotheses_;
  Expression expression_;
  bool strict_;
  std::shared_ptr<const Derivation> derivation_;
};

}  // namespace touchstone::inline v0::proofs::kernel
