#pragma once
/// \file
/// TernGrad: dithering with one level and the maximum norm. Signs, zeros and one scalar.
///
///     Q(x)_i = |x|_inf sign(x_i) b_i,      b_i = 1 with probability |x_i| / |x|_inf
///
/// Contract   unbiased with omega = (sqrt(d) - 1)/2, attained at (1, t, ..., t), t = 1/(1 + sqrt(d))
/// Flags      odd, homogeneous
/// Draws      for i = 1..d: bernoulli(|x_i| / |x|_inf)
/// Sends      |x|_inf and the number with the digits 1 + sign in base 3: B + ceil(d log2 3) bits, always
/// Density    d
/// Source     Wen et al.; the constant is derived. Clipping and layers are not part of the operator

#include "touchstone/compressors/base_three.hpp"
#include "touchstone/compressors/dithering.hpp"

namespace touchstone::inline v0 {

struct TernGrad {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;
  static constexpr Dithering dithering{NormIndex::infinity, 1};

  template <Field S>
  using Message = LevelMessage<S>;

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    return dithering.message(x, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LevelMessage<S>& message, Index d) const {
    return dithering.reconstruct(message, d);
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    return dithering.omega<S>(d);
  }

  template <BoundsSquareRoots S>
  [[nodiscard]] S omega_upper_bound(Index d) const {
    return dithering.omega_upper_bound<S>(d);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return dithering.worst_case<S>(d);
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    return dithering.density<S>(d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return scalar_bits + base_three_bits(d); }

  template <Field S>
  [[nodiscard]] Index bits(const LevelMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const LevelMessage<S>& message, Index /*d*/, BitWriter& out) const {
    require_levels(message, 1);
    put_scalar(message.norm, out);
    put_base_three(message.levels, out);
  }

  template <WireScalar S>
  [[nodiscard]] LevelMessage<S> read(Index d, BitReader& in) const {
    LevelMessage<S> message{get_norm<S>(in), {}};
    message.levels = get_base_three(d, in);
    require_levels(message, 1);
    return message;
  }
};

}  // namespace touchstone::inline v0
