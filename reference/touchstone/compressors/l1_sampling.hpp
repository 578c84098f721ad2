#pragma once
/// \file
/// l1 sampling: one coordinate, with probability proportional to its magnitude.
///
///     Q(x) = |x|_1 sign(x_i) e_i with probability |x_i| / |x|_1
///
/// Contract   unbiased, E|Q(x) - x|^2 = |x|_1^2 - |x|^2; omega = d - 1, attained where all |x_i| are equal
/// Flags      odd, homogeneous
/// Draws      pick(|x_i| / |x|_1); nothing for x = 0
/// Sends      |x|_1, a sign and an index: B + 1 + ceil(log2 d) bits, always; zeros for x = 0
/// Density    1
/// Source     literature

#include <cmath>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

/// norm * (-1)^negative * e_index; norm = 0 for the vector 0.
template <Field S>
struct OneCoordinateMessage {
  S norm = S(0);
  bool negative = false;
  Index index = 0;
  bool operator==(const OneCoordinateMessage&) const = default;
};

struct L1Sampling {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  template <Field S>
  using Message = OneCoordinateMessage<S>;

  /// Throws precondition_error unless all coordinates and their sum are finite.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    const S norm = touchstone::norm(x, NormIndex::one).value;
    require(is_finite(norm), "l1 sampling needs a finite sum of magnitudes", norm);
    if (decided_equal(norm, S(0))) return {S(0), false, 0};
    std::vector<S> p;
    for (Index i = 0; i < x.size(); ++i) p.push_back(S(magnitude(x[i]) / norm));
    const Index i = random.pick(p);
    return {norm, decided_less(x[i], S(0)), i};
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const OneCoordinateMessage<S>& message, Index d) const {
    Vector<S> x = Vector<S>::Zero(d);
    x[message.index] = message.negative ? S(-message.norm) : message.norm;
    return x;
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_dimension(d);
    return integer<S>(d - 1);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return flat_vector<S>(d);
  }

  template <Field S>
  [[nodiscard]] S density(Index /*d*/) const {
    return S(1);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return scalar_bits + 1 + index_bits(d); }

  template <Field S>
  [[nodiscard]] Index bits(const OneCoordinateMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const OneCoordinateMessage<S>& message, Index d, BitWriter& out) const {
    put_scalar(message.norm, out);
    out.put(message.negative ? 1 : 0, 1);
    put_index(message.index, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] OneCoordinateMessage<S> read(Index d, BitReader& in) const {
    const S norm = get_norm<S>(in);
    const bool negative = in.get(1) == 1;
    const Index index = get_index(d, in);
    require(norm > 0 || (!negative && index == 0), "the message of the vector 0 is all zeros (sign, index)",
            negative, index);
    return {norm, negative, index};
  }
};

}  // namespace touchstone::inline v0
