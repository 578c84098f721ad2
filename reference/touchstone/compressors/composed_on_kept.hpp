#pragma once
/// \file
/// A sparsifier, then a quantiser for the K coordinates that are kept.
///
///     x -> sum over j of q_j e_(i_j) / (1 + omega),      q = Q(x_(i_1), ..., x_(i_K)),  i_1 < ... < i_K kept by C
///
/// Contract   contractive with delta(C)/(1 + omega), omega that of Q in dimension K; biased. Attained where C's is if Q's is
///            everywhere, and at t (1, ..., 1) if that is where both are
/// Flags      what both have
/// Draws      those of C, then those of Q
/// Sends      the K indices, then what Q sends of K coordinates: K ceil(log2 d) bits more
/// Density    that of Q in dimension K
/// Numbers    where S does not hold an irrational omega, a bound of it, rounded up, takes its place, in delta as well
/// Source     derived

#include "touchstone/compressors/combinator.hpp"
#include "touchstone/compressors/sparse_message.hpp"

namespace touchstone::inline v0 {

/// Sends K coordinates of x as they are.
template <class C>
concept KeepsCoordinates = Contractive<C> && requires(const C& c) {
  { c.K } -> std::convertible_to<Index>;
  requires std::same_as<typename C::template Message<double>, SparseMessage<double>>;
};

/// Which coordinates, and the message of their values.
template <class M>
struct KeptMessage {
  Indices indices;  ///< ascending
  M values;
  bool operator==(const KeptMessage&) const = default;
};

template <KeepsCoordinates C, Unbiased Q>
struct ComposedOnKept {
  static constexpr bool linear = C::linear && Q::linear;
  static constexpr bool odd = C::odd && Q::odd;
  static constexpr bool homogeneous = C::homogeneous && Q::homogeneous;
  static constexpr bool two_homogeneous = C::two_homogeneous && Q::two_homogeneous;
  static constexpr bool deterministic = C::deterministic && Q::deterministic;
  static constexpr bool attained_everywhere = C::attained_everywhere && Q::attained_everywhere;

  C contractive;
  Q unbiased;

  template <Field S>
  using Message = KeptMessage<typename Q::template Message<S>>;

  template <Field S, Randomness<S> R>
  requires(SendsMessages<C, S, R>&& SendsMessages<Q, S, R>)
      [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_fits<S>(contractive, x.size());
    require_fits<S>(unbiased, contractive.K);
    const SparseMessage<S> kept = contractive.message(x, random);
    Vector<S> values(contractive.K);
    for (Index j = 0; j < contractive.K; ++j) values[j] = kept.values[static_cast<std::size_t>(j)];
    return {kept.indices, unbiased.message(values, random)};
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    const S scale = S(S(1) / S(S(1) + omega_bound<S>(unbiased, contractive.K)));
    const Vector<S> q = scaled_by(scale, unbiased.reconstruct(message.values, contractive.K));
    Vector<S> x = Vector<S>::Zero(d);
    for (Index j = 0; j < contractive.K; ++j) x[message.indices[static_cast<std::size_t>(j)]] = q[j];
    return x;
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<C, S, R>&& SendsMessages<Q, S, R>)
      [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    const S of_C = contractive.template delta<S>(d);
    return S(of_C / S(S(1) + omega_bound<S>(unbiased, contractive.K)));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_fits<S>(contractive, d);
    if (!holds_omega<S>(unbiased, contractive.K)) return std::nullopt;
    const std::optional<Vector<S>> of_C = worst_case_of<S>(contractive, d);
    if (Q::attained_everywhere || !of_C) return of_C;
    const std::optional<Vector<S>> of_Q = worst_case_of<S>(unbiased, contractive.K);
    if (!of_Q || !C::homogeneous || !is_flat(*of_C) || !is_flat(*of_Q)) return std::nullopt;
    return Vector<S>(Vector<S>::Constant(d, (*of_Q)[0]));
  }

  template <Field S>
  requires(StatesDensity<Q, S>) [[nodiscard]] S density(Index d) const {
    require_fits<S>(contractive, d);
    return unbiased.template density<S>(contractive.K);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return contractive.K * index_bits(d) + unbiased.message_bits(contractive.K, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return contractive.K * index_bits(d) + unbiased.bits(message.values, contractive.K, scalar_bits);
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    put_indices(message.indices, d, out);
    unbiased.write(message.values, contractive.K, out);
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    require_fits<S>(contractive, d);
    Indices indices = get_indices(contractive.K, d, in);
    return {std::move(indices), unbiased.template read<S>(contractive.K, in)};
  }

 private:
  /// All coordinates are the same number, positive, and known to be.
  template <Field S>
  static bool is_flat(const Vector<S>& x) {
    if constexpr (OrderedField<S>) return x == Vector<S>::Constant(x.size(), x[0]) && S(0) < x[0];
    return false;
  }
};

}  // namespace touchstone::inline v0
