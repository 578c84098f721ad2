#pragma once
/// \file
/// What a method may ask of a compressor. Contracts are *stated* here and *checked* elsewhere.
///
///     unbiased     E Q(x) = x,  E|Q(x) - x|^2 <= omega |x|^2          for every x in R^d, omega >= 0
///     contractive  E|C(x) - x|^2 <= (1 - delta) |x|^2                 for every x in R^d, 0 < delta <= 1
///
/// Source     slides "Compression Operators" of the thesis defence

#include <bit>
#include <cstdint>

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// compress(x, random) returns a vector of x's length; message_bits(d, scalar_bits) is what one message costs on
/// the wire when a scalar costs scalar_bits. `linear` says that every outcome is a fixed matrix.
template <class C, class S, class R>
concept Compressor = requires(const C& c, const Vector<S>& x, R& random, Index d) {
  { c.compress(x, random) } -> std::same_as<Vector<S>>;
  { c.message_bits(d, d) } -> std::same_as<Index>;
  { C::linear } -> std::convertible_to<bool>;
};

/// States its omega(d).
template <class C, class S, class R>
concept UnbiasedCompressor = Compressor<C, S, R> && requires(const C& c, Index d) {
  { c.template omega<S>(d) } -> std::same_as<S>;
};

/// States its delta(d).
template <class C, class S, class R>
concept ContractiveCompressor = Compressor<C, S, R> && requires(const C& c, Index d) {
  { c.template delta<S>(d) } -> std::same_as<S>;
};

/// Every compressor refuses what has no coordinates, NaN and infinity before it draws anything.
template <Field S>
void require_compressible(const Vector<S>& x) {
  require(x.size() >= 1, "a compressor needs a vector of dimension d >= 1", x.size());
  for (Index i = 0; i < x.size(); ++i)
    if (!is_finite(x[i])) require(false, "a compressor needs finite coordinates (coordinate, value)", i, x[i]);
}

inline void require_sparsity(Index K, Index d) {
  require(1 <= K && K <= d, "the number of coordinates kept needs 1 <= K <= d (K, d)", K, d);
}

/// Bits of an index into {0, ..., d-1}: ceil(log2 d).
[[nodiscard]] inline Index index_bits(Index d) {
  return static_cast<Index>(std::bit_width(static_cast<std::uint64_t>(d - 1)));
}

}  // namespace touchstone::inline v0
