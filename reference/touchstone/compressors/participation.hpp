#pragma once
/// \file
/// Partial participation: an unbiased compressor that speaks with probability p.
///
///     x -> Q(x)/p with probability p, 0 otherwise
///
/// Contract   unbiased with (1 + omega)/p - 1, an equality where Q's is
/// Flags      those of Q, but not deterministic
/// Draws      bernoulli(p); then, if it is true, those of Q
/// Sends      a bit; if it is one, what Q sends
/// Density    p times that of Q
/// Source     literature

#include "touchstone/compressors/combinator.hpp"
#include "touchstone/numbers/fraction.hpp"

namespace touchstone::inline v0 {

template <Unbiased Q>
struct Participation {
  static constexpr bool linear = Q::linear;
  static constexpr bool odd = Q::odd;
  static constexpr bool homogeneous = Q::homogeneous;
  static constexpr bool two_homogeneous = Q::two_homogeneous;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = Q::attained_everywhere;

  Fraction p;  ///< probability of taking part, 0 < p <= 1
  Q unbiased;

  /// None where Q did not take part.
  template <Field S>
  using Message = std::optional<typename Q::template Message<S>>;

  /// Throws precondition_error unless 0 < p <= 1 and for what Q refuses.
  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_probability(p);
    require_fits<S>(unbiased, x.size());
    if (!random.bernoulli(p.value<S>())) return std::nullopt;
    return unbiased.message(x, random);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    if (!message) return Vector<S>::Zero(d);
    return scaled_by(ratio<S>(p.denominator, p.numerator), unbiased.reconstruct(*message, d));
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    return thinned(unbiased.template omega<S>(d));
  }

  template <Field S>
  requires(BoundsOmega<Q, S>) [[nodiscard]] S omega_upper_bound(Index d) const {
    return thinned(omega_bound<S>(unbiased, d));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_probability(p);
    return worst_case_of<S>(unbiased, d);
  }

  template <Field S>
  requires(StatesDensity<Q, S>) [[nodiscard]] S density(Index d) const {
    require_probability(p);
    return S(p.value<S>() * unbiased.template density<S>(d));
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return 1 + unbiased.message_bits(d, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return 1 + (message ? unbiased.bits(*message, d, scalar_bits) : 0);
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    out.put(message ? 1 : 0, 1);
    if (message) unbiased.write(*message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    if (in.get(1) == 0) return std::nullopt;
    return unbiased.template read<S>(d, in);
  }

 private:
  template <Field S>
  [[nodiscard]] S thinned(const S& omega) const {
    require_probability(p);
    return S((S(1) + omega) * ratio<S>(p.denominator, p.numerator) - S(1));
  }
};

}  // namespace touchstone::inline v0
