#pragma once
/// \file
/// An unbiased compressor after another one.
///
///     x -> Q1(Q2(x))
///
/// Contract   unbiased with (1 + omega1)(1 + omega2) - 1; attained where Q2's is if Q1's is everywhere
/// Flags      what both have
/// Draws      those of Q2, then those of Q1
/// Sends      what Q1 sends
/// Source     literature

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Unbiased Q1, Unbiased Q2>
struct ComposedUnbiased {
  static constexpr bool linear = Q1::linear && Q2::linear;
  static constexpr bool odd = Q1::odd && Q2::odd;
  static constexpr bool homogeneous = Q1::homogeneous && Q2::homogeneous;
  static constexpr bool two_homogeneous = Q1::two_homogeneous && Q2::two_homogeneous;
  static constexpr bool deterministic = Q1::deterministic && Q2::deterministic;
  static constexpr bool attained_everywhere = Q1::attained_everywhere && Q2::attained_everywhere;

  Q1 outer;
  Q2 inner;

  template <Field S>
  using Message = typename Q1::template Message<S>;

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q1, S, R>&& Compressor<Q2, S, R>)
      [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_fits<S>(outer, x.size());
    require_fits<S>(inner, x.size());
    const Vector<S> q = inner.compress(x, random);
    return outer.message(q, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    return outer.reconstruct(message, d);
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q1, S, R>&& Compressor<Q2, S, R>)
      [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    return of_both(outer.template omega<S>(d), inner.template omega<S>(d));
  }

  template <Field S>
  requires(BoundsOmega<Q1, S> || BoundsOmega<Q2, S>) [[nodiscard]] S omega_upper_bound(Index d) const {
    return of_both(omega_bound<S>(outer, d), omega_bound<S>(inner, d));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_fits<S>(outer, d);
    if (!Q1::attained_everywhere) return std::nullopt;
    return worst_case_of<S>(inner, d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return outer.message_bits(d, scalar_bits); }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return outer.bits(message, d, scalar_bits);
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    outer.write(message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    return outer.template read<S>(d, in);
  }

 private:
  template <Field S>
  static S of_both(const S& omega1, const S& omega2) {
    return S((S(1) + omega1) * (S(1) + omega2) - S(1));
  }
};

}  // namespace touchstone::inline v0
