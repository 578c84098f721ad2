#pragma once
/// \file
/// Z3 real terms as a scalar type: run the reference's code once on symbols and get the formula it computes.
///
/// Constants fold, so formulas stay as small as the code that made them. A comparison of terms that are not constants
/// is a question: it is put to the path exploration of the current thread (proofs/paths.hpp), which takes every answer
/// in turn. That includes ==, so that code which treats a special value separately is followed down both branches;
/// only a term compared with itself is known to be equal. Without an exploration a comparison throws: its answer
/// would be a guess, and what is proved would not be what the code does.

#include <optional>
#include <ostream>

#include <z3++.h>

#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0::proofs {

class Term {
 public:
  using symbolic = void;  ///< range checks of the reference are skipped: they are hypotheses here

  Term() = default;
  Term(int c) : constant_(c) {}  // NOLINT(google-explicit-constructor): Eigen writes Scalar(0)
  explicit Term(Rational c) : constant_(std::move(c)) {}
  /// The expression must be of sort Real. A numeral becomes a constant.
  explicit Term(const z3::expr& e);
  Term(double) = delete;

  [[nodiscard]] bool is_constant() const { return !expression_; }
  /// Throws std::logic_error unless is_constant().
  [[nodiscard]] const Rational& constant() const;
  /// Null for a constant.
  [[nodiscard]] const z3::expr* expression() const { return expression_ ? &*expression_ : nullptr; }
  /// The term in the given context, which must be its own unless it is constant.
  [[nodiscard]] z3::expr expression(z3::context& c) const;

  friend Term operator+(const Term& a, const Term& b);
  friend Term operator-(const Term& a, const Term& b);
  friend Term operator*(const Term& a, const Term& b);
  /// Throws std::domain_error if b is the constant 0. Otherwise whoever states the formula answers for b != 0.
  friend Term operator/(const Term& a, const Term& b);
  friend Term operator-(const Term& a) { return Term(0) - a; }
  Term& operator+=(const Term& b) { return *this = *this + b; }
  Term& operator-=(const Term& b) { return *this = *this - b; }
  Term& operator*=(const Term& b) { return *this = *this * b; }
  Term& operator/=(const Term& b) { return *this = *this / b; }

  /// Comparisons of constants are decided. All others ask the exploration; std::logic_error without one.
  friend bool operator==(const Term& a, const Term& b);
  friend bool operator<(const Term& a, const Term& b);
  friend bool operator>(const Term& a, const Term& b) { return b < a; }
  friend bool operator<=(const Term& a, const Term& b) { return !(b < a); }
  friend bool operator>=(const Term& a, const Term& b) { return !(a < b); }

  friend std::ostream& operator<<(std::ostream& out, const Term& a);

 private:
  [[nodiscard]] bool is(int c) const { return !expression_ && constant_ == c; }

  Rational constant_ = 0;
  std::optional<z3::expr> expression_;
};

/// The same expression. Not the same value for all arguments: that is a question for the solver.
[[nodiscard]] bool identical(const Term& a, const Term& b);

/// Who answers the comparisons of this thread. At most one at a time, for the lifetime of the object.
class Branching {
 public:
  Branching();
  virtual ~Branching();
  Branching(const Branching&) = delete;
  Branching& operator=(const Branching&) = delete;
  Branching(Branching&&) = delete;
  Branching& operator=(Branching&&) = delete;
  virtual bool less(const Term& a, const Term& b) = 0;
  virtual bool equal(const Term& a, const Term& b) = 0;
};

}  // namespace touchstone::inline v0::proofs

namespace touchstone::inline v0 {
template <>
inline constexpr bool is_exact<proofs::Term> = true;
}  // namespace touchstone::inline v0

// Before the first Vector<Term>: a specialisation after an instantiation is an error.
template <>
struct Eigen::NumTraits<touchstone::proofs::Term> : touchstone::SymbolicNumTraits<touchstone::proofs::Term> {};
