#pragma once
/// \file
/// Rounding to the nearest power of a base b > 1, without randomness.
///
///     C(x)_i = sign(x_i) b^a      b^a the power nearest to |x_i|, the smaller one of two; 0 for x_i = 0
///
/// Contract   contractive with delta = 4b/(b+1)^2, attained where every |x_i| is (b+1)/2 of a power of b; biased.
///            With t = |x_i|/b^a in [1, b]
///                (b-1)^2 t^2 - (b+1)^2 (t-1)^2 = [(b-1)t + (b+1)(t-1)] [(b+1) - 2t]     for 2t <= b + 1
///                (b-1)^2 t^2 - (b+1)^2 (b-t)^2 = [(b-1)t + (b+1)(b-t)] [2bt - b(b+1)]   for 2t >= b + 1
/// Flags      odd, deterministic; homogeneous for powers of b only
/// Draws      none
/// Sends      what ExpStochastic with the same base sends: a sign and an exponent for every coordinate
/// Density    d
/// Numbers    exact by comparison, never by a logarithm. In floating point as ExpStochastic: the powers of b are rounded
///            unless b = 2, and x_i must lie between two of them
/// Source     literature

#include "touchstone/compressors/exp_stochastic.hpp"

namespace touchstone::inline v0 {

struct ExpRound {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = false;
  static constexpr bool two_homogeneous = false;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = false;

  Fraction base;  ///< b > 1

  template <Field S>
  using Message = PowerMessage<S>;

  /// Throws precondition_error unless b > 1, all coordinates are finite and lie between powers that S holds.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    require_base(base);
    return rounded_to_powers(base, x, [](const S& place) { return decided_less(ratio<S>(1, 2), place); });
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
  [[nodiscard]] S delta(Index d) const {
    require_base(base);
    require_dimension(d);
    const S b = base.value<S>();
    return S(integer<S>(4) * b / ((b + S(1)) * (b + S(1))));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_base(base);
    require_dimension(d);
    return Vector<S>(Vector<S>::Constant(d, ratio<S>(base.numerator + base.denominator, 2 * base.denominator)));
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_dimension(d);
    return integer<S>(d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return ExpStochastic{base}.message_bits(d, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const PowerMessage<S>& message, Index d, Index scalar_bits) const {
    return ExpStochastic{base}.bits(message, d, scalar_bits);
  }

  template <WireScalar S>
  void write(const PowerMessage<S>& message, Index d, BitWriter& out) const {
    ExpStochastic{base}.write(message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] PowerMessage<S> read(Index d, BitReader& in) const {
    return ExpStochastic{base}.read<S>(d, in);
  }
};

}  // namespace touchstone::inline v0
