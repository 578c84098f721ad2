#pragma once
/// \file
/// Bernoulli (lazy) compression: send everything, or nothing.
///
///     Q(x) = x/p with probability p, 0 otherwise
///
/// Contract   unbiased, E|Q(x) - x|^2 = omega |x|^2 with omega = 1/p - 1: an equality for every x
/// Flags      linear, odd, homogeneous
/// Draws      bernoulli(p)
/// Sends      a bit; if it is one, d scalars: 1 + d B bits at most
/// Density    p d
/// Source     literature (lazy compression)

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/numbers/fraction.hpp"

namespace touchstone::inline v0 {

/// Everything or nothing.
template <Field S>
struct LazyMessage {
  bool sent = false;
  std::vector<S> values;  ///< all d of them, or none
  bool operator==(const LazyMessage&) const = default;
};

struct Bernoulli {
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
    const S scale = ratio<S>(p.denominator, p.numerator);
    for (Index i = 0; i < x.size(); ++i) m.values.push_back(positive_zero(S(scale * x[i])));
    return m;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LazyMessage<S>& message, Index d) const {
    Vector<S> x = Vector<S>::Zero(d);
    for (std::size_t i = 0; i < message.values.size(); ++i) x[static_cast<Index>(i)] = message.values[i];
    return x;
  }

  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index /*d*/) const {
    require_probability(p);
    return S(ratio<S>(p.denominator, p.numerator) - S(1));
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

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return 1 + d * scalar_bits; }

  template <Field S>
  [[nodiscard]] Index bits(const LazyMessage<S>& message, Index d, Index scalar_bits) const {
    return message.sent ? message_bits(d, scalar_bits) : 1;
  }

  template <WireScalar S>
  void write(const LazyMessage<S>& message, Index /*d*/, BitWriter& out) const {
    out.put(message.sent ? 1 : 0, 1);
    for (const S& value : message.values) put_scalar(value, out);
  }

  template <WireScalar S>
  [[nodiscard]] LazyMessage<S> read(Index d, BitReader& in) const {
    LazyMessage<S> message{in.get(1) == 1, {}};
    for (Index i = 0; message.sent && i < d; ++i) message.values.push_back(get_scalar<S>(in));
    return message;
  }
};

}  // namespace touchstone::inline v0
