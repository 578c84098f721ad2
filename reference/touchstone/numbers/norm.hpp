#pragma once
/// \file
/// Norms of vectors in whatever way the number type allows.
///
///     double, float    rounded; scaled by a power of two where squares would overflow or underflow; never below |x_i|
///     Real, Interval   rounded, enclosed
///     Surd             exact for every rational x
///     Rational         exact where the norm is rational: (3, 4), (1, 2, 2), ...; refused otherwise

#include <cmath>
#include <optional>

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

template <DecidingField S>
[[nodiscard]] S max_norm(const Vector<S>& x) {
  S largest(0);
  for (Index i = 0; i < x.size(); ++i)
    if (const S size = magnitude(x[i]); decided_less(largest, size)) largest = size;
  return largest;
}

template <DecidingField S>
[[nodiscard]] S sum_norm(const Vector<S>& x) {
  S sum(0);
  for (Index i = 0; i < x.size(); ++i) sum += magnitude(x[i]);
  return sum;
}

/// Throws precondition_error where S does not hold the norm.
template <DecidingField S>
[[nodiscard]] S euclidean_norm(const Vector<S>& x) {
  S squares(0);
  if constexpr (std::floating_point<S>) {
    const S largest = max_norm(x);
    if (largest == S(0) || !is_finite(largest)) return largest;
    const int exponent = std::ilogb(largest);
    for (Index i = 0; i < x.size(); ++i) {
      const S scaled = std::scalbn(x[i], -exponent);
      squares += scaled * scaled;
    }
    return std::scalbn(std::sqrt(squares), exponent);
  } else {
    for (Index i = 0; i < x.size(); ++i) squares += x[i] * x[i];
    const std::optional<S> root = square_root_if_any(squares);
    require(root.has_value(), "this number type does not hold the Euclidean norm (its square); Surd does", squares);
    return *root;
  }
}

enum class NormIndex { one, two, infinity };

/// |x|_q, and a coordinate known to have that magnitude; -1 where none is. Rounding and enclosing cannot tell.
template <DecidingField S>
struct Norm {
  S value;
  Index attained_at;
};

/// Throws precondition_error where S does not hold the norm.
template <DecidingField S>
[[nodiscard]] Norm<S> norm(const Vector<S>& x, NormIndex q) {
  Index nonzero = 0;
  Norm<S> largest{S(0), -1};
  for (Index i = 0; i < x.size(); ++i) {
    const S size = magnitude(x[i]);
    if (decided_equal(size, S(0))) continue;
    ++nonzero;
    if (decided_less(largest.value, size)) largest = {size, i};
  }
  if (nonzero <= 1 || q == NormIndex::infinity) return largest;
  return {q == NormIndex::one ? sum_norm(x) : euclidean_norm(x), -1};
}

}  // namespace touchstone::inline v0
