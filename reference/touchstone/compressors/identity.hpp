#pragma once
/// \file
/// No compression: the neutral compressor. Turns every compressed method into its parent.
///
///     Q(x) = x
///
/// Contract   unbiased with omega = 0, contractive with delta = 1
/// Draws      none
/// Sends      d scalars

#include "touchstone/compressors/compressor.hpp"

namespace touchstone::inline v0 {

struct Identity {
  static constexpr bool linear = true;

  /// x itself. Throws precondition_error for d = 0 and for coordinates that are not finite.
  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    return x;
  }

  template <Field S>
  [[nodiscard]] S omega(Index /*d*/) const {
    return S(0);
  }

  template <Field S>
  [[nodiscard]] S delta(Index /*d*/) const {
    return S(1);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return d * scalar_bits; }
};

}  // namespace touchstone::inline v0
