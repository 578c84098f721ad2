#pragma once
/// \file
/// Compressors made of compressors: what they ask of their parts.
///
/// The parts draw one after another, from the same randomness, so their choices are independent. A combinator refuses NaN,
/// infinity, d = 0 and parameters out of range, its own and its parts', before anything is drawn. Finite numbers that a part
/// does not take (|x|_1 that overflows, no power of b nearby) the part refuses when it is its turn.
///
///     Scaled                Q(x) / (1 + omega)              U(omega) -> C(1/(1+omega))                      G2
///     Composed              Q(C(x)) / (1 + omega)           C(delta), U(omega) -> C(delta/(1+omega))        G3
///     ComposedOnKept        the same, Q on the K coordinates that C keeps                                   G3
///     ComposedUnbiased      Q1(Q2(x))                       U(omega1), U(omega2) -> U((1+omega1)(1+omega2)-1) G4
///     Induced               C(x) + Q(x - C(x))              C(delta), U(omega) -> U(omega (1-delta))        G5
///     Participation         Q(x)/p with probability p       U(omega) -> U((1+omega)/p - 1)                  G6
///     Block                 each block has its compressor   max omega, min delta                            G7
///     Averaged              (1/n) sum of n copies           U(omega) -> U(omega/n)                          G8
///     OneOf                 Q_j(x), j held                  that of Q_j
///     ConvexCombination     sum of lambda_j C_j(x)          C(delta_j) -> C(sum of lambda_j delta_j)        G9
///
/// Contractive after contractive is not contractive in general, and does not compile.

#include <array>
#include <numeric>
#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"

namespace touchstone::inline v0 {

/// States omega(d), over double and so over every field that holds it.
template <class C>
concept Unbiased = CompressorFlags<C> && requires(const C& c, Index d) {
  { c.template omega<double>(d) } -> std::same_as<double>;
};

/// States delta(d).
template <class C>
concept Contractive = CompressorFlags<C> && requires(const C& c, Index d) {
  { c.template delta<double>(d) } -> std::same_as<double>;
};

/// A part of a combinator.
template <class C>
concept Part = Unbiased<C> || Contractive<C>;

template <class C, class S>
concept BoundsOmega = requires(const C& c, Index d) {
  { c.template omega_upper_bound<S>(d) } -> std::same_as<S>;
};

template <class C, class S>
concept StatesDensity = requires(const C& c, Index d) {
  { c.template density<S>(d) } -> std::same_as<S>;
};

/// Throws precondition_error where the parameters of a part do not fit d: its constant is then not stated.
template <Field S, Part C>
void require_fits(const C& part, Index d) {
  if constexpr (Contractive<C>)
    static_cast<void>(part.template delta<S>(d));
  else
    static_cast<void>(omega_bound<S>(part, d));
}

/// Whether omega_bound(d) is omega(d): false where S does not hold an irrational omega.
template <Field S, Unbiased Q>
[[nodiscard]] bool holds_omega(const Q& part, Index d) {
  require_fits<S>(part, d);
  if constexpr (BoundsOmega<Q, S>) {
    try {
      static_cast<void>(part.template omega<S>(d));
    } catch (const precondition_error&) {
      return false;
    }
  }
  return true;
}

template <Field S, Part C>
[[nodiscard]] std::optional<Vector<S>> worst_case_of(const C& part, Index d) {
  if constexpr (StatesWorstCase<C, S>)
    return part.template worst_case<S>(d);
  else
    return std::nullopt;
}

/// factor x, without a negative zero.
template <Field S>
[[nodiscard]] Vector<S> scaled_by(const S& factor, Vector<S> x) {
  for (Index i = 0; i < x.size(); ++i) x[i] = positive_zero(S(factor * x[i]));
  return x;
}

template <Field S>
[[nodiscard]] Vector<S> sum_of(Vector<S> x, const Vector<S>& y) {
  for (Index i = 0; i < x.size(); ++i) x[i] = positive_zero(S(x[i] + y[i]));
  return x;
}

}  // namespace touchstone::inline v0
