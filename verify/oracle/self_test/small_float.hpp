#pragma once
/// \file
/// Half precision and bfloat16, emulated: every operation is done in double and rounded, which is correct rounding, as double has
/// more than twice the digits.

#include <cmath>
#include <limits>

namespace touchstone::inline v0::oracle::self_test {

template <int digits, int max_exponent>
class SmallFloat {
 public:
  SmallFloat() = default;
  explicit SmallFloat(double value) : value_(rounded(value)) {}
  explicit operator double() const { return value_; }

  SmallFloat operator-() const { return SmallFloat(-value_); }
  friend SmallFloat operator+(SmallFloat a, SmallFloat b) { return SmallFloat(a.value_ + b.value_); }
  friend SmallFloat operator-(SmallFloat a, SmallFloat b) { return SmallFloat(a.value_ - b.value_); }
  friend SmallFloat operator*(SmallFloat a, SmallFloat b) { return SmallFloat(a.value_ * b.value_); }
  friend SmallFloat operator/(SmallFloat a, SmallFloat b) { return SmallFloat(a.value_ / b.value_); }
  friend bool operator==(SmallFloat a, SmallFloat b) { return a.value_ == b.value_; }
  friend bool operator<(SmallFloat a, SmallFloat b) { return a.value_ < b.value_; }
  SmallFloat& operator+=(SmallFloat other) { return *this = *this + other; }

 private:
  static double rounded(double value) {
    constexpr int lowest = 2 - max_exponent - digits + 1;  // of the least subnormal
    if (value == 0 || !std::isfinite(value)) return value;
    int exponent = 0;
    std::frexp(value, &exponent);
    const int unit = exponent - digits < lowest ? lowest : exponent - digits;
    const double result = std::ldexp(std::nearbyint(std::ldexp(value, -unit)), unit);
    if (std::abs(result) >= std::ldexp(1.0, max_exponent))
      return std::copysign(std::numeric_limits<double>::infinity(), value);
    return result;
  }

  double value_ = 0;
};

using Half = SmallFloat<11, 16>;
using BrainFloat = SmallFloat<8, 128>;

}  // namespace touchstone::inline v0::oracle::self_test
