#pragma once
/// \file
/// Random dithering with s levels, normalised by |x|_q; QSGD for q = 2.
///
///     u_i = s |x_i| / |x|_q,   m_i = floor(u_i),   b_i = 1 with probability u_i - m_i
///     Q(x)_i = |x|_q sign(x_i) (m_i + b_i) / s
///
/// Contract   unbiased, E|Q(x) - x|^2 = (|x|_q / s)^2 sum phi(u_i) with phi(u) = (u - floor u)(1 - u + floor u); omega
///            and where it is attained: dithering_constants.hpp
/// Flags      odd, homogeneous
/// Draws      for i = 1..d: bernoulli(u_i - m_i)
/// Sends      |x|_q and d levels in {-s, ..., s}: B + d ceil(log2(2s + 1)) bits, always
/// Density    min(d, s sqrt(d)) for q = 2, min(d, s) for q = 1, d for q = infinity
/// Numbers    exact over Rational where |x|_q is rational, over Surd for every rational x; an interval that does not
///            decide a level throws undecided_error
/// Source     literature (random dithering, QSGD)

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/dithering_constants.hpp"
#include "touchstone/compressors/level_message.hpp"
#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

/// The largest m in {0, ..., s} with m <= u, for 0 <= u (<= s but for rounding).
template <DecidingField S>
[[nodiscard]] Index whole_level(const S& u, Index s) {
  if constexpr (std::floating_point<S>) {
    return u >= integer<S>(s) ? s : static_cast<Index>(std::floor(u));
  } else {
    Index low = 0;
    for (Index high = s; low < high;) {
      const Index middle = low + (high - low + 1) / 2;
      if (decided_less(u, integer<S>(middle)))
        high = middle - 1;
      else
        low = middle;
    }
    return low;
  }
}

struct Dithering {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  NormIndex q;
  Index s;  ///< levels, s >= 1

  template <Field S>
  using Message = LevelMessage<S>;

  /// Throws precondition_error unless s >= 1, all coordinates and s |x|_q are finite and S holds |x|_q.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_level_count(s);
    const Norm<S> N = norm(x, q);
    require(is_finite(S(integer<S>(s) * N.value)), "dithering needs a finite s |x|_q (s, |x|_q)", s, N.value);
    Message<S> m{N.value, std::vector<Index>(static_cast<std::size_t>(x.size()), 0)};
    for (Index i = 0; i < x.size(); ++i) {
      const S size = magnitude(x[i]);
      if (decided_equal(size, S(0))) continue;
      const Index level = i == N.attained_at ? s : rounded(S(integer<S>(s) * size / N.value), random);
      m.levels[static_cast<std::size_t>(i)] = decided_less(x[i], S(0)) ? -level : level;
    }
    return m;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LevelMessage<S>& message, Index d) const {
    Vector<S> x(d);
    for (Index i = 0; i < d; ++i) {
      const Index level = message.levels[static_cast<std::size_t>(i)];
      if (level == s || level == -s)
        x[i] = level > 0 ? message.norm : S(-message.norm);
      else
        x[i] = message.norm * integer<S>(level) / integer<S>(s);
    }
    return x;
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  /// Irrational in general: throws precondition_error where S does not hold it.
  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    return dithering_omega<S>(q, s, d);
  }

  /// A rational bound of omega, rounded up.
  template <BoundsSquareRoots S>
  [[nodiscard]] S omega_upper_bound(Index d) const {
    return dithering_omega_upper_bound<S>(q, s, d);
  }

  /// For q = 2: the least constant is the maximum of these.
  template <Field S>
  [[nodiscard]] std::vector<S> exact_omega_bounds(Index d) const {
    require(q == NormIndex::two, "the bounds of the least omega are stated for q = 2");
    return qsgd_exact_omega_bounds<S>(s, d);
  }

  /// For q = 2: min(d/s^2, sqrt(d)/s), never attained.
  template <Field S>
  [[nodiscard]] S omega_literature(Index d) const {
    require(q == NormIndex::two, "the literature's omega is stated for q = 2");
    return qsgd_omega_literature<S>(s, d);
  }

  /// None where no vector attains omega, and for q = infinity where S does not hold it.
  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return dithering_worst_case<S>(q, s, d);
  }

  /// Throws precondition_error where S does not hold it.
  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_level_count(s);
    require_dimension(d);
    if (q == NormIndex::two && s < d && s * s < d) return S(integer<S>(s) * square_root(integer<S>(d)));
    return integer<S>(q == NormIndex::one ? std::min(d, s) : d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return scalar_bits + d * level_bits(); }

  template <Field S>
  [[nodiscard]] Index bits(const LevelMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const LevelMessage<S>& message, Index /*d*/, BitWriter& out) const {
    require_levels(message, s);
    put_scalar(message.norm, out);
    for (const Index level : message.levels) out.put(static_cast<std::uint64_t>(level + s), level_bits());
  }

  template <WireScalar S>
  [[nodiscard]] LevelMessage<S> read(Index d, BitReader& in) const {
    LevelMessage<S> message{get_norm<S>(in), {}};
    for (Index i = 0; i < d; ++i) message.levels.push_back(static_cast<Index>(in.get(level_bits())) - s);
    require_levels(message, s);
    return message;
  }

 private:
  /// ceil(log2(2s + 1))
  [[nodiscard]] Index level_bits() const { return index_bits(2 * s + 1); }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Index rounded(const S& u, R& random) const {
    const Index m = whole_level(u, s);
    if (m == s) return s;
    const S fraction = S(u - integer<S>(m));
    if (decided_equal(fraction, S(0))) return m;
    return random.bernoulli(fraction) ? m + 1 : m;
  }
};

}  // namespace touchstone::inline v0
