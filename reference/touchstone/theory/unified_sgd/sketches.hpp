#pragma once
/// \file
/// The constants of JacSketch's row (theory/unified_sgd/jacsketch.hpp) for four laws of the sketch.
///
///     coordinate   Pi = e_j e_j', theta = 1/p_j with probability p_j
///                  lambda_max = max_j 1/p_j            lambda_min = min_j p_j
///                  E1 = max_j L_j/(m p_j)              E2 = m max_j p_j L_j
///     tau-nice     Pi = sum_{j in C} e_j e_j', theta = m/tau, C uniform on the tau-subsets; m >= 2
///                  lambda_max = m (m - tau)/(tau (m - 1))    lambda_min = tau/m
///                  E1 = tau_nice_smoothness                  E2 = tau max_j L_j
///     basis        Pi = u_j u_j', theta = 1/q_j with probability q_j, u_1, ..., u_m orthonormal, c_j = <u_j, e>
///                  lambda_max = sum_j c_j^2 (1 - q_j)/q_j    lambda_min = min_j q_j
///                  E1 = max_j c_j^2/q_j max_j L_j/m          E2 = m max_j q_j max_j L_j
///     full         Pi = I, theta = 1
///                  lambda_max = 0    lambda_min = 1    E1 = L    E2 = m max_j L_j
///
/// Needs      every f_j convex and L_j-smooth, f L-smooth
/// Tight      lambda_min; lambda_max of tau-nice and full sketches, of coordinates drawn uniformly from m >= 2, of a basis
///            for m = 2 (there the matrix has rank one; its trace bounds the eigenvalue for any m); E1 and E2 for some f_j
///            of each kind (claim unified-sgd/jacsketch/sketch-constants)
/// Source     derived

#include <algorithm>
#include <vector>

#include "touchstone/theory/unified_sgd/expected_smoothness.hpp"
#include "touchstone/theory/unified_sgd/jacsketch.hpp"

namespace touchstone::inline v0 {

/// L_j and p have m entries, p_j > 0.
template <OrderedField S>
[[nodiscard]] SketchConstants<S> coordinate_sketch_constants(const std::vector<S>& L_j, const std::vector<S>& p) {
  const std::vector<S> smoothness_1 = single_element_smoothness(L_j, p);
  const S least = *std::min_element(p.begin(), p.end());
  S largest(0);
  for (std::size_t j = 0; j < p.size(); ++j) largest = std::max(largest, S(p[j] * L_j[j]));
  return {.lambda_max = S(S(1) / least),
          .lambda_min = least,
          .smoothness_1 = *std::max_element(smoothness_1.begin(), smoothness_1.end()),
          .smoothness_2 = S(integer<S>(static_cast<Index>(p.size())) * largest)};
}

/// largest_L_j = max_j L_j; 1 <= tau <= m, m >= 2.
template <Field S>
[[nodiscard]] SketchConstants<S> tau_nice_sketch_constants(const S& L, const S& largest_L_j, const S& m,
                                                           const S& tau) {
  return {.lambda_max = S(m * S(m - tau) / S(tau * S(m - S(1)))),
          .lambda_min = S(tau / m),
          .smoothness_1 = tau_nice_smoothness(L, largest_L_j, m, tau),
          .smoothness_2 = S(tau * largest_L_j)};
}

/// The columns of U are u_1, ..., u_m; q_j > 0.
template <OrderedField S>
[[nodiscard]] SketchConstants<S> basis_sketch_constants(const S& largest_L_j, const Matrix<S>& U,
                                                        const std::vector<S>& q) {
  require(U.rows() == U.cols() && U.cols() == static_cast<Index>(q.size()),
          "a basis of m vectors and a probability for each (rows, columns, probabilities)", U.rows(), U.cols(),
          q.size());
  const S m = integer<S>(U.cols());
  S lambda_max(0);
  S largest_square(0);
  for (std::size_t j = 0; j < q.size(); ++j) {
    const S c = S(U.col(static_cast<Index>(j)).sum());
    const S square = S(c * c / q[j]);
    lambda_max += square * S(S(1) - q[j]);
    largest_square = std::max(largest_square, square);
  }
  return {.lambda_max = lambda_max,
          .lambda_min = *std::min_element(q.begin(), q.end()),
          .smoothness_1 = S(largest_square * largest_L_j / m),
          .smoothness_2 = S(m * *std::max_element(q.begin(), q.end()) * largest_L_j)};
}

template <Field S>
[[nodiscard]] SketchConstants<S> full_sketch_constants(const S& L, const S& largest_L_j, const S& m) {
  return {.lambda_max = S(0), .lambda_min = S(1), .smoothness_1 = L, .smoothness_2 = S(m * largest_L_j)};
}

}  // namespace touchstone::inline v0
