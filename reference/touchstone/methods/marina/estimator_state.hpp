#pragma once
/// \file
/// The state of a method that follows an estimator of the gradient.

#include <tuple>

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct EstimatorState {
  Vector<S> x;  ///< model, length d
  Vector<S> g;  ///< estimator of grad f(x), length d
  [[nodiscard]] auto parts() { return std::tie(x, g); }
  [[nodiscard]] auto parts() const { return std::tie(x, g); }
  bool operator==(const EstimatorState&) const = default;
};

/// Throws precondition_error unless x and g fit the problem's dimension.
template <Field S, DistributedProblem<S> P>
[[nodiscard]] EstimatorState<S> estimate_at(const P& f, const Vector<S>& x, const Vector<S>& g) {
  require_dimension(x, f.dimension());
  require_dimension(g, f.dimension());
  return {x, g};
}

}  // namespace touchstone::inline v0
