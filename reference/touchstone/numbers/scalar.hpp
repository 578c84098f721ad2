#pragma once
/// \file
/// What an algorithm may ask of a number, and nothing more.
///
/// Every algorithm is a template over its scalar S, and the concepts below are its only licence: a step that adds
/// and divides asks for Field, one that compares asks for OrderedField, one that takes a Euclidean norm asks for
/// FieldWithSqrt. What a type can *not* do is as useful as what it can: rationals are not FieldWithSqrt and
/// polynomials are not OrderedField, so a formula that would need rounding, or a branch, does not compile for them.
///
///     double, float                  Field, Ordered, Sqrt     rounded                 (this file)
///     Rational                       Field, Ordered           exact                   numbers/rational.hpp
///     Real<50 | 100 | 200 | 1000>    Field, Ordered, Sqrt     rounded to many digits  numbers/real.hpp
///     Interval<same>                 Field, Sqrt              encloses                numbers/interval.hpp
///     Surd                           Field, Ordered, roots    exact in Q(sqrt(r))     numbers/surd.hpp
///     Polynomial                     Field, constant divisors exact, for all values   numbers/polynomial.hpp
///     proofs::Term                   Field, Ordered by paths  a formula for a solver  (proofs)
///
/// A further number type is adapted in one header of its own: it specialises the variables and, where it can do
/// better than the general way, Operations.

#include <cmath>
#include <concepts>
#include <optional>
#include <stdexcept>
#include <vector>

#include <Eigen/Core>

#include "touchstone/core/require.hpp"

namespace touchstone::inline v0 {

using Index = Eigen::Index;

template <class S>
using Vector = Eigen::Matrix<S, Eigen::Dynamic, 1>;

template <class S>
using Matrix = Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic>;

/// Closed under + - * / and containing the integers.
template <class S>
concept Field = std::regular<S> && std::constructible_from<S, int> && requires(S a, S b) {
  S(a + b);
  S(a - b);
  S(a * b);
  S(a / b);
  S(-a);
};

/// False for a field whose operator< must not be used to decide anything (intervals).
template <class S>
inline constexpr bool has_decidable_order = std::totally_ordered<S>;

/// A field that an algorithm may branch on.
template <class S>
concept OrderedField = Field<S> && has_decidable_order<S>;

/// True for a field in which sqrt(a) is meant to be taken, with the rounding of the type.
template <class S>
inline constexpr bool has_sqrt = std::floating_point<S>;

template <class S>
concept FieldWithSqrt = Field<S> && has_sqrt<S>;

/// True where + - * / and comparisons are those of the mathematical field, without rounding.
template <class S>
inline constexpr bool is_exact = false;

/// The integer n in S. Counts (n, d, K, ...) enter formulas through here.
template <Field S>
[[nodiscard]] S integer(Index n) {
  if constexpr (std::constructible_from<S, long long> || std::floating_point<S>)
    return static_cast<S>(static_cast<long long>(n));
  else
    return S(static_cast<int>(n));
}

/// The fraction p/q in S. The only way a non-integer constant enters reference code: no decimal literals.
template <Field S>
[[nodiscard]] S ratio(Index p, Index q) {
  return S(integer<S>(p) / integer<S>(q));
}

/// A comparison that a number does not decide: an interval that holds values on both sides. Never guessed.
struct undecided_error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How the operations below are carried out, unless a number type knows better.
template <class S>
struct GeneralOperations {
  static void add_product(S& sum, const S& a, const S& b) { sum += a * b; }

  static bool larger_magnitude(const S& a, const S& b) {
    if constexpr (std::floating_point<S>)
      return std::abs(a) > std::abs(b);  // a square could underflow
    else
      return S(a * a) > S(b * b);
  }

  static bool is_finite(const S& a) {
    if constexpr (std::floating_point<S>)
      return std::isfinite(a);
    else
      return true;
  }

  static S positive_zero(const S& a) {
    if constexpr (std::floating_point<S>)
      return a + S(0);
    else
      return a;
  }

  static bool certainly_negative(const S& a) {
    if constexpr (OrderedField<S>)
      return a < S(0);
    else
      return false;
  }

  static bool less(const S& a, const S& b) requires OrderedField<S> { return a < b; }
  static bool equal(const S& a, const S& b) requires OrderedField<S> { return a == b; }

  static std::optional<S> square_root(const S& a) {
    using std::sqrt;
    if constexpr (has_sqrt<S>)
      return S(sqrt(a));
    else
      return std::nullopt;
  }
};

/// Specialised by a number type, not overloaded: an algorithm would not find an overload that is declared after it.
template <class S>
struct Operations : GeneralOperations<S> {};

/// sum += a * b, without a temporary where the number type can do so. The inner loop of sparse products.
template <Field S>
void add_product(S& sum, const S& a, const S& b) {
  Operations<S>::add_product(sum, a, b);
}

/// |a| > |b|, exactly; neither an absolute value nor a square root is needed.
template <OrderedField S>
[[nodiscard]] bool larger_magnitude(const S& a, const S& b) {
  return Operations<S>::larger_magnitude(a, b);
}

/// Neither infinite nor NaN. Types without such values are always finite.
template <Field S>
[[nodiscard]] bool is_finite(const S& a) {
  return Operations<S>::is_finite(a);
}

/// a, and +0 for -0. Types without a negative zero keep what they have.
template <Field S>
[[nodiscard]] S positive_zero(const S& a) {
  return Operations<S>::positive_zero(a);
}

/// A field in which a < b and a == b have an answer or, where a value does not decide it, throw undecided_error.
template <class S>
concept DecidingField = Field<S> && requires(const S& a, const S& b) {
  { Operations<S>::less(a, b) } -> std::same_as<bool>;
  { Operations<S>::equal(a, b) } -> std::same_as<bool>;
};

/// a < b. Throws undecided_error rather than guess.
template <DecidingField S>
[[nodiscard]] bool decided_less(const S& a, const S& b) {
  return Operations<S>::less(a, b);
}

/// a = b. Throws undecided_error rather than guess.
template <DecidingField S>
[[nodiscard]] bool decided_equal(const S& a, const S& b) {
  return Operations<S>::equal(a, b);
}

/// |a|. Throws undecided_error for an interval with zero inside.
template <DecidingField S>
[[nodiscard]] S magnitude(const S& a) {
  return decided_less(a, S(0)) ? S(-a) : positive_zero(a);
}

/// sqrt(a) for a >= 0: with the rounding of the type; exactly in an exact type, which may not hold it.
template <Field S>
[[nodiscard]] std::optional<S> square_root_if_any(const S& a) {
  return Operations<S>::square_root(a);
}

/// sqrt(a). Throws precondition_error where S does not hold it.
template <Field S>
[[nodiscard]] S square_root(const S& a) {
  const std::optional<S> root = square_root_if_any(a);
  require(root.has_value(), "this number type does not hold the square root that is needed", a);
  return *root;
}

/// 1 / (1 + exp(z)), for a field with exp. Does not overflow: exp(z) = infinity gives 0.
template <FieldWithSqrt S>
[[nodiscard]] S logistic_of_minus(const S& z) {
  using std::exp;
  return S(S(1) / (S(1) + S(exp(z))));
}

/// log(1 + exp(-z)), for a field with exp and log1p.
template <FieldWithSqrt S>
[[nodiscard]] S softplus_of_minus(const S& z) {
  using std::exp;
  using std::log1p;
  if (Operations<S>::certainly_negative(z)) return S(S(log1p(S(exp(z)))) - z);  // exp(-z) could overflow
  return S(log1p(S(exp(S(-z)))));
}

}  // namespace touchstone::inline v0
