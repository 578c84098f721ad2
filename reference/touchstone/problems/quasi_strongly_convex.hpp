#pragma once
/// \file
/// A smooth function of one variable that is quasi-strongly convex but not convex:
///
///     f even,  f(0) = 0,  f'(x) = 3x on [0, 1],  4 - x on [1, 3/2],  5/2 + 3(x - 3/2) beyond
///
/// x* = 0. L = 3 is attained. mu = 7/9: f'(x) x - f(x) - (mu/2) x^2 >= 0 = f(0) for all x, with equality at 3/2.
///
/// Source     derived

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <OrderedField S>
struct QuasiStronglyConvex {
  [[nodiscard]] Index workers() const { return 1; }
  [[nodiscard]] Index dimension() const { return 1; }
  [[nodiscard]] ProblemConstants<S> constants() const { return {S(3), ratio<S>(7, 9), {S(3)}, {{S(3)}}}; }

  /// f'(x). x has length 1.
  [[nodiscard]] Vector<S> gradient(Index /*i*/, const Vector<S>& x) const {
    require_dimension(x, 1);
    return Vector<S>::Constant(1, x[0] < S(0) ? S(-slope(S(-x[0]))) : slope(x[0]));
  }

  /// f(x). x has length 1.
  [[nodiscard]] S value(const Vector<S>& x) const {
    require_dimension(x, 1);
    const S t = x[0] < S(0) ? S(-x[0]) : x[0];
    const S half = ratio<S>(1, 2);
    if (t <= S(1)) return S(ratio<S>(3, 2) * t * t);
    if (t <= ratio<S>(3, 2)) return S(S(4) * t - half * t * t - S(2));
    return S(ratio<S>(3, 2) * t * t - S(2) * t + ratio<S>(5, 2));
  }

 private:
  static S slope(const S& t) {
    if (t <= S(1)) return S(S(3) * t);
    if (t <= ratio<S>(3, 2)) return S(S(4) - t);
    return S(S(3) * t - S(2));
  }
};

}  // namespace touchstone::inline v0
