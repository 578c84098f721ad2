#pragma once
/// \file
/// Natural compression: every coordinate is rounded to a power of two next to it.
///
///     2^a <= |x_i| < 2^(a+1):   Q(x)_i = sign(x_i) 2^(a+1) with probability |x_i|/2^a - 1, sign(x_i) 2^a otherwise
///
/// Contract   unbiased with omega = 1/8, attained where every |x_i| is 4/3 of a power of two:
///            t^2 - 8 (t-1)(2-t) = (3t - 4)^2
/// Flags      odd; homogeneous for powers of two
/// Draws      for i = 1..d: bernoulli(|x_i|/2^a - 1); nothing where |x_i| is a power of two or zero
/// Sends      a sign and an exponent for every coordinate: 9 bits for scalars of 32 bits, 12 for 64. 0 has the code 0.
///            A subnormal power costs 5 (6) bits more
/// Density    d
/// Numbers    exact for every finite float and double of magnitude at most 2^127 (2^1023), subnormals included; above
///            that the upper neighbour would be infinite, and x is refused
/// Source     Horvath et al.

#include "touchstone/compressors/power_code.hpp"

namespace touchstone::inline v0 {

struct Natural {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = false;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;
  static constexpr Fraction two{2, 1};

  template <Field S>
  using Message = PowerMessage<S>;

  /// Throws precondition_error unless all coordinates and, in floating point, their upper neighbours are finite.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    return stochastically_rounded_to_powers(two, x, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const PowerMessage<S>& message, Index d) const {
    return from_powers(two, message, d);
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_dimension(d);
    return ratio<S>(1, 8);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_dimension(d);
    return Vector<S>(Vector<S>::Constant(d, ratio<S>(4, 3)));
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    return integer<S>(d);
  }

  /// Without the bits that subnormal powers cost more.
  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return d * (1 + code(scalar_bits).width()); }

  template <Field S>
  [[nodiscard]] Index bits(const PowerMessage<S>& message, Index /*d*/, Index scalar_bits) const {
    return power_bits(code(scalar_bits), message);
  }

  template <WireScalar S>
  void write(const PowerMessage<S>& message, Index /*d*/, BitWriter& out) const {
    put_powers(code(scalar_width<S>), message, out);
  }

  template <WireScalar S>
  [[nodiscard]] PowerMessage<S> read(Index d, BitReader& in) const {
    return get_powers<S>(code(scalar_width<S>), d, in);
  }

  /// The normal exponents have codes, the subnormal ones escapes.
  [[nodiscard]] static PowerCode code(Index scalar_bits) {
    require_scalar_format(scalar_bits);
    return scalar_bits == 32 ? PowerCode{-126, 127, 23} : PowerCode{-1022, 1023, 52};
  }
};

}  // namespace touchstone::inline v0
