#pragma once
/// \file
/// Quadratics plus saturating functions of linear forms: smooth, not convex, and exact where S is.
///
///     h(t) = t^2/(1 + t^2),      h'(t) = 2 t/(1 + t^2)^2,      h''(t) = 2 (1 - 3 t^2)/(1 + t^2)^3 in [-1/2, 2]
///
/// H = 2 (ridge_sum.hpp), attained at t = 0; 0 <= h < 1 and h'(t)^2 <= 27/64, attained at t^2 = 1/3.
///
/// Source     derived

#include "touchstone/problems/ridge_sum.hpp"

namespace touchstone::inline v0 {

struct SaturatingProfile {
  static constexpr bool is_convex = false;
  template <Field S>
  [[nodiscard]] static S slope(const S& t) {
    const S w = S(S(1) + t * t);
    return S(S(2) * t / S(w * w));
  }
  template <Field S>
  [[nodiscard]] static S value(const S& t) {
    const S square = S(t * t);
    return S(square / S(S(1) + square));
  }
  template <Field S>
  [[nodiscard]] static S curvature() {
    return S(2);
  }
  /// 27/64, what h'(t)^2 is at most.
  template <Field S>
  [[nodiscard]] static S largest_squared_slope() {
    return ratio<S>(27, 64);
  }
};

template <OrderedField S>
using SaturatingTerm = RidgeTerm<S, SaturatingProfile>;

template <OrderedField S>
using SaturatingSum = RidgeSum<S, SaturatingProfile>;

}  // namespace touchstone::inline v0
