#pragma once
/// \file
/// What a method may ask of a problem.
///
///     f(x) = (1/n) sum_i f_i(x),      f_i(x) = (1/m_i) sum_j f_ij(x),      x in R^d
///
/// n workers, m_i components on worker i. Constants belong to the problem: they are declared with it.

#include <algorithm>
#include <concepts>
#include <vector>

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// n differentiable functions of d variables, one on each worker.
template <class P, class S>
concept DistributedProblem = requires(const P& f, const Vector<S>& x, Index i) {
  { f.workers() } -> std::same_as<Index>;
  { f.dimension() } -> std::same_as<Index>;
  { f.gradient(i, x) } -> std::same_as<Vector<S>>;  // of f_i, 0 <= i < n
  { f.value(x) } -> std::same_as<S>;                // of f
};

/// Worker i's function is itself a mean of m_i components.
template <class P, class S>
concept FiniteSumProblem = DistributedProblem<P, S> && requires(const P& f, const Vector<S>& x, Index i) {
  { f.components(i) } -> std::same_as<Index>;
  { f.component_gradient(i, i, x) } -> std::same_as<Vector<S>>;  // of f_ij, 0 <= j < m_i
};

/// grad f(x), the mean of the workers' gradients.
template <Field S, DistributedProblem<S> P>
[[nodiscard]] Vector<S> full_gradient(const P& f, const Vector<S>& x) {
  const Index n = f.workers();
  Vector<S> g = f.gradient(0, x);
  for (Index i = 1; i < n; ++i) g += f.gradient(i, x);
  g /= integer<S>(n);
  return g;
}

/// The partial derivative of f in coordinate c: the problem's own, which may cost less than the gradient, or an entry of it.
template <Field S, DistributedProblem<S> P>
[[nodiscard]] S partial_derivative(const P& f, Index c, const Vector<S>& x) {
  if constexpr (requires { f.partial_derivative(c, x); })
    return f.partial_derivative(c, x);
  else
    return full_gradient<S>(f, x)[c];
}

/// grad F(x)_j = grad f_0j(x) for the m components of a problem on a single worker.
template <Field S, FiniteSumProblem<S> P>
[[nodiscard]] std::vector<Vector<S>> component_gradients(const P& f, const Vector<S>& x) {
  std::vector<Vector<S>> gradients;
  gradients.reserve(static_cast<std::size_t>(f.components(0)));
  for (Index j = 0; j < f.components(0); ++j) gradients.push_back(f.component_gradient(0, j, x));
  return gradients;
}

/// Smoothness and strong convexity. Every L is an upper bound, mu a lower bound; a problem says whether they are
/// attained.
template <Field S>
struct ProblemConstants {
  S L;                               ///< of f
  S mu;                              ///< of f (quasi-strong convexity), >= 0
  std::vector<S> L_i;                ///< of f_i, n values
  std::vector<std::vector<S>> L_ij;  ///< of f_ij, m_i values for worker i

  /// max_i L_i
  [[nodiscard]] S largest_L_i() const requires OrderedField<S> { return *std::max_element(L_i.begin(), L_i.end()); }

  /// max_ij L_ij
  [[nodiscard]] S largest_L_ij() const requires OrderedField<S> {
    S largest = L_ij.front().front();
    for (const std::vector<S>& row : L_ij) largest = std::max(largest, *std::max_element(row.begin(), row.end()));
    return largest;
  }
};

/// Of a method for a single node; `expected` names it.
template <class P>
void require_one_worker(const P& f, const char* expected) {
  require(f.workers() == 1, expected, f.workers());
}

template <Field S>
void require_dimension(const Vector<S>& x, Index d) {
  require(x.size() == d, "a point of the problem's dimension (dimension of the point, d)", x.size(), d);
}

}  // namespace touchstone::inline v0
