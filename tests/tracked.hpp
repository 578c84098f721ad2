#pragma once
/// \file
/// A rounded number that carries a bound on its own error: the bound that a test may use is derived, operation by
/// operation, and not guessed.

#include <boost/multiprecision/eigen.hpp>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::testing_support {

/// |value - exact| <= error, where `exact` is what the same operations give without rounding. F rounds to nearest
/// with unit roundoff 2^-precision; there must be no overflow or underflow (the test sees to that).
template <class F, unsigned Precision>
struct Tracked {
  F value{0};
  Rational error = 0;

  Tracked() = default;
  explicit Tracked(int n) : value(static_cast<F>(n)) {}
  explicit Tracked(long long n) : value(static_cast<F>(n)) {}
  Tracked(F v, Rational e) : value(v), error(std::move(e)) {}

  friend Tracked operator+(const Tracked& a, const Tracked& b) {
    return rounded(a.value + b.value, a.error + b.error);
  }
  friend Tracked operator-(const Tracked& a, const Tracked& b) {
    return rounded(a.value - b.value, a.error + b.error);
  }
  friend Tracked operator-(const Tracked& a) { return {F(-a.value), a.error}; }
  /// |ab - AB| <= |a| |b - B| + |b| |a - A| + |a - A| |b - B|
  friend Tracked operator*(const Tracked& a, const Tracked& b) {
    return rounded(a.value * b.value, magnitude(a) * b.error + magnitude(b) * a.error + a.error * b.error);
  }
  /// |a/b - A/B| <= (|a - A| + |a/b| |b - B|) / (|b| - |b - B|)
  friend Tracked operator/(const Tracked& a, const Tracked& b) {
    const Rational quotient = magnitude(a) / magnitude(b);
    return rounded(a.value / b.value, (a.error + quotient * b.error) / (magnitude(b) - b.error));
  }
  Tracked& operator+=(const Tracked& a) { return *this = *this + a; }
  Tracked& operator-=(const Tracked& a) { return *this = *this - a; }
  Tracked& operator*=(const Tracked& a) { return *this = *this * a; }
  Tracked& operator/=(const Tracked& a) { return *this = *this / a; }
  bool operator==(const Tracked& a) const { return value == a.value; }
  friend std::ostream& operator<<(std::ostream& out, const Tracked& a) { return out << a.value; }

 private:
  static Rational magnitude(const Tracked& a) { return boost::multiprecision::abs(Rational(a.value)); }
  /// The result of one operation, rounded to nearest: off by at most 2^-Precision of its size.
  static Tracked rounded(F result, const Rational& inherited) {
    Tracked tracked(result, inherited);
    Rational unit = magnitude(tracked);
    mpq_div_2exp(unit.backend().data(), unit.backend().data(), Precision);
    tracked.error += unit;
    return tracked;
  }
};

}  // namespace touchstone::testing_support

template <class F, unsigned Precision>
struct Eigen::NumTraits<touchstone::testing_support::Tracked<F, Precision>>
    : Eigen::GenericNumTraits<touchstone::testing_support::Tracked<F, Precision>> {
  using Self = touchstone::testing_support::Tracked<F, Precision>;
  using Real = Self;
  using NonInteger = Self;
  using Nested = Self;
  using Literal = int;
  static int digits10() { return 0; }
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = 1,
    AddCost = 4,
    MulCost = 4
  };
};
