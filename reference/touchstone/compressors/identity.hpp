#pragma once
/// \file
/// No compression: the neutral compressor. Turns every compressed method into its parent.
///
///     Q(x) = x
///
/// Contract   unbiased with omega = 0, contractive with delta = 1: equalities for every x
/// Flags      linear, odd, homogeneous, deterministic
/// Draws      none
/// Sends      d scalars
/// Density    d

#include "touchstone/compressors/compressor.hpp"

namespace touchstone::inline v0 {

struct Identity {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = true;

  template <Field S>
  using Message = std::vector<S>;

  /// x itself. Throws precondition_error for d = 0 and for coordinates that are not finite.
  template <Field S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    Message<S> all;
    all.reserve(static_cast<std::size_t>(x.size()));
    for (Index i = 0; i < x.size(); ++i) all.push_back(positive_zero(x[i]));
    return all;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const std::vector<S>& message, Index d) const {
    Vector<S> x(d);
    for (Index i = 0; i < d; ++i) x[i] = message[static_cast<std::size_t>(i)];
    return x;
  }

  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index /*d*/) const {
    return S(0);
  }

  template <Field S>
  [[nodiscard]] S delta(Index /*d*/) const {
    return S(1);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return flat_vector<S>(d);
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    return integer<S>(d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return d * scalar_bits; }

  template <Field S>
  [[nodiscard]] Index bits(const std::vector<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const std::vector<S>& message, Index /*d*/, BitWriter& out) const {
    for (const S& value : message) put_scalar(value, out);
  }

  template <WireScalar S>
  [[nodiscard]] std::vector<S> read(Index d, BitReader& in) const {
    std::vector<S> message;
    for (Index i = 0; i < d; ++i) message.push_back(get_scalar<S>(in));
    return message;
  }
};

}  // namespace touchstone::inline v0
