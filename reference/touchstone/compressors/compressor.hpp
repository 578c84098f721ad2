#pragma once
/// \file
/// What a compressor is: a law, a message, a contract, flags. Contracts are *stated* here and *checked* elsewhere.
///
///     unbiased     E Q(x) = x,  E|Q(x) - x|^2 <= omega |x|^2          for every x in R^d, omega >= 0
///     contractive  E|C(x) - x|^2 <= (1 - delta) |x|^2                 for every x in R^d, 0 < delta <= 1
///
/// For every compressor
///
///     compress(x, random) = reconstruct(message(x, random), d)        the law; finitely many outcomes
///     Q(0) = 0, and a coordinate that is zero, of either sign, is sent as +0
///     NaN, infinity, d = 0 and parameters out of range are refused before anything is drawn
///     a product d/K x_i, x_i/p, ... that overflows is infinite, as in any arithmetic; the wire refuses it
///
/// Source     slides "Compression Operators" of the thesis defence

#include <optional>

#include "touchstone/compressors/wire.hpp"
#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// The flags of a compressor, static and known at compile time. A flag that is false promises nothing.
///
///     linear               every outcome is a fixed matrix applied to x
///     odd                  Q(-x) has the law of -Q(x)
///     homogeneous          Q(c x) has the law of c Q(x) for every c > 0
///     two_homogeneous      the same for c = 2^k, k an integer; so every homogeneous compressor is
///     deterministic        nothing is drawn
///     attained_everywhere  the inequality of the contract is an equality for every x
template <class C>
concept CompressorFlags = requires {
  requires std::same_as<decltype(C::linear), const bool>;
  requires std::same_as<decltype(C::odd), const bool>;
  requires std::same_as<decltype(C::homogeneous), const bool>;
  requires std::same_as<decltype(C::two_homogeneous), const bool>;
  requires std::same_as<decltype(C::deterministic), const bool>;
  requires std::same_as<decltype(C::attained_everywhere), const bool>;
  requires C::two_homogeneous || !C::homogeneous;
};

/// What a method may ask. compress(x, random) returns a vector of x's length; message_bits(d, scalar_bits) is what
/// one message costs on the wire when a scalar costs scalar_bits: always or at most, as the page says.
template <class C, class S, class R>
concept Compressor = CompressorFlags<C> && requires(const C& c, const Vector<S>& x, R& random, Index d) {
  { c.compress(x, random) } -> std::same_as<Vector<S>>;
  { c.message_bits(d, d) } -> std::same_as<Index>;
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

/// What a stepsize rule takes for omega(d) over a number type that may not hold it: the compressor's own bound,
/// rounded up, where omega is irrational; omega itself elsewhere.
template <Field S, class C>
[[nodiscard]] S omega_bound(const C& compressor, Index d) {
  if constexpr (requires { compressor.template omega_upper_bound<S>(d); })
    return compressor.template omega_upper_bound<S>(d);
  else
    return compressor.template omega<S>(d);
}

/// States where its contract is an equality: at worst_case(d), a nonzero vector; none where no vector over S is
/// known to attain it.
template <class C, class S>
concept StatesWorstCase = requires(const C& c, Index d) {
  { c.template worst_case<S>(d) } -> std::same_as<std::optional<Vector<S>>>;
};

/// Separates what is sent from what the receiver makes of it.
template <class C, class S, class R>
concept SendsMessages = requires(const C& c, const Vector<S>& x, R& random, Index d) {
  requires std::same_as<decltype(c.message(x, random)), typename C::template Message<S>>;
  { c.reconstruct(c.message(x, random), d) } -> std::same_as<Vector<S>>;
  { c.bits(c.message(x, random), d, d) } -> std::same_as<Index>;
};

/// Writes its messages of floats or doubles as bits(message, d, scalar_width<S>) bits, and reads them back.
template <class C, class S>
concept WritesMessages = WireScalar<S> &&
    requires(const C& c, const typename C::template Message<S>& message, Index d, BitWriter& out, BitReader& in) {
  c.write(message, d, out);
  { c.template read<S>(d, in) } -> std::same_as<typename C::template Message<S>>;
};

/// Every compressor refuses what has no coordinates, NaN and infinity before it draws anything.
template <Field S>
void require_compressible(const Vector<S>& x) {
  require(x.size() >= 1, "a compressor needs a vector of dimension d >= 1", x.size());
  for (Index i = 0; i < x.size(); ++i)
    if (!is_finite(x[i])) require(false, "a compressor needs finite coordinates (coordinate, value)", i, x[i]);
}

inline void require_dimension(Index d) {
  require(d >= 1, "a compressor needs a dimension d >= 1", d);
}

inline void require_sparsity(Index K, Index d) {
  require(1 <= K && K <= d, "the number of coordinates kept needs 1 <= K <= d (K, d)", K, d);
}

/// (1, ..., 1): the worst case of many contracts.
template <Field S>
[[nodiscard]] Vector<S> flat_vector(Index d) {
  return Vector<S>::Constant(d, S(1));
}

}  // namespace touchstone::inline v0
