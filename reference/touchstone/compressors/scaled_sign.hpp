#pragma once
/// \file
/// Scaled sign: one magnitude for all coordinates.
///
///     C(x) = (|x|_1 / d) sign(x),      sign(0) = zero_sign, which is 0 or +1
///
/// Contract   contractive with delta = 1/d; biased. With k the number of coordinates that are not zero, exactly
///                zero_sign = +1    |C(x) - x|^2 = |x|^2 - |x|_1^2 / d               attained at +-e_i
///                zero_sign = 0     |C(x) - x|^2 = |x|^2 - (2d - k) |x|_1^2 / d^2    for d >= 2 an infimum that no x
///                                                                                   attains; an equality for d = 1
/// Flags      homogeneous, deterministic; odd for zero_sign = 0 only
/// Draws      none
/// Sends      |x|_1 / d; for zero_sign = +1 a sign bit for every coordinate, B + d bits; for zero_sign = 0 the number with
///            the digits 1 + sign in base 3, B + ceil(d log2 3) bits; always
/// Density    d
/// Numbers    |x|_1 must not overflow; where |x|_1 / d underflows, C(x) = 0
/// Source     literature; the constant for zero_sign = 0 is derived. The scale |x|_1 / d is the best one for +1

#include "touchstone/compressors/base_three.hpp"
#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/level_message.hpp"
#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

template <int zero_sign>
requires(zero_sign == 0 || zero_sign == 1) struct ScaledSign {
  static constexpr bool linear = false;
  static constexpr bool odd = zero_sign == 0;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = false;

  /// The norm is |x|_1 / d, the levels are signs.
  template <Field S>
  using Message = LevelMessage<S>;

  /// Throws precondition_error unless all coordinates and |x|_1 are finite.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    const S sum = sum_norm(x);
    require(is_finite(sum), "scaled sign needs a finite |x|_1", sum);
    const S scale = S(sum / integer<S>(x.size()));
    Message<S> m{scale, std::vector<Index>(static_cast<std::size_t>(x.size()), zero_sign)};
    if (decided_equal(scale, S(0))) return m;
    for (Index i = 0; i < x.size(); ++i)
      if (!decided_equal(x[i], S(0))) m.levels[static_cast<std::size_t>(i)] = decided_less(x[i], S(0)) ? -1 : 1;
    return m;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LevelMessage<S>& message, Index d) const {
    Vector<S> x = Vector<S>::Zero(d);
    for (Index i = 0; i < d; ++i)
      if (const Index sign = message.levels[static_cast<std::size_t>(i)]; sign != 0)
        x[i] = sign > 0 ? message.norm : S(-message.norm);
    return x;
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    require_dimension(d);
    return ratio<S>(1, d);
  }

  /// 1 - |C(x) - x|^2 / |x|^2: the constant at this x, for those who may use it. Throws precondition_error for x = 0.
  template <DecidingField S>
  [[nodiscard]] S delta_at(const Vector<S>& x) const {
    require_compressible(x);
    const Index d = x.size();
    const S squares = x.squaredNorm();
    require(!decided_equal(squares, S(0)), "the constant of scaled sign at x needs x != 0");
    Index k = 0;
    for (Index i = 0; i < d; ++i) k += decided_equal(x[i], S(0)) ? 0 : 1;
    const S sum = sum_norm(x);
    return S(ratio<S>(zero_sign == 1 ? d : 2 * d - k, d * d) * sum * sum / squares);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_dimension(d);
    if (zero_sign == 0 && d >= 2) return std::nullopt;
    return Vector<S>(Vector<S>::Unit(d, 0));
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_dimension(d);
    return integer<S>(d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return scalar_bits + (zero_sign == 1 ? d : base_three_bits(d));
  }

  template <Field S>
  [[nodiscard]] Index bits(const LevelMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const LevelMessage<S>& message, Index /*d*/, BitWriter& out) const {
    require_signs(message);
    put_scalar(message.norm, out);
    if constexpr (zero_sign == 0)
      put_base_three(message.levels, out);
    else
      for (const Index sign : message.levels) out.put(sign < 0 ? 1 : 0, 1);
  }

  template <WireScalar S>
  [[nodiscard]] LevelMessage<S> read(Index d, BitReader& in) const {
    LevelMessage<S> message{get_norm<S>(in), {}};
    if constexpr (zero_sign == 0)
      message.levels = get_base_three(d, in);
    else
      for (Index i = 0; i < d; ++i) message.levels.push_back(in.get(1) == 1 ? -1 : 1);
    require_signs(message);
    return message;
  }

 private:
  template <WireScalar S>
  static void require_signs(const LevelMessage<S>& message) {
    for (const Index sign : message.levels) {
      const bool known = sign == 1 || sign == -1 || (sign == 0 && zero_sign == 0);
      require(known && (message.norm > 0 || sign == zero_sign),
              "a sign on the wire is -1, +1 or sign(0), and sign(0) for the scale 0 (sign, scale)", sign,
              message.norm);
    }
  }
};

}  // namespace touchstone::inline v0
