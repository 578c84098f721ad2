#pragma once
/// \file
/// A convex combination of contractive compressors.
///
///     C(x) = sum over j of lambda_j C_j(x),      lambda_j = w_j / sum of w
///
/// Contract   contractive with the sum of lambda_j delta_j: |.|^2 is convex. Attained where C_1's is if there is no other
/// Flags      what all have; attained_everywhere for a single one only
/// Draws      for j = 1..m: those of C_j
/// Sends      for j = 1..m: what C_j sends
/// Source     derived. The C_j may be dependent; here their choices are independent

#include "touchstone/compressors/combinator.hpp"

namespace touchstone::inline v0 {

template <Contractive... Parts>
requires(sizeof...(Parts) >= 1) struct ConvexCombination {
  static constexpr bool linear = (Parts::linear && ...);
  static constexpr bool odd = (Parts::odd && ...);
  static constexpr bool homogeneous = (Parts::homogeneous && ...);
  static constexpr bool two_homogeneous = (Parts::two_homogeneous && ...);
  static constexpr bool deterministic = (Parts::deterministic && ...);
  static constexpr bool attained_everywhere = sizeof...(Parts) == 1 && (Parts::attained_everywhere && ...);

  std::array<Index, sizeof...(Parts)> weights;  ///< w_j >= 1
  std::tuple<Parts...> parts;

  template <Field S>
  using Message = std::tuple<typename Parts::template Message<S>...>;

  /// Throws precondition_error unless all weights are positive, and for what a part refuses.
  template <Field S, Randomness<S> R>
  requires((SendsMessages<Parts, S, R> && ...))
      [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_parameters<S>(x.size());
    return std::apply([&](const Parts&... part) { return Message<S>{part.message(x, random)...}; }, parts);
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const Message<S>& message, Index d) const {
    Vector<S> sum = Vector<S>::Zero(d);
    for_each_part([&](const auto& part, auto j) {
      sum += scaled_by(lambda<S>(j), part.reconstruct(std::get<j>(message), d));
    });
    return sum;
  }

  template <Field S, Randomness<S> R>
  requires((SendsMessages<Parts, S, R> && ...))
      [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    require_weights();
    S sum(0);
    for_each_part([&](const auto& part, auto j) { sum += lambda<S>(j) * part.template delta<S>(d); });
    return sum;
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_parameters<S>(d);
    if (sizeof...(Parts) > 1) return std::nullopt;
    return worst_case_of<S>(std::get<0>(parts), d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const {
    return std::apply([&](const Parts&... part) { return (part.message_bits(d, scalar_bits) + ...); }, parts);
  }

  template <Field S>
  [[nodiscard]] Index bits(const Message<S>& message, Index d, Index scalar_bits) const {
    Index sum = 0;
    for_each_part([&](const auto& part, auto j) { sum += part.bits(std::get<j>(message), d, scalar_bits); });
    return sum;
  }

  template <WireScalar S>
  void write(const Message<S>& message, Index d, BitWriter& out) const {
    for_each_part([&](const auto& part, auto j) { part.write(std::get<j>(message), d, out); });
  }

  template <WireScalar S>
  [[nodiscard]] Message<S> read(Index d, BitReader& in) const {
    return std::apply([&](const Parts&... part) { return Message<S>{part.template read<S>(d, in)...}; }, parts);
  }

 private:
  void require_weights() const {
    for (const Index w : weights) require(w >= 1, "a convex combination needs weights w >= 1", w);
  }

  template <Field S>
  void require_parameters(Index d) const {
    require_weights();
    for_each_part([d](const auto& part, auto) { require_fits<S>(part, d); });
  }

  template <Field S>
  [[nodiscard]] S lambda(std::size_t j) const {
    return ratio<S>(weights[j], std::accumulate(weights.begin(), weights.end(), Index{0}));
  }

  /// visit(C_j, j) with j as a constant of the compiler
  template <class Visit>
  void for_each_part(const Visit& visit) const {
    [&]<std::size_t... j>(std::index_sequence<j...>) {
      (visit(std::get<j>(parts), std::integral_constant<std::size_t, j>{}), ...);
    }
    (std::index_sequence_for<Parts...>{});
  }
};

}  // namespace touchstone::inline v0
