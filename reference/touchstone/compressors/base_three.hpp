#pragma once
/// \file
/// d digits -1, 0, 1 as one number in base 3, the first digit the most significant: ceil(d log2 3) bits.

#include <algorithm>
#include <cstdint>
#include <vector>

#include "touchstone/compressors/wire.hpp"

namespace touchstone::inline v0 {

/// ceil(d log2 3), for 0 <= d <= 2^27.
[[nodiscard]] inline Index base_three_bits(Index d) {
  require(0 <= d && d <= (Index{1} << 27), "a number in base 3 has 0 to 2^27 digits", d);
  if (d == 0) return 0;
  // log2 3 = (high + low 2^-31) 2^-31, cut. d log2 3 is no integer, and for these d farther from one than the cut.
  constexpr Index high = 3403681052;
  constexpr Index low = 2130026983;
  constexpr int places = 31;
  return ((d * high + ((d * low) >> places)) >> places) + 1;
}

/// A number of 32-bit limbs, least significant first.
class Limbs {
 public:
  explicit Limbs(Index bits) : limbs_(static_cast<std::size_t>((bits + 31) / 32), 0) {}

  /// *this <- *this factor + summand. What exceeds the limbs is lost.
  void multiply_add(std::uint32_t factor, std::uint32_t summand) {
    std::uint64_t carry = summand;
    for (std::uint32_t& limb : limbs_) {
      carry += std::uint64_t{limb} * factor;
      limb = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }

  /// *this <- floor(*this / divisor); the remainder.
  std::uint32_t divide(std::uint32_t divisor) {
    std::uint64_t remainder = 0;
    for (std::size_t i = limbs_.size(); i-- > 0;) {
      remainder = (remainder << 32) + limbs_[i];
      limbs_[i] = static_cast<std::uint32_t>(remainder / divisor);
      remainder %= divisor;
    }
    return static_cast<std::uint32_t>(remainder);
  }

  [[nodiscard]] bool is_zero() const {
    return std::all_of(limbs_.begin(), limbs_.end(), [](std::uint32_t limb) { return limb == 0; });
  }

  /// The low `bits` bits, most significant first.
  void put(Index bits, BitWriter& out) const {
    for (std::size_t i = limbs_.size(); i-- > 0;) out.put(limbs_[i], width(i, bits));
  }
  void get(Index bits, BitReader& in) {
    for (std::size_t i = limbs_.size(); i-- > 0;) limbs_[i] = static_cast<std::uint32_t>(in.get(width(i, bits)));
  }

 private:
  static Index width(std::size_t i, Index bits) { return std::min(Index{32}, bits - 32 * static_cast<Index>(i)); }

  std::vector<std::uint32_t> limbs_;
};

inline void put_base_three(const std::vector<Index>& digits, BitWriter& out) {
  const Index bits = base_three_bits(static_cast<Index>(digits.size()));
  Limbs number(bits);
  for (const Index digit : digits) number.multiply_add(3, static_cast<std::uint32_t>(digit + 1));
  number.put(bits, out);
}

/// Throws precondition_error for a number that has more than d digits.
[[nodiscard]] inline std::vector<Index> get_base_three(Index d, BitReader& in) {
  const Index bits = base_three_bits(d);
  Limbs number(bits);
  number.get(bits, in);
  std::vector<Index> digits(static_cast<std::size_t>(d));
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit)
    *digit = static_cast<Index>(number.divide(3)) - 1;
  require(number.is_zero(), "a number in base 3 on the wire has d digits", d);
  return digits;
}

}  // namespace touchstone::inline v0
