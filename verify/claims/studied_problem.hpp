#pragma once
/// \file
/// The type of the problems that a method is studied on.

#include "touchstone/problems/huber_sum.hpp"

namespace touchstone::inline v0 {

/// Quadratics, unless the method names another.
template <class Method>
struct StudiedProblem {
  using type = Quadratic<Rational>;
};
template <class Method>
requires requires {
  typename Method::Problem;
}
struct StudiedProblem<Method> {
  using type = typename Method::Problem;
};

/// The method, studied on Huber sums.
template <class Method>
struct OnHuber : Method {
  using Problem = HuberSum<Rational>;
};

}  // namespace touchstone::inline v0
