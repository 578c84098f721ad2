#pragma once
/// \file
/// An unbiased compressor after a contractive one, shrunk.
///
///     x -> Q(C(x)) / (1 + omega)
///
/// Contract   contractive with delta(C)/(1 + omega), omega that of Q in dimension d; biased. With c = C(x)
///            |x|^2 - 2<c,x>/(1+omega) + E|Q(c)|^2/(1+omega)^2 <= (1 - 1/(1+omega)) |x|^2 + |x - c|^2/(1+omega).
///            Attained where C's is if Q's is everywhere
/// Flags      what both have
/// Draws      those of C, then those of Q
/// Sends      what Q sends; the receiver knows omega
/// Numbers    where S does not hold an irrational omega, a bound of it, rounded up, takes its place, in delta as well
/// Source     derived

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Contractive C, Unbiased Q>
struct Composed {
  static constexpr bool linear = C::linear && Q::linear;
  static constexpr bool odd = C::odd && Q::odd;
  static constexpr bool homogeneous = C::homogeneous && Q::homogeneous;
  static constexpr bool two_homogeneous = C::two_homogeneous && Q::two_homogeneous;
  static constexpr bool deterministic = C::deterministic && Q::deterministic;
  static constexpr bool attained_everywhere = C::attained_everywhere && Q::attained_everywhere;

  C contractive;
  Q unbiased;

  template <Field S>
  using Message = typename Q::template Message<S>;

  template <Field S, Randomness<S> R>
  requires(Compressor<C, S, R>&& SendsMessages<Q, S, R>)
      [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_fits<S>(contractive, x.size());
    require_fits<S>(unbiased, x.size());
    const Vector<S> c = contractive.compress(x, random);
    return unbiased.message(c, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    return scaled_by(S(S(1) / S(S(1) + omega_bound<S>(unbiased, d))), unbiased.reconstruct(message, d));
  }

  template <Field S, Randomness<S> R>
  requires(Compressor<C, S, R>&& SendsMessages<Q, S, R>)
      [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    return S(contractive.template delta<S>(d) / S(S(1) + omega_bound<S>(unbiased, d)));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_fits<S>(unbiased, d);
    if (!Q::attained_everywhere) return std::nullopt;
    return worst_case_of<S>(contractive, d);
  }

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
