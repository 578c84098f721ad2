#pragma once
/// \file
/// The induced compressor: a contractive one made unbiased by compressing what it leaves.
///
///     x -> C(x) + Q(x - C(x))
///
/// Contract   unbiased with omega (1 - delta): E|Q(r) - r|^2 <= omega |r|^2, r = x - C(x). Attained where C's is if Q's is
///            everywhere
/// Flags      what both have
/// Draws      those of C, then those of Q
/// Sends      what C sends, then what Q sends
/// Source     Horvath and Richtarik

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <class M, class N>
struct InducedMessage {
  M contractive;
  N rest;
  bool operator==(const InducedMessage&) const = default;
};

template <Contractive C, Unbiased Q>
struct Induced {
  static constexpr bool linear = C::linear && Q::linear;
  static constexpr bool odd = C::odd && Q::odd;
  static constexpr bool homogeneous = C::homogeneous && Q::homogeneous;
  static constexpr bool two_homogeneous = C::two_homogeneous && Q::two_homogeneous;
  static constexpr bool deterministic = C::deterministic && Q::deterministic;
  static constexpr bool attained_everywhere = C::attained_everywhere && Q::attained_everywhere;

  C contractive;
  Q unbiased;

  template <Field S>
  using Message = InducedMessage<typename C::template Message<S>, typename Q::template Message<S>>;

  template <Field S, Randomness<S> R>
  requires(SendsMessages<C, S, R>&& SendsMessages<Q, S, R>)
      [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_fits<S>(contractive, x.size());
    require_fits<S>(unbiased, x.size());
    auto c = contractive.message(x, random);
    const Vector<S> rest = x - contractive.reconstruct(c, x.size());
    return {std::move(c), unbiased.message(rest, random)};
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    return sum_of(contractive.reconstruct(message.contractive, d), unbiased.reconstruct(message.rest, d));
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<C, S, R>&& SendsMessages<Q, S, R>)
      [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    return S(unbiased.template omega<S>(d) * (S(1) - contractive.template delta<S>(d)));
  }

  template <Field S>
  requires(BoundsOmega<Q, S>) [[nodiscard]] S omega_upper_bound(Index d) const {
    return S(omega_bound<S>(unbiased, d) * (S(1) - contractive.template delta<S>(d)));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_fits<S>(unbiased, d);
    if (!Q::attained_everywhere) return std::nullopt;
    return worst_case_of<S>(contractive, d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return contractive.message_bits(d, scalar_bits) + unbiased.message_bits(d, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return contractive.bits(message.contractive, d, scalar_bits) + unbiased.bits(message.rest, d, scalar_bits);
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    contractive.write(message.contractive, d, out);
    unbiased.write(message.rest, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    auto c = contractive.template read<S>(d, in);
    return {std::move(c), unbiased.template read<S>(d, in)};
  }
};

}  // namespace touchstone::inline v0
