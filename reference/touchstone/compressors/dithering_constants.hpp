#pragma once
/// \file
/// omega(d) of random dithering with s levels and norm index q, and where it is attained.
///
///     q = 2     sqrt(d)/s - 1                   if 4 s^2 <= d or s = 1: attained at the flat vector
///               d / (4 s^2)                     otherwise: attained iff 4 s^2 is a sum of d odd squares, there
///     q = inf   (sqrt(1 + (d-1)/s^2) - 1) / 2   attained at (1, t, ..., t), t = 1 / (2s (1 + omega))
///     q = 1     d/s - 1                         if 3 s <= 2 d: attained at the flat vector
///               min(d/s, d^2 / (4 s^2))         otherwise: attained at the flat vector if 2s/d is odd
///
/// For q = 2 the least constant is
///
///     omega* = max over n of (d/4 - (sqrt(n)/2 - s)^2) / s^2,      n the sums of d odd squares
///
/// because E|Q(x) - x|^2 is the maximum over the odd vectors M of a linear form in |x|; n = d, d + 8, d + 16, ... for
/// d >= 3 (Gauss: three triangular numbers). The n next to 4 s^2 give the maximum.
///
/// Source     derived; min(d/s^2, sqrt(d)/s) for q = 2 is the literature's and never attained

#include <algorithm>
#include <optional>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/level_message.hpp"
#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

/// d odd numbers in descending order, at most `largest` (odd), whose squares sum to n; nothing if there are none.
[[nodiscard]] inline std::optional<Indices> odd_squares(Index n, Index d, Index largest) {
  if (d == 0) return n == 0 ? std::optional<Indices>(Indices{}) : std::nullopt;
  if (n < d || (n - d) % 8 != 0) return std::nullopt;  // an odd square is 1 modulo 8
  if (n == d) return Indices(static_cast<std::size_t>(d), 1);
  while (largest > 1 && largest * largest > n - (d - 1)) largest -= 2;
  for (Index m = largest; m >= 1 && d * m * m >= n; m -= 2)
    if (std::optional<Indices> rest = odd_squares(n - m * m, d - 1, m)) {
      rest->insert(rest->begin(), m);
      return rest;
    }
  return std::nullopt;
}

/// Whether omega is sqrt(d)/s - 1.
[[nodiscard]] inline bool few_levels(Index s, Index d) {
  return s == 1 || 4 * s * s <= d;
}

inline void require_dithering(Index s, Index d) {
  require_level_count(s);
  require_dimension(d);
}

/// The radicand of omega's square root; 0 where there is none.
template <Field S>
[[nodiscard]] S dithering_radicand(NormIndex q, Index s, Index d) {
  if (q == NormIndex::two) return few_levels(s, d) ? integer<S>(d) : S(0);
  return q == NormIndex::infinity ? S(S(1) + ratio<S>(d - 1, s * s)) : S(0);
}

/// omega, given that square root or a bound of it.
template <Field S>
[[nodiscard]] S dithering_omega_from(NormIndex q, Index s, Index d, const S& root) {
  if (q == NormIndex::infinity) return S((root - S(1)) / integer<S>(2));
  const S squares = integer<S>(4 * s) * integer<S>(s);
  if (q == NormIndex::two) return few_levels(s, d) ? S(root / integer<S>(s) - S(1)) : S(integer<S>(d) / squares);
  if (3 * s <= 2 * d) return S(ratio<S>(d, s) - S(1));
  return d <= 4 * s ? S(integer<S>(d) * integer<S>(d) / squares) : ratio<S>(d, s);
}

/// Throws precondition_error where S does not hold the square root.
template <Field S>
[[nodiscard]] S dithering_omega(NormIndex q, Index s, Index d) {
  require_dithering(s, d);
  return dithering_omega_from(q, s, d, square_root(dithering_radicand<S>(q, s, d)));
}

/// Exact, without the irrational roots, of which it has bounds.
template <class S>
concept BoundsSquareRoots = OrderedField<S> && requires(const S& x) {
  { Operations<S>::square_root_upper_bound(x, 64U) } -> std::same_as<S>;
};

/// The root is rounded up by at most 2^-63; not at all where it is rational.
template <BoundsSquareRoots S>
[[nodiscard]] S dithering_omega_upper_bound(NormIndex q, Index s, Index d) {
  require_dithering(s, d);
  const S radicand = dithering_radicand<S>(q, s, d);
  const std::optional<S> root = square_root_if_any(radicand);
  return dithering_omega_from(q, s, d, root ? *root : Operations<S>::square_root_upper_bound(radicand, 64));
}

/// None where no vector attains omega, and for q = infinity where S does not hold t.
template <Field S>
[[nodiscard]] std::optional<Vector<S>> dithering_worst_case(NormIndex q, Index s, Index d) {
  require_dithering(s, d);
  if (q == NormIndex::infinity) {
    const std::optional<S> root = square_root_if_any(dithering_radicand<S>(q, s, d));
    if (!root) return std::nullopt;
    const S omega = dithering_omega_from(q, s, d, *root);
    Vector<S> x = Vector<S>::Constant(d, S(S(1) / (integer<S>(2 * s) * (S(1) + omega))));
    x[0] = S(1);
    return x;
  }
  if (q == NormIndex::one) {
    const bool halves = 2 * s % d == 0 && 2 * s / d % 2 == 1;
    return 3 * s <= 2 * d || halves ? std::optional<Vector<S>>(flat_vector<S>(d)) : std::nullopt;
  }
  if (few_levels(s, d)) return flat_vector<S>(d);
  const std::optional<Indices> odd = odd_squares(4 * s * s, d, 2 * s - 1);
  if (!odd) return std::nullopt;
  Vector<S> x(d);
  for (Index i = 0; i < d; ++i) x[i] = integer<S>((*odd)[static_cast<std::size_t>(i)]);
  return x;
}

/// The one or two numbers of which omega*, the least constant for q = 2, is the maximum. Throws precondition_error
/// where S does not hold their square roots.
template <Field S>
[[nodiscard]] std::vector<S> qsgd_exact_omega_bounds(Index s, Index d) {
  require_dithering(s, d);
  const auto is_sum = [s, d](Index n) { return odd_squares(n, d, 2 * s + 1).has_value(); };
  std::vector<Index> neighbours;  // the sums of d odd squares next to 4 s^2 from below and from above
  Index n = 4 * s * s - ((4 * s * s - d) % 8 + 8) % 8;
  while (n >= d && !is_sum(n)) n -= 8;
  if (n >= d) neighbours.push_back(n);
  for (n = std::max(n + 8, d); !is_sum(n);) n += 8;
  neighbours.push_back(n);
  std::vector<S> bounds;
  for (const Index sum : neighbours) {
    const S distance = S(square_root(integer<S>(sum)) / integer<S>(2) - integer<S>(s));
    bounds.push_back(S((ratio<S>(d, 4) - distance * distance) / (integer<S>(s) * integer<S>(s))));
  }
  return bounds;
}

/// min(d/s^2, sqrt(d)/s), for q = 2.
template <Field S>
[[nodiscard]] S qsgd_omega_literature(Index s, Index d) {
  require_dithering(s, d);
  if (d <= s * s) return ratio<S>(d, s * s);
  return S(square_root(integer<S>(d)) / integer<S>(s));
}

}  // namespace touchstone::inline v0
