#pragma once
/// \file
/// Convex quadratics plus Huber functions of linear forms: convex, smooth, not quadratic, and exact where S is.
///
///     h(t) = t^2/2 for |t| <= 1,  |t| - 1/2 beyond
///
/// h' is t clipped to [-1, 1], so H = 1 (ridge_sum.hpp). The smoothness constants are attained where all a_t are eigenvectors of
/// every L and all terms are on their parabolas at once, as for d = 1.
///
/// Source     derived

#include <algorithm>

#include "touchstone/problems/ridge_sum.hpp"

namespace touchstone::inline v0 {

struct HuberProfile {
  static constexpr bool is_convex = true;
  template <OrderedField S>
  [[nodiscard]] static S slope(const S& t) {
    return std::clamp(t, S(-1), S(1));
  }
  template <OrderedField S>
  [[nodiscard]] static S value(const S& t) {
    const S clipped = slope(t);
    return S(clipped * S(t - clipped / S(2)));
  }
  template <OrderedField S>
  [[nodiscard]] static S curvature() {
    return S(1);
  }
};

template <OrderedField S>
using HuberTerm = RidgeTerm<S, HuberProfile>;

template <OrderedField S>
using HuberSum = RidgeSum<S, HuberProfile>;

}  // namespace touchstone::inline v0
