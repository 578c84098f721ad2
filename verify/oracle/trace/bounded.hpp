#pragma once
/// \file
/// A number together with the rounding that an implementation may have suffered on the way to it: the rule by which a trace is
/// judged.
///
///     c   the exact value, in 64 or more binary digits             M   the sum of the absolute values of the terms it is made of
///     K   roundings that a term has gone through, at most          w   what underflow may have cost, absolutely
///
/// An implementation that evaluates the same formula in a format with unit roundoff u obtains a number within
///
///     bound = gamma_K M + w,        gamma_K = K u / (1 - K u),  infinite for K u >= 1
///
/// of the exact value: in any order of summation, with products distributed over sums or not, with fused operations or without,
/// with intermediate results kept longer or not.
///
///     a + b     M = M_a + M_b     K = terms - 1 + the largest K of a term, over all terms of the whole sum     w = w_a + w_b
///     a b       M = M_a M_b       K = K_a + K_b + 1                                         w = 2 (w_a M_b + M_a w_b) + w_a w_b + eta
///     a / b     M = M_a / |b|     K = K_a + 2 K_b M_b / |b| + 1                             likewise; infinite for bound_b > |b|/2
///     sqrt a    M = sqrt(M_a)     K = 1 + min(bound_a / sqrt(a), sqrt(bound_a)) / (u M)
///     1/(1 + exp a)               M = 1, K = 8 + bound_a / (4u): for 1 - 1/(1 + exp(-a)) too, with functions good to a few units
///
/// K = 0 for a number of a state, for a constant (data, a parameter) that the format holds; K = 1 for another constant, which
/// the implementation has rounded. Adding zero and multiplying by 1 or -1 are exact. eta is the smallest number of the format.
/// u is increased by 2^-64, which covers the rounding of c itself, and a bound by 2^-20 of itself, which covers that of M, K and w.
///
/// A comparison that the bounds do not decide is open (alternatives.hpp).

#include <algorithm>
#include <ostream>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/scalar.hpp"
#include "touchstone/numbers/symbolic_num_traits.hpp"
#include "verify/oracle/trace/alternatives.hpp"
#include "verify/oracle/trace/rounding.hpp"

namespace touchstone::inline v0::oracle {

class Bounded {
 public:
  static_assert(std::numeric_limits<long double>::digits >= 64, "the centre needs 64 binary digits");

  Bounded() = default;
  Bounded(int n) : Bounded(static_cast<long double>(n)) {}                 // NOLINT(google-explicit-constructor)
  explicit Bounded(long long n) : Bounded(static_cast<long double>(n)) {}  // exact up to 2^63
  explicit Bounded(double a) : Bounded(static_cast<long double>(a)) {}
  explicit Bounded(const Rational& q) {
    const auto high = static_cast<double>(q);
    const Rational rest = q - Rational(high);
    *this = Bounded(static_cast<long double>(high) + static_cast<long double>(static_cast<double>(rest)));
    if (rest != 0) k_ = 1;
  }
  /// A number of a state: not rounded, as it is what the implementation has.
  [[nodiscard]] static Bounded exactly(long double a) {
    Bounded exact;
    exact.c_ = a;
    exact.M_ = std::fabs(static_cast<double>(a));
    return exact;
  }

  [[nodiscard]] long double centre() const { return c_; }
  /// How far from the centre an implementation may be; infinite where nothing can be said.
  [[nodiscard]] double bound() const { return bound(format_in_force().unit_roundoff); }

  explicit operator double() const { return static_cast<double>(c_); }
  explicit operator long double() const { return c_; }

  Bounded operator-() const {
    Bounded negative = *this;
    negative.c_ = -c_;
    return negative;
  }
  Bounded& operator+=(const Bounded& b) { return *this = *this + b; }
  Bounded& operator-=(const Bounded& b) { return *this = *this - b; }
  Bounded& operator*=(const Bounded& b) { return *this = *this * b; }
  Bounded& operator/=(const Bounded& b) { return *this = *this / b; }

  friend Bounded operator+(const Bounded& a, const Bounded& b) {
    if (b.is_exact_zero()) return a;
    if (a.is_exact_zero()) return b;
    return made(a.c_ + b.c_, a.M_ + b.M_, std::max(a.k_, b.k_), a.terms_ + b.terms_, a.w_ + b.w_);
  }
  friend Bounded operator-(const Bounded& a, const Bounded& b) { return a + -b; }
  friend Bounded operator*(const Bounded& a, const Bounded& b) {
    if (a.is_exact_zero() || b.is_exact_zero()) return {};
    if (b.is_unit()) return b.c_ > 0 ? a : -a;
    if (a.is_unit()) return a.c_ > 0 ? b : -b;
    const double lost = 2 * (a.w_ * b.M_ + a.M_ * b.w_) + a.w_ * b.w_ + format_in_force().underflow();
    return made(a.c_ * b.c_, a.M_ * b.M_, a.roundings() + b.roundings() + 1, 1, lost);
  }
  friend Bounded operator/(const Bounded& a, const Bounded& b) {
    if (a.is_exact_zero() && !b.is_exact_zero()) return {};
    if (b.is_unit()) return b.c_ > 0 ? a : -a;
    const double size = std::fabs(static_cast<double>(b.c_));
    const double infinite = std::numeric_limits<double>::infinity();
    if (!(b.bound() <= size / 2)) return made(a.c_ / b.c_, infinite, infinite, 1, infinite);
    const double M = a.M_ / size;
    const double lost = 2 * (a.w_ + M * b.w_) / size + format_in_force().underflow();
    return made(a.c_ / b.c_, M, a.roundings() + 2 * b.roundings() * (b.M_ / size) + 1, 1, lost);
  }

  friend Bounded sqrt(const Bounded& a) {
    if (a.is_exact_zero()) return {};
    const double bound = a.bound();
    const long double root = std::sqrt(std::max(a.c_, 0.0L));
    const double M = std::sqrt(a.M_);
    const double error =
        root > 0 ? std::min(bound / static_cast<double>(root), std::sqrt(bound)) : std::sqrt(bound);
    return made(root, M, 1 + error / (format_in_force().unit_roundoff * M), 1, 0);
  }
  /// 1/(1 + exp(a)); found by the algorithms in place of the general one.
  friend Bounded logistic_of_minus(const Bounded& a) {
    return made(1 / (1 + std::exp(a.c_)), 1, 8 + a.bound() / (4 * format_in_force().unit_roundoff), 1, 0);
  }
  /// log(1 + exp(-a))
  friend Bounded softplus_of_minus(const Bounded& a) {
    const long double value = std::max(-a.c_, 0.0L) + std::log1p(std::exp(-std::fabs(a.c_)));
    return made(value, 1 + static_cast<double>(value), 8 + a.bound() / format_in_force().unit_roundoff, 1, 0);
  }

  friend bool operator<(const Bounded& a, const Bounded& b) {
    if (const long double gap = b.c_ - a.c_; decided(gap, a, b))
      return gap > 0;
    else
      return open_comparison(gap > 0);
  }
  friend bool operator==(const Bounded& a, const Bounded& b) {
    if (const long double gap = b.c_ - a.c_; decided(gap, a, b))
      return gap == 0;
    else
      return open_comparison(gap == 0);
  }
  friend bool operator!=(const Bounded& a, const Bounded& b) { return !(a == b); }
  friend bool operator>(const Bounded& a, const Bounded& b) { return b < a; }
  friend bool operator<=(const Bounded& a, const Bounded& b) { return !(b < a); }
  friend bool operator>=(const Bounded& a, const Bounded& b) { return !(a < b); }
  friend std::ostream& operator<<(std::ostream& out, const Bounded& a) { return out << a.c_; }

 private:
  explicit Bounded(long double a) : c_(a), M_(std::fabs(static_cast<double>(a))) {
    if (format_in_force().holds(a)) return;
    k_ = 1;
    w_ = format_in_force().underflow();
  }

  static Bounded made(long double c, double M, double k, double terms, double w) {
    Bounded result;
    result.c_ = c;
    result.M_ = M;
    result.k_ = k;
    result.terms_ = terms;
    result.w_ = w;
    return result;
  }

  [[nodiscard]] double roundings() const { return k_ + terms_ - 1; }
  [[nodiscard]] bool is_exact_zero() const { return M_ == 0 && w_ == 0; }
  [[nodiscard]] bool is_unit() const { return M_ == 1 && k_ == 0 && terms_ == 1 && w_ == 0 && std::fabs(c_) == 1; }

  [[nodiscard]] double bound(double unit_roundoff) const {
    const double K = roundings();
    if (K == 0) return w_;
    const double Ku = K * (unit_roundoff + 0x1p-64);
    if (!(Ku < 1)) return std::numeric_limits<double>::infinity();
    return (Ku / (1 - Ku) * M_ + w_) * (1 + 0x1p-20);
  }

  static bool decided(long double gap, const Bounded& a, const Bounded& b) {
    const double unclear = a.bound() + b.bound();
    return unclear == 0 || std::fabs(gap) > unclear;
  }

  long double c_ = 0;
  double M_ = 0;
  double k_ = 0;      // of the term with the most
  double terms_ = 1;  // of the sum that this is
  double w_ = 0;
};

}  // namespace touchstone::inline v0::oracle

namespace touchstone::inline v0 {

template <>
inline constexpr bool has_sqrt<oracle::Bounded> = true;

template <>
struct Operations<oracle::Bounded> : GeneralOperations<oracle::Bounded> {
  static bool larger_magnitude(const oracle::Bounded& a, const oracle::Bounded& b) {
    return (a.centre() < 0 ? -a : a) > (b.centre() < 0 ? -b : b);
  }
  static bool is_finite(const oracle::Bounded& a) { return std::isfinite(a.centre()); }
};

}  // namespace touchstone::inline v0

template <>
struct Eigen::NumTraits<touchstone::oracle::Bounded> : touchstone::SymbolicNumTraits<touchstone::oracle::Bounded> {
};
