#pragma once
/// \file
/// How fast averaging in random groups mixes.
///
/// Theorem    Peers are split at random into R nonempty groups, by a law that does not change when peers are renamed, independent of
///            theta. Then for n >= 2
///
///            E disp(theta+) = q disp(theta),      q = (E R - 1)/(n - 1)
///
///            For i != j let b = E[1/|G| if i and j are in one group G, else 0], and a = E[1/|group of i|] = E R/n. All weights of i sum to
///            1: a + (n - 1) b = 1, and n E disp(theta+) = (a - b) n disp(theta).
///
///     fixed sizes M_1, ..., M_r                 E R = r
///     independent labels                        E R = r (1 - (1 - 1/r)^n)
///     each group aborts with phi                E R = (1 - phi) E R' + phi n,     q = (1 - phi) q' + phi
///     each peer fails with phi, others average  E R = n phi + sum_g (1 - phi^M_g)
///     each peer fails with phi, group aborts    E R = sum_g [(1 - phi)^M_g + M_g (1 - (1 - phi)^M_g)]
///     grid of M^N, peers placed at random       after t <= N rounds (M^{N-t} - 1)/(M^N - 1)
///
/// Source     derived. The slide states q = (r - 1)/n + r/n^2 as an equality: an upper bound, attained for r = n only

#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// q, n >= 2.
template <Field S>
[[nodiscard]] S mixing_factor(const S& expected_groups, const S& n) {
  return S(S(expected_groups - S(1)) / S(n - S(1)));
}

/// (r - 1)/n + r/n^2
template <Field S>
[[nodiscard]] S slide_mixing_factor(const S& r, const S& n) {
  return S(S(r - S(1)) / n + r / S(n * n));
}

template <Field S>
[[nodiscard]] S nth_power(const S& base, Index exponent) {
  S product(1);
  for (Index k = 0; k < exponent; ++k) product *= base;
  return product;
}

template <Field S>
[[nodiscard]] S expected_labels(Index r, Index n) {
  return S(integer<S>(r) * S(S(1) - nth_power(S(S(1) - ratio<S>(1, r)), n)));
}

template <Field S>
[[nodiscard]] S expected_groups_where_groups_abort(const S& expected_groups, const S& n, const S& phi) {
  return S(S(S(1) - phi) * expected_groups + phi * n);
}

/// Failed peers are groups of their own.
template <Field S>
[[nodiscard]] S expected_groups_of_survivors(const Indices& sizes, const S& phi) {
  S sum(0);
  for (const Index size : sizes) sum += integer<S>(size) * phi + S(1) - nth_power(phi, size);
  return sum;
}

template <Field S>
[[nodiscard]] S expected_groups_where_members_abort(const Indices& sizes, const S& phi) {
  S sum(0);
  for (const Index size : sizes) {
    const S complete = nth_power(S(S(1) - phi), size);
    sum += complete + integer<S>(size) * S(S(1) - complete);
  }
  return sum;
}

/// 0 <= t <= N
template <Field S>
[[nodiscard]] S grid_mixing_factor(Index M, Index N, Index t) {
  const S M_S = integer<S>(M);
  return S(S(nth_power(M_S, N - t) - S(1)) / S(nth_power(M_S, N) - S(1)));
}

}  // namespace touchstone::inline v0
