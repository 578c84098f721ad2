#pragma once
/// \file
/// The average of n independent copies of an unbiased compressor, of one input.
///
///     x -> (1/n) sum over j of Q_j(x)
///
/// Contract   unbiased with omega/n, an equality where Q's is
/// Flags      those of Q
/// Draws      n times those of Q
/// Sends      n times what Q sends
/// Source     literature

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Unbiased Q>
struct Averaged {
  static constexpr bool linear = Q::linear;
  static constexpr bool odd = Q::odd;
  static constexpr bool homogeneous = Q::homogeneous;
  static constexpr bool two_homogeneous = Q::two_homogeneous;
  static constexpr bool deterministic = Q::deterministic;
  static constexpr bool attained_everywhere = Q::attained_everywhere;

  Index n;  ///< copies, n >= 1
  Q unbiased;

  template <Field S>
  using Message = std::vector<typename Q::template Message<S>>;

  /// Throws precondition_error unless n >= 1 and for what Q refuses.
  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_copies();
    Message<S> copies;
    for (Index j = 0; j < n; ++j) copies.push_back(unbiased.message(x, random));
    return copies;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    Vector<S> sum = Vector<S>::Zero(d);
    for (const auto& copy : message) sum += unbiased.reconstruct(copy, d);
    return scaled_by(ratio<S>(1, n), std::move(sum));
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_copies();
    return S(unbiased.template omega<S>(d) / integer<S>(n));
  }

  template <Field S>
  requires(BoundsOmega<Q, S>) [[nodiscard]] S omega_upper_bound(Index d) const {
    require_copies();
    return S(omega_bound<S>(unbiased, d) / integer<S>(n));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_copies();
    return worst_case_of<S>(unbiased, d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return n * unbiased.message_bits(d, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    Index sum = 0;
    for (const auto& copy : message) sum += unbiased.bits(copy, d, scalar_bits);
    return sum;
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    for (const auto& copy : message) unbiased.write(copy, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    Message<S> copies;
    for (Index j = 0; j < n; ++j) copies.push_back(unbiased.template read<S>(d, in));
    return copies;
  }

 private:
  void require_copies() const { require(n >= 1, "an average needs n >= 1 copies", n); }
};

}  // namespace touchstone::inline v0
