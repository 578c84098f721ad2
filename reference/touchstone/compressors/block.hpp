#pragma once
/// \file
/// Blocks: consecutive coordinates, each block compressed by itself, all by compressors of one type; OneOf is one for blocks
/// of different kinds.
///
///     x = (x_1, ..., x_B) -> (Q_1(x_1), ..., Q_B(x_B))
///
/// Contract   unbiased with the largest omega_b if the parts are, contractive with the least delta_b if they are. Attained
///            by a vector that is zero but for the worst block
/// Flags      those of the parts; attained_everywhere would need equal constants and is not promised
/// Draws      for b = 1..B: those of Q_b
/// Sends      for b = 1..B: what Q_b sends
/// Density    the sum of the blocks'
/// Source     derived

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Part Q>
struct Block {
  static constexpr bool linear = Q::linear;
  static constexpr bool odd = Q::odd;
  static constexpr bool homogeneous = Q::homogeneous;
  static constexpr bool two_homogeneous = Q::two_homogeneous;
  static constexpr bool deterministic = Q::deterministic;
  static constexpr bool attained_everywhere = false;

  std::vector<Index> sizes;  ///< of the blocks, each >= 1
  std::vector<Q> parts;      ///< one for each block

  template <Field S>
  using Message = std::vector<typename Q::template Message<S>>;

  /// Throws precondition_error unless the sizes sum to d, and for what a part refuses.
  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_parameters<S>(x.size());
    Message<S> messages;
    for_each_block([&](const Q& part, Index start, Index size) {
      messages.push_back(part.message(Vector<S>(x.segment(start, size)), random));
    });
    return messages;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    Vector<S> x(d);
    auto next = message.begin();
    for_each_block(
        [&](const Q& part, Index start, Index size) { x.segment(start, size) = part.reconstruct(*next++, size); });
    return x;
  }

  template <Field S, Randomness<S> R>
  requires(SendsMessages<Q, S, R>) [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  /// The omega_b, of which omega is the largest.
  template <Field S>
  requires(Unbiased<Q>) [[nodiscard]] std::vector<S> omegas(Index d) const {
    require_parameters<S>(d);
    return of_blocks<S>([](const Q& part, Index size) { return part.template omega<S>(size); });
  }

  template <DecidingField S>
  requires(Unbiased<Q>) [[nodiscard]] S omega(Index d) const {
    const std::vector<S> all = omegas<S>(d);
    return all[largest_at(all)];
  }

  template <DecidingField S>
  requires(Unbiased<Q>&& BoundsOmega<Q, S>) [[nodiscard]] S omega_upper_bound(Index d) const {
    require_parameters<S>(d);
    const std::vector<S> all = of_blocks<S>([](const Q& part, Index size) { return omega_bound<S>(part, size); });
    return all[largest_at(all)];
  }

  /// The delta_b, of which delta is the least.
  template <Field S>
  requires(Contractive<Q>) [[nodiscard]] std::vector<S> deltas(Index d) const {
    require_parameters<S>(d);
    return of_blocks<S>([](const Q& part, Index size) { return part.template delta<S>(size); });
  }

  template <DecidingField S>
  requires(Contractive<Q>) [[nodiscard]] S delta(Index d) const {
    const std::vector<S> all = deltas<S>(d);
    return all[least_at(all)];
  }

  template <DecidingField S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_parameters<S>(d);
    std::size_t worst = 0;
    if constexpr (Unbiased<Q>) {
      for (std::size_t b = 0; b < sizes.size(); ++b)
        if (!holds_omega<S>(parts[b], sizes[b])) return std::nullopt;
      worst = largest_at(omegas<S>(d));
    } else {
      worst = least_at(deltas<S>(d));
    }
    const std::optional<Vector<S>> of_part = worst_case_of<S>(parts[worst], sizes[worst]);
    if (!of_part) return std::nullopt;
    Vector<S> x = Vector<S>::Zero(d);
    x.segment(std::accumulate(sizes.begin(), sizes.begin() + static_cast<std::ptrdiff_t>(worst), Index{0}),
              sizes[worst]) = *of_part;
    return x;
  }

  template <Field S>
  requires(StatesDensity<Q, S>) [[nodiscard]] S density(Index d) const {
    require_parameters<S>(d);
    S sum(0);
    for_each_block([&](const Q& part, Index, Index size) { sum += part.template density<S>(size); });
    return sum;
  }

  [[nodiscard]] Index message_bits(Index /*d*/, Index scalar_bits) const {
    Index sum = 0;
    for_each_block([&](const Q& part, Index, Index size) { sum += part.message_bits(size, scalar_bits); });
    return sum;
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index /*d*/, Index scalar_bits) const {
    Index sum = 0;
    auto next = message.begin();
    for_each_block([&](const Q& part, Index, Index size) { sum += part.bits(*next++, size, scalar_bits); });
    return sum;
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index /*d*/, BitWriter& out) const {
    auto next = message.begin();
    for_each_block([&](const Q& part, Index, Index size) { part.write(*next++, size, out); });
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    require_parameters<S>(d);
    Message<S> messages;
    for_each_block([&](const Q& part, Index, Index size) { messages.push_back(part.template read<S>(size, in)); });
    return messages;
  }

 private:
  template <Field S>
  void require_parameters(Index d) const {
    require(!sizes.empty() && sizes.size() == parts.size(),
            "blocks need a size and a compressor each (sizes, compressors)", sizes.size(), parts.size());
    for (const Index size : sizes) require(size >= 1, "a block has at least one coordinate", size);
    const Index sum = std::accumulate(sizes.begin(), sizes.end(), Index{0});
    require(sum == d, "the sizes of the blocks sum to d (sum, d)", sum, d);
    for (std::size_t b = 0; b < sizes.size(); ++b) require_fits<S>(parts[b], sizes[b]);
  }

  /// visit(compressor, first coordinate, size)
  template <class Visit>
  void for_each_block(const Visit& visit) const {
    Index start = 0;
    for (std::size_t b = 0; b < sizes.size(); start += sizes[b++]) visit(parts[b], start, sizes[b]);
  }

  template <Field S, class Constant>
  [[nodiscard]] std::vector<S> of_blocks(const Constant& constant) const {
    std::vector<S> all;
    for (std::size_t b = 0; b < sizes.size(); ++b) all.push_back(constant(parts[b], sizes[b]));
    return all;
  }

  /// The first of the largest.
  template <DecidingField S>
  static std::size_t largest_at(const std::vector<S>& all) {
    std::size_t at = 0;
    for (std::size_t b = 1; b < all.size(); ++b)
      if (decided_less(all[at], all[b])) at = b;
    return at;
  }
  template <DecidingField S>
  static std::size_t least_at(const std::vector<S>& all) {
    std::size_t at = 0;
    for (std::size_t b = 1; b < all.size(); ++b)
      if (decided_less(all[b], all[at])) at = b;
    return at;
  }
};

}  // namespace touchstone::inline v0
