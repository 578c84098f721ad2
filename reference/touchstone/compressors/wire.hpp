#pragma once
/// \file
/// Messages as bits: what a compressor's page declares under *Sends* is what is written here, to the bit.
///
///     bit order   most significant first; the last byte is filled up with zeros
///     scalar      the IEEE 754 pattern of a float (32 bits) or a double (64 bits); finite
///     index       of {0, ..., d-1}: ceil(log2 d) bits

#include <bit>
#include <cmath>
#include <concepts>
#include <cstdint>
#include <vector>

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// The number types that have a bit pattern on the wire.
template <class S>
concept WireScalar = std::same_as<S, float> || std::same_as<S, double>;

/// Bits of one scalar.
template <WireScalar S>
inline constexpr Index scalar_width = 8 * static_cast<Index>(sizeof(S));

/// Bits of an index into {0, ..., d-1}: ceil(log2 d).
[[nodiscard]] inline Index index_bits(Index d) {
  return static_cast<Index>(std::bit_width(static_cast<std::uint64_t>(d - 1)));
}

class BitWriter {
 public:
  /// Appends the low `count` bits of `value`, 0 <= count <= 64.
  void put(std::uint64_t value, Index count) {
    require(0 <= count && count <= 64, "a word on the wire has 0 to 64 bits", count);
    for (Index bit = count - 1; bit >= 0; --bit) {
      if (size_ % 8 == 0) bytes_.push_back(0);
      if (((value >> bit) & 1U) != 0) bytes_.back() |= static_cast<std::uint8_t>(0x80U >> (size_ % 8));
      ++size_;
    }
  }

  /// Bits written.
  [[nodiscard]] Index size() const { return size_; }
  [[nodiscard]] const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
  Index size_ = 0;
};

class BitReader {
 public:
  /// The first `size` bits of `bytes`, which must outlive the reader.
  BitReader(const std::vector<std::uint8_t>& bytes, Index size) : bytes_(bytes), size_(size) {
    const Index available = 8 * static_cast<Index>(bytes.size());
    require(0 <= size && size <= available, "a message cannot have more bits than its bytes (bits, of bytes)", size,
            available);
  }
  explicit BitReader(const BitWriter& written) : BitReader(written.bytes(), written.size()) {}

  /// The next `count` bits, 0 <= count <= 64. Throws precondition_error if fewer are left.
  std::uint64_t get(Index count) {
    require(0 <= count && count <= 64, "a word on the wire has 0 to 64 bits", count);
    require(count <= left(), "the message is cut short (bits needed, bits left)", count, left());
    std::uint64_t value = 0;
    for (Index bit = 0; bit < count; ++bit, ++at_) {
      const auto byte = bytes_[static_cast<std::size_t>(at_ / 8)];
      value = 2 * value + ((byte >> (7 - at_ % 8)) & 1U);
    }
    return value;
  }

  [[nodiscard]] Index left() const { return size_ - at_; }

 private:
  const std::vector<std::uint8_t>& bytes_;
  Index size_;
  Index at_ = 0;
};

template <WireScalar S>
void put_scalar(const S& a, BitWriter& out) {
  require(is_finite(a), "a scalar on the wire is finite", a);
  using Word = std::conditional_t<sizeof(S) == 4, std::uint32_t, std::uint64_t>;
  out.put(std::bit_cast<Word>(a), scalar_width<S>);
}

/// Throws precondition_error for infinity and NaN.
template <WireScalar S>
[[nodiscard]] S get_scalar(BitReader& in) {
  using Word = std::conditional_t<sizeof(S) == 4, std::uint32_t, std::uint64_t>;
  const S a = std::bit_cast<S>(static_cast<Word>(in.get(scalar_width<S>)));
  require(is_finite(a), "a scalar on the wire is finite", a);
  return a;
}

/// A scalar >= +0.
template <WireScalar S>
[[nodiscard]] S get_norm(BitReader& in) {
  const S norm = get_scalar<S>(in);
  require(!std::signbit(norm), "a norm on the wire has no sign", norm);
  return norm;
}

inline void put_index(Index i, Index d, BitWriter& out) {
  require(0 <= i && i < d, "an index on the wire is below d (index, d)", i, d);
  out.put(static_cast<std::uint64_t>(i), index_bits(d));
}

/// Throws precondition_error for an index that is not below d.
[[nodiscard]] inline Index get_index(Index d, BitReader& in) {
  const auto i = static_cast<Index>(in.get(index_bits(d)));
  require(i < d, "an index on the wire is below d (index, d)", i, d);
  return i;
}

}  // namespace touchstone::inline v0
