#pragma once
/// \file
/// A compressor chosen at run time from a fixed list. States what all of the list state.

#include <variant>

#include "touchstone/compressors/compressor.hpp"

namespace touchstone::inline v0 {

template <class C, class S>
concept StatesOmega = requires(const C& c, Index d) {
  c.template omega<S>(d);
};
template <class C, class S>
concept StatesDelta = requires(const C& c, Index d) {
  c.template delta<S>(d);
};

template <class... Compressors>
struct Selected {
  static constexpr bool linear = (Compressors::linear && ...);
  static constexpr bool odd = (Compressors::odd && ...);
  static constexpr bool homogeneous = (Compressors::homogeneous && ...);
  static constexpr bool two_homogeneous = (Compressors::two_homogeneous && ...);
  static constexpr bool deterministic = (Compressors::deterministic && ...);
  static constexpr bool attained_everywhere = (Compressors::attained_everywhere && ...);
  std::variant<Compressors...> chosen;

  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return std::visit([&](const auto& c) { return c.compress(x, random); }, chosen);
  }

  template <Field S>
  requires(StatesOmega<Compressors, S>&&...) [[nodiscard]] S omega(Index d) const {
    return std::visit([&](const auto& c) { return c.template omega<S>(d); }, chosen);
  }

  /// Rounded up where it is irrational.
  template <OrderedField S>
  requires is_exact<S> &&(StatesOmega<Compressors, S>&&...) [[nodiscard]] S omega_upper_bound(Index d) const {
    return std::visit([&](const auto& c) { return omega_bound<S>(c, d); }, chosen);
  }

  template <Field S>
  requires(StatesDelta<Compressors, S>&&...) [[nodiscard]] S delta(Index d) const {
    return std::visit([&](const auto& c) { return c.template delta<S>(d); }, chosen);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return std::visit([&](const auto& c) { return c.message_bits(d, scalar_bits); }, chosen);
  }

  template <class C>
  [[nodiscard]] bool is() const {
    return std::holds_alternative<C>(chosen);
  }
};

}  // namespace touchstone::inline v0
