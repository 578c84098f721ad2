#pragma once
/// \file
/// Shrinkage: an unbiased compressor made contractive.
///
///     C(x) = Q(x) / (1 + omega)
///
/// Contract   contractive with delta = 1/(1 + omega), an equality where Q's is; biased.
///            |x|^2 - 2|x|^2/(1+omega) + E|Q(x)|^2/(1+omega)^2 <= (1 - 1/(1+omega)) |x|^2
/// Flags      those of Q
/// Draws      those of Q
/// Sends      what Q sends; the receiver knows omega
/// Density    that of Q
/// Numbers    where S does not hold an irrational omega, a bound of it, rounded up, takes its place, in delta as well
/// Source     literature; 1/(1 + omega) is the best factor for the worst case

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Unbiased Q>
struct Scaled {
  static constexpr bool linear = Q::linear;
  static constexpr bool odd = Q::odd;
  static constexpr bool homogeneous = Q::homogeneous;
  static constexpr bool two_homogeneous = Q::two_homogeneous;
  static constexpr bool deterministic = Q::deterministic;
  static constexpr bool attained_everywhere = Q::attained_everywhere;

  Q unbiased;

  template <Field S>
  using Message = typename Q::template Message<S>;

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    return unbiased.message(x, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    return scaled_by(delta<S>(d), unbiased.reconstruct(message, d));
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    return S(S(1) / S(S(1) + omega_bound<S>(unbiased, d)));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    if (!holds_omega<S>(unbiased, d)) return std::nullopt;
    return worst_case_of<S>(unbiased, d);
  }

  template <Field S>
  requires(StatesDensity<Q, S>) [[nodiscard]] S density(Index d) const { return unbiased.template density<S>(d); }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return unbiased.message_bits(d, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return unbiased.bits(message, d, scalar_bits);
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    unbiased.write(message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    return unbiased.template read<S>(d, in);
  }
};

}  // namespace touchstone::inline v0
