#pragma once
/// \file
/// Stochastic rounding to powers of a base b > 1; natural compression for b = 2.
///
///     b^a <= |x_i| < b^(a+1):   Q(x)_i = sign(x_i) b^(a+1) with probability (|x_i| - b^a)/(b^(a+1) - b^a),
///                                        sign(x_i) b^a otherwise
///
/// Contract   unbiased with omega = (b-1)^2/(4b), attained where every |x_i| is 2b/(b+1) of a power of b:
///            (b-1)^2 t^2 - 4b (t-1)(b-t) = ((b+1)t - 2b)^2
/// Flags      odd; homogeneous for powers of b only
/// Draws      for i = 1..d: bernoulli((|x_i| - b^a)/(b^(a+1) - b^a)); nothing where |x_i| is a power of b or zero
/// Sends      a sign and an exponent for every coordinate: 1 + ceil(log2(1 + the number of powers of b among the normal
///            numbers)) bits, 9 for b = 2 and scalars of 32 bits. With b = 2 a subnormal power is law, but has no code
/// Density    d
/// Numbers    in floating point the powers of b are rounded, for sender and receiver alike, and x_i must lie between
///            two of them that are normal numbers
/// Source     literature; natural compression generalised

#include "touchstone/compressors/power_code.hpp"

namespace touchstone::inline v0 {

struct ExpStochastic {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = false;
  static constexpr bool two_homogeneous = false;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  Fraction base;  ///< b > 1

  template <Field S>
  using Message = PowerMessage<S>;

  /// Throws precondition_error unless b > 1, all coordinates are finite and lie between powers that S holds.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_base(base);
    return stochastically_rounded_to_powers(base, x, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const PowerMessage<S>& message, Index d) const {
    return from_powers(base, message, d);
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_base(base);
    require_dimension(d);
    const S b = base.value<S>();
    return S((b - S(1)) * (b - S(1)) / (integer<S>(4) * b));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_base(base);
    require_dimension(d);
    return Vector<S>(Vector<S>::Constant(d, ratio<S>(2 * base.numerator, base.numerator + base.denominator)));
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    return integer<S>(d);
  }

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

  /// The powers of b among the normal numbers of the format.
  [[nodiscard]] PowerCode code(Index scalar_bits) const {
    require_base(base);
    require_scalar_format(scalar_bits);
    return scalar_bits == 32 ? code_in<float>() : code_in<double>();
  }

 private:
  template <WireScalar S>
  [[nodiscard]] PowerCode code_in() const {
    constexpr S least = std::numeric_limits<S>::min();
    const Index lowest = floor_exponent(base, least);
    return {power<S>(base, lowest) < least ? lowest + 1 : lowest,
            floor_exponent(base, std::numeric_limits<S>::max())};
  }
};

}  // namespace touchstone::inline v0
