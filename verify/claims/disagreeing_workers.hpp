#pragma once
/// \file
/// A quadratic whose workers disagree about the solution, as do their components.

#include <utility>
#include <vector>

#include "touchstone/problems/quadratic.hpp"

namespace touchstone::inline v0 {

namespace detail {

template <Field S>
[[nodiscard]] Vector<S> in_the_plane(int p, int q) {
  Vector<S> v(2);
  v << S(p), S(q);
  return v;
}

}  // namespace detail

/// x* = (1, -1)
template <Field S>
[[nodiscard]] Vector<S> disagreeing_workers_solution() {
  return detail::in_the_plane<S>(1, -1);
}

/// Three workers with two components each, all different; the workers' gradients at x* are (2, 1), (-2, 1), (0, -2).
template <Field S>
[[nodiscard]] Quadratic<S> disagreeing_workers() {
  const auto component = [](int a, int b, int c, const Vector<S>& gradient) {
    Matrix<S> A(2, 2);
    A << S(a), S(b), S(b), S(c);
    return QuadraticForm<S>{A, Vector<S>(A * disagreeing_workers_solution<S>() - gradient)};
  };
  const Vector<S> noise = detail::in_the_plane<S>(1, 1);
  std::vector<std::vector<QuadraticForm<S>>> forms;
  for (const Vector<S>& g :
       {detail::in_the_plane<S>(2, 1), detail::in_the_plane<S>(-2, 1), detail::in_the_plane<S>(0, -2)}) {
    const int i = static_cast<int>(forms.size());
    forms.push_back({component(3 - i, 1, 2, g + noise), component(1, -1, 2 + i, g - noise)});
  }
  return {std::move(forms), {S(4), ratio<S>(1, 2), {S(4), S(4), S(4)}, {{S(4), S(5)}, {S(4), S(5)}, {S(4), S(5)}}}};
}

}  // namespace touchstone::inline v0
