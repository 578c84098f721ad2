#pragma once
/// \file
/// The state of a method that remembers its model and nothing else.

#include <tuple>

#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct ModelState {
  Vector<S> x;  ///< model, length d
  [[nodiscard]] auto parts() { return std::tie(x); }
  [[nodiscard]] auto parts() const { return std::tie(x); }
  bool operator==(const ModelState&) const = default;
};

/// From x. Throws precondition_error unless x has length d.
template <Field S, DistributedProblem<S> P>
[[nodiscard]] ModelState<S> model_at(const P& f, const Vector<S>& x) {
  require_dimension(x, f.dimension());
  return {x};
}

}  // namespace touchstone::inline v0
