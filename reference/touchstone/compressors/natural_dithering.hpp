#pragma once
/// \file
/// Natural dithering: dithering with the levels 0, 2^(1-s), ..., 1/2, 1, normalised by |x|_q.
///
///     y_i = |x_i| / |x|_q between neighbouring levels l <= y_i < u
///     Q(x)_i = |x|_q sign(x_i) u with probability (y_i - l)/(u - l), |x|_q sign(x_i) l otherwise
///
/// Contract   unbiased; with h = 2^(1-s)
///                omega = 1/8 + (2/9) h^2 d             for q = 2 and q = infinity (derived)
///                omega = 1/8 + d h min(1, d h)         for q = 1 (literature)
///            not attained in general. For s = 1, 2 it is Dithering{q, s}, whose constant holds too
/// Flags      odd, homogeneous
/// Draws      for i = 1..d: bernoulli((y_i - l)/(u - l)); nothing where y_i is a level
/// Sends      |x|_q and for every coordinate a sign and one of s + 1 levels: B + d (1 + ceil(log2(s + 1))) bits, always
/// Density    min(d, sqrt(d)/h) for q = 2, min(d, 1/h) for q = 1, d for q = infinity
/// Numbers    as for Dithering; in floating point 2^(1-s) must not vanish
/// Source     Horvath et al.

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/level_message.hpp"
#include "touchstone/compressors/powers.hpp"
#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

struct NaturalDithering {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  NormIndex q;
  Index s;  ///< levels, s >= 1

  /// Level j is 2^(j-s) for j >= 1, level 0 is 0.
  template <Field S>
  using Message = LevelMessage<S>;

  /// Throws precondition_error unless s >= 1, all coordinates and |x|_q are finite and S holds |x|_q and 2^(1-s).
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_level_count(s);
    require(decided_less(S(0), level<S>(1)), "natural dithering needs a number type that holds 2^(1-s)", s);
    const Norm<S> N = norm(x, q);
    require(is_finite(N.value), "natural dithering needs a finite norm", N.value);
    Message<S> m{N.value, std::vector<Index>(static_cast<std::size_t>(x.size()), 0)};
    for (Index i = 0; i < x.size(); ++i) {
      const S size = magnitude(x[i]);
      if (decided_equal(size, S(0))) continue;
      const Index j = i == N.attained_at ? s : rounded(S(size / N.value), random);
      m.levels[static_cast<std::size_t>(i)] = decided_less(x[i], S(0)) ? -j : j;
    }
    return m;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LevelMessage<S>& message, Index d) const {
    Vector<S> x(d);
    for (Index i = 0; i < d; ++i) {
      const Index j = message.levels[static_cast<std::size_t>(i)];
      const S size = S(message.norm * level<S>(j < 0 ? -j : j));
      x[i] = j < 0 ? S(-size) : size;
    }
    return x;
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_level_count(s);
    require_dimension(d);
    const S h = level<S>(1);
    const S dh = S(integer<S>(d) * h);
    if (q != NormIndex::one) return S(ratio<S>(1, 8) + ratio<S>(2, 9) * h * dh);
    const bool coarse = s - 1 < index_bits(d);  // d h > 1
    return S(ratio<S>(1, 8) + (coarse ? dh : S(dh * dh)));
  }

  /// 1/8 + sqrt(d) h min(1, sqrt(d) h), for q = 2. Throws precondition_error where S does not hold it.
  template <Field S>
  [[nodiscard]] S omega_literature(Index d) const {
    require(q == NormIndex::two, "the literature's omega is stated for q = 2");
    require_level_count(s);
    require_dimension(d);
    const S h = level<S>(1);
    const bool coarse = 2 * (s - 1) < index_bits(d);  // d h^2 > 1
    return S(ratio<S>(1, 8) + (coarse ? S(square_root(integer<S>(d)) * h) : S(integer<S>(d) * h * h)));
  }

  /// None: the bound is not attained in general.
  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index /*d*/) const {
    return std::nullopt;
  }

  /// Throws precondition_error where S does not hold it.
  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_level_count(s);
    require_dimension(d);
    if (q == NormIndex::one && s - 1 < index_bits(d)) return S(S(1) / level<S>(1));
    if (q == NormIndex::two && 2 * (s - 1) < index_bits(d)) return S(square_root(integer<S>(d)) / level<S>(1));
    return integer<S>(d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return scalar_bits + d * (1 + index_bits(s + 1));
  }

  template <Field S>
  [[nodiscard]] Index bits(const LevelMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const LevelMessage<S>& message, Index /*d*/, BitWriter& out) const {
    require_levels(message, s);
    put_scalar(message.norm, out);
    for (const Index j : message.levels) {
      out.put(j < 0 ? 1 : 0, 1);
      put_index(j < 0 ? -j : j, s + 1, out);
    }
  }

  template <WireScalar S>
  [[nodiscard]] LevelMessage<S> read(Index d, BitReader& in) const {
    LevelMessage<S> message{get_norm<S>(in), {}};
    for (Index i = 0; i < d; ++i) {
      const bool negative = in.get(1) == 1;
      const Index j = get_index(s + 1, in);
      require(j > 0 || !negative, "a zero on the wire has no sign");
      message.levels.push_back(negative ? -j : j);
    }
    require_levels(message, s);
    return message;
  }

 private:
  template <Field S>
  [[nodiscard]] S level(Index j) const {
    return j == 0 ? S(0) : power<S>({2, 1}, j - s);
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Index rounded(const S& y, R& random) const {
    Index low = 0;  // the largest j with level j <= y
    for (Index high = s; low < high;) {
      const Index middle = low + (high - low + 1) / 2;
      if (decided_less(y, level<S>(middle)))
        high = middle - 1;
      else
        low = middle;
    }
    const S lower = level<S>(low);
    if (low == s || decided_equal(y, lower)) return low;
    return random.bernoulli(S((y - lower) / (level<S>(low + 1) - lower))) ? low + 1 : low;
  }
};

}  // namespace touchstone::inline v0
