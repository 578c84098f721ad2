#pragma once
/// \file
/// Numbers a + b sqrt(r) with rational a, b and r >= 0: exact, ordered, closed under + - * / for one r. What runs over
/// Surd meets one Euclidean norm |x| of a rational x and stays exact.
///
/// r is kept up to rational squares, so sqrt(2) and sqrt(8) are of one field. Sums, products and quotients of numbers
/// of different fields are refused; comparisons of them are decided, by squaring.

#include <ostream>
#include <utility>

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/symbolic_num_traits.hpp"

namespace touchstone::inline v0 {

class Surd {
 public:
  Surd() = default;
  Surd(int a) : a_(a) {}  // NOLINT(google-explicit-constructor): Eigen writes Scalar(0)
  explicit Surd(long long a) : a_(a) {}
  explicit Surd(Rational a) : a_(std::move(a)) {}
  Surd(double) = delete;

  /// sqrt(r). Throws precondition_error unless r >= 0.
  [[nodiscard]] static Surd root_of(const Rational& r) {
    require(r >= 0, "a square root needs r >= 0", r);
    if (const std::optional<Rational> root = square_root_if_any(r)) return Surd(*root);
    return {0, 1, r};
  }

  [[nodiscard]] bool is_rational() const { return b_ == 0; }
  [[nodiscard]] const Rational& rational_part() const { return a_; }
  /// b and r of b sqrt(r); 0 and 0 for a rational number.
  [[nodiscard]] const Rational& coefficient() const { return b_; }
  [[nodiscard]] const Rational& radicand() const { return r_; }

  friend Surd operator+(const Surd& x, const Surd& y) {
    const Rational factor = common_field(x, y);
    return {x.a_ + y.a_, x.b_ + factor * y.b_, x.field_with(y)};
  }
  friend Surd operator-(const Surd& x) { return {-x.a_, -x.b_, x.r_}; }
  friend Surd operator-(const Surd& x, const Surd& y) { return x + (-y); }
  friend Surd operator*(const Surd& x, const Surd& y) {
    const Rational c = common_field(x, y) * y.b_;
    const Rational r = x.field_with(y);
    return {x.a_ * y.a_ + x.b_ * c * r, x.a_ * c + x.b_ * y.a_, r};
  }
  /// x (a - b sqrt(r)) / (a^2 - b^2 r). Throws std::domain_error for y = 0.
  friend Surd operator/(const Surd& x, const Surd& y) {
    const Rational square = y.a_ * y.a_ - y.b_ * y.b_ * y.r_;
    if (square == 0) throw std::domain_error("division by zero");
    return x * Surd{y.a_ / square, -y.b_ / square, y.r_};
  }
  Surd& operator+=(const Surd& y) { return *this = *this + y; }
  Surd& operator-=(const Surd& y) { return *this = *this - y; }
  Surd& operator*=(const Surd& y) { return *this = *this * y; }
  Surd& operator/=(const Surd& y) { return *this = *this / y; }

  friend bool operator==(const Surd& x, const Surd& y) { return compare(x, y) == 0; }
  friend bool operator<(const Surd& x, const Surd& y) { return compare(x, y) < 0; }
  friend bool operator>(const Surd& x, const Surd& y) { return compare(x, y) > 0; }
  friend bool operator<=(const Surd& x, const Surd& y) { return compare(x, y) <= 0; }
  friend bool operator>=(const Surd& x, const Surd& y) { return compare(x, y) >= 0; }

  friend std::ostream& operator<<(std::ostream& out, const Surd& x) {
    if (x.is_rational()) return out << x.a_;
    return out << x.a_ << " + " << x.b_ << "*sqrt(" << x.r_ << ")";
  }

 private:
  Surd(Rational a, Rational b, Rational r) : a_(std::move(a)), b_(std::move(b)), r_(std::move(r)) {
    if (b_ == 0) r_ = 0;
  }

  /// t with t^2 = y.r / x.r, so that y = a + (t b) sqrt(x.r); 1 where one of them is rational.
  static Rational common_field(const Surd& x, const Surd& y) {
    if (x.is_rational() || y.is_rational() || x.r_ == y.r_) return 1;
    const std::optional<Rational> t = square_root_if_any(Rational(y.r_ / x.r_));
    require(t.has_value(), "a sum or product of square roots of different fields is not a + b sqrt(r) (r, r)", x.r_,
            y.r_);
    return *t;
  }
  [[nodiscard]] const Rational& field_with(const Surd& y) const { return is_rational() ? y.r_ : r_; }

  static int sign_of(const Rational& q) { return q.sign(); }

  /// The sign of p + q where s and t are the signs of p and q, and `squares` that of p^2 - q^2.
  template <class Squares>
  static int sign_of_sum(int s, int t, const Squares& squares) {
    if (s == 0 || t == 0 || s == t) return s != 0 ? s : t;
    return s * squares();
  }
  [[nodiscard]] int sign() const {
    return sign_of_sum(sign_of(a_), sign_of(b_), [this] { return sign_of(a_ * a_ - b_ * b_ * r_); });
  }

  /// The sign of x - y. For different fields it is that of (x - y.a) - y.b sqrt(y.r), whose squares are of x's field.
  static int compare(const Surd& x, const Surd& y) {
    const Surd p{x.a_ - y.a_, x.b_, x.r_};
    if (y.is_rational()) return p.sign();
    return sign_of_sum(p.sign(), -sign_of(y.b_), [&] { return (p * p - Surd(y.b_ * y.b_ * y.r_)).sign(); });
  }

  Rational a_ = 0;
  Rational b_ = 0;
  Rational r_ = 0;  // 0 where b is, and no square otherwise
};

template <>
inline constexpr bool is_exact<Surd> = true;

template <>
struct Operations<Surd> : GeneralOperations<Surd> {
  /// Of a rational number; nothing otherwise.
  static std::optional<Surd> square_root(const Surd& x) {
    if (!x.is_rational() || x < Surd(0)) return std::nullopt;
    return Surd::root_of(x.rational_part());
  }
};

}  // namespace touchstone::inline v0

// Before the first Vector<Surd>: a specialisation after an instantiation is an error.
template <>
struct Eigen::NumTraits<touchstone::Surd> : touchstone::SymbolicNumTraits<touchstone::Surd> {};
