#pragma once
/// \file
/// One of several compressors, chosen when it is made: what blocks of different kinds have for a type.
///
///     x -> Q(x),      Q one of Q_1, ..., Q_m, held
///
/// Contract   that of the one held; all are unbiased, or all are contractive
/// Flags      what all of them have
/// Draws      those of the one held
/// Sends      what the one held sends; the receiver knows which it is
/// Density    that of the one held
/// Source     derived

#include <variant>

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Part... Parts>
requires(sizeof...(Parts) >= 1 && ((Unbiased<Parts> && ...) || (Contractive<Parts> && ...))) struct OneOf {
  static constexpr bool linear = (Parts::linear && ...);
  static constexpr bool odd = (Parts::odd && ...);
  static constexpr bool homogeneous = (Parts::homogeneous && ...);
  static constexpr bool two_homogeneous = (Parts::two_homogeneous && ...);
  static constexpr bool deterministic = (Parts::deterministic && ...);
  static constexpr bool attained_everywhere = (Parts::attained_everywhere && ...);

  std::variant<Parts...> part;

  /// Of the same place as the part.
  template <Field S>
  using Message = std::variant<typename Parts::template Message<S>...>;

  template <Field S, Randomness<S> R>
  requires((SendsMessages<Parts, S, R> && ...))
      [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    return visit_held(
        [&](const auto& held, auto i) { return Message<S>(std::in_place_index<i>, held.message(x, random)); });
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    return visit_held(
        [&](const auto& held, auto i) -> Vector<S> { return held.reconstruct(std::get<i>(message), d); });
  }

  template <Field S, Randomness<S> R>
  requires((SendsMessages<Parts, S, R> && ...))
      [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  requires((Unbiased<Parts> && ...)) [[nodiscard]] S omega(Index d) const {
    return visit_held([&](const auto& held, auto) -> S { return held.template omega<S>(d); });
  }

  template <Field S>
  requires((Unbiased<Parts> && ...) && (BoundsOmega<Parts, S> || ...)) [[nodiscard]] S
      omega_upper_bound(Index d) const {
    return visit_held([&](const auto& held, auto) -> S { return omega_bound<S>(held, d); });
  }

  template <Field S>
  requires((Contractive<Parts> && ...)) [[nodiscard]] S delta(Index d) const {
    return visit_held([&](const auto& held, auto) -> S { return held.template delta<S>(d); });
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return visit_held([&](const auto& held, auto) { return worst_case_of<S>(held, d); });
  }

  template <Field S>
  requires((StatesDensity<Parts, S> && ...)) [[nodiscard]] S density(Index d) const {
    return visit_held([&](const auto& held, auto) -> S { return held.template density<S>(d); });
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return visit_held([&](const auto& held, auto) { return held.message_bits(d, scalar_bits); });
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    return visit_held([&](const auto& held, auto i) { return held.bits(std::get<i>(message), d, scalar_bits); });
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    visit_held([&](const auto& held, auto i) { held.write(std::get<i>(message), d, out); });
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    return visit_held(
        [&](const auto& held, auto i) { return Message<S>(std::in_place_index<i>, held.template read<S>(d, in)); });
  }

 private:
  /// visit(the part held, its place)
  template <std::size_t i = 0, class Visit>
  [[nodiscard]] auto visit_held(const Visit& visit) const {
    if constexpr (i + 1 < sizeof...(Parts))
      if (part.index() != i) return visit_held<i + 1>(visit);
    return visit(std::get<i>(part), std::integral_constant<std::size_t, i>{});
  }
};

}  // namespace touchstone::inline v0
