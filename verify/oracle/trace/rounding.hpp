#pragma once
/// \file
/// The number formats that an implementation may declare, and how far rounding may carry it.
///
///     float64 (53 bits)   float32 (24)   float16 (11)   bfloat16 (8)          with gradual underflow

#include <cmath>
#include <limits>
#include <optional>
#include <string>

namespace touchstone::inline v0::oracle {

struct NumberFormat {
  const char* name;
  int digits;            ///< of the significand
  int smallest;          ///< 2^smallest is the smallest positive number, subnormal
  double unit_roundoff;  ///< 2^-digits

  /// The nearest number of the format, ties to even; overflow is not looked at. Infinity and NaN stay.
  [[nodiscard]] long double rounded(long double value) const {
    if (value == 0 || !std::isfinite(value)) return value;
    const int exponent = std::max(std::ilogb(value) - digits + 1, smallest);
    return std::scalbn(std::nearbyint(std::scalbn(value, -exponent)), exponent);
  }
  [[nodiscard]] bool holds(long double value) const { return rounded(value) == value; }
  /// Bounds what an operation loses by underflow.
  [[nodiscard]] double underflow() const { return std::scalbn(1.0, smallest); }
};

inline constexpr NumberFormat float64_format{"float64", 53, -1074, 0x1p-53};
inline constexpr NumberFormat float32_format{"float32", 24, -149, 0x1p-24};
inline constexpr NumberFormat float16_format{"float16", 11, -24, 0x1p-11};
inline constexpr NumberFormat bfloat16_format{"bfloat16", 8, -133, 0x1p-8};

/// None for a name that is none of these.
[[nodiscard]] inline std::optional<NumberFormat> number_format(const std::string& name) {
  for (const NumberFormat& format : {float64_format, float32_format, float16_format, bfloat16_format})
    if (name == format.name) return format;
  return std::nullopt;
}

/// The format in which Bounded numbers (bounded.hpp) of this thread count roundings.
[[nodiscard]] inline NumberFormat& format_in_force() {
  thread_local NumberFormat format = float64_format;
  return format;
}

/// Puts a format in force until the end of the scope.
class FormatScope {
 public:
  explicit FormatScope(const NumberFormat& format) : before_(format_in_force()) { format_in_force() = format; }
  ~FormatScope() { format_in_force() = before_; }
  FormatScope(const FormatScope&) = delete;
  FormatScope& operator=(const FormatScope&) = delete;

 private:
  NumberFormat before_;
};

}  // namespace touchstone::inline v0::oracle
