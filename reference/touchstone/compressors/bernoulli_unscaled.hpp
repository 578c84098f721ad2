#pragma once
/// \file
/// Bernoulli (lazy) compression without the factor 1/p: send everything, or nothing. Biased.
///
///     C(x) = x with probability p, 0 otherwise
///
/// Contract   contractive, E|C(x) - x|^2 = (1 - delta) |x|^2 with delta = p: an equality for every x
/// Flags      linear, odd, homogeneous
/// Draws      bernoulli(p)
/// Sends      a bit; if it is one, d scalars: 1 + d B bits at most
/// Density    p d
/// Source     literature (lazy compression)

#include "touchstone/compressors/bernoulli.hpp"

namespace touchstone::inline v0 {

struct BernoulliUnscaled {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = true;

  Fraction p;  ///< probability of sending, 0 < p <= 1

  template <Field S>
  using Message = LazyMessage<S>;

  /// Throws precondition_error unless 0 < p <= 1 and all coordinates are finite.
  template <Field S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_probability(p);
    Message<S> m{random.bernoulli(p.value<S>()), {}};
    if (!m.sent) return m;
    for (Index i = 0; i < x.size(); ++i) m.values.push_back(positive_zero(x[i]));
    return m;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LazyMessage<S>& message, Index d) const {
    return Bernoulli{p}.reconstruct(message, d);
  }

  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    require_probability(p);
    require_dimension(d);
    return p.value<S>();
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return flat_vector<S>(d);
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_probability(p);
    return S(p.value<S>() * integer<S>(d));
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return Bernoulli{p}.message_bits(d, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const LazyMessage<S>& message, Index d, Index scalar_bits) const {
    return Bernoulli{p}.bits(message, d, scalar_bits);
  }

  template <WireScalar S>
  void write(const LazyMessage<S>& message, Index d, BitWriter& out) const {
    Bernoulli{p}.write(message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] LazyMessage<S> read(Index d, BitReader& in) const {
    return Bernoulli{p}.read<S>(d, in);
  }
};

}  // namespace touchstone::inline v0
