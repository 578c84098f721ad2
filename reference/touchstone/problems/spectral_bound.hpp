#pragma once
/// \file
/// A proven upper bound on the largest eigenvalue of A'A, tight to about 1e-11, in double arithmetic.
///
/// The largest eigenvalue of the computed Gram matrix G^ is estimated; the estimate, a little increased, is the c
/// of the test: does floating-point Cholesky of B = c I - G^ succeed? If it does, then, with u = 2^-53,
/// gamma_k = ku/(1 - ku), s the side of G and m the number of terms in an entry of G,
///
///     R'R = B + E,        |E| <= gamma_{s+1}/(1 - gamma_{s+1}) trace(B)
///     B = c I - G^ + D,   |D| <= u max b_ii                              rounding of the diagonal
///     |G^ - G|               <= gamma_m |A|_F^2                          rounding of the Gram matrix
///
/// where the first line is Theorem 10.3 of Higham, Accuracy and Stability of Numerical Algorithms, with
/// |r_i|^2 <= b_ii/(1 - gamma) (Rump, BIT 46 (2006) 433-452),
/// and R'R >= 0 gives lambda_max(G) <= c + the sum of the three. The sum is doubled, which covers its own rounding,
/// and one DBL_MIN per operation covers underflow. The theorem allows any order of summation; fused operations only
/// round less. Rounding to nearest is assumed.

#include <algorithm>
#include <cfloat>
#include <cmath>

#include <Eigen/Eigenvalues>

#include "touchstone/problems/sparse_data.hpp"

namespace touchstone::inline v0 {

namespace detail {

/// Unit roundoff of double.
inline constexpr double roundoff = DBL_EPSILON / 2;

/// gamma_k = ku/(1 - ku)
[[nodiscard]] inline double gamma_factor(Index k) {
  const double ku = static_cast<double>(k) * roundoff;
  return ku / (1 - ku);
}

/// A'A, as a sum over the rows; the lower triangle only.
[[nodiscard]] inline Matrix<double> gram(const SparseRows<double>& A) {
  Matrix<double> G = Matrix<double>::Zero(A.cols(), A.cols());
  for (Index r = 0; r < A.rows(); ++r)
    for (SparseRows<double>::InnerIterator j(A, r); j; ++j) {
      for (SparseRows<double>::InnerIterator i = j; i; ++i) G(i.col(), j.col()) += i.value() * j.value();
    }
  return G;
}

/// Whether Cholesky, in floating point, of the symmetric matrix with this lower triangle runs to completion.
[[nodiscard]] inline bool cholesky_succeeds(Matrix<double> B) {
  const Index s = B.rows();
  for (Index j = 0; j < s; ++j) {
    if (!(B(j, j) > 0) || !std::isfinite(B(j, j))) return false;
    const double root = std::sqrt(B(j, j));
    const Index rest = s - j - 1;
    B.col(j).tail(rest) /= root;
    for (Index i = j + 1; i < s; ++i) B.col(i).tail(s - i) -= B(i, j) * B.col(j).tail(s - i);
  }
  return true;
}

/// c as large as the largest eigenvalue of G, plus what rounding can hide. `terms` summands in an entry of G;
/// `frobenius` >= |A|_F^2.
[[nodiscard]] inline double certified_largest_eigenvalue(const Matrix<double>& G, Index terms, double frobenius) {
  const Index s = G.rows();
  const double estimate =
      Eigen::SelfAdjointEigenSolver<Matrix<double>>(G, Eigen::EigenvaluesOnly).eigenvalues().maxCoeff();
  const double gamma = gamma_factor(s + 1);
  const double operations = static_cast<double>(s) * static_cast<double>(s) * static_cast<double>(s + terms);
  double increase = static_cast<double>(s) * gamma * estimate + operations * DBL_MIN;
  for (;; increase *= 2) {
    const double c = estimate + increase;
    if (!std::isfinite(c)) return c;
    Matrix<double> B = -G;
    B.diagonal().array() += c;
    if (!cholesky_succeeds(B)) continue;
    const double of_cholesky = gamma / (1 - gamma) * B.trace();
    const double of_diagonal = roundoff * B.diagonal().maxCoeff();
    const double of_gram = gamma_factor(terms) * frobenius;
    const double underflow = operations * (1 + B.diagonal().maxCoeff()) * DBL_MIN;
    return (c + 2 * (of_cholesky + of_diagonal + of_gram + underflow)) * (1 + 2 * DBL_EPSILON);
  }
}

}  // namespace detail

/// |a|^2 for every row a of A, each an upper bound that is tight to a few units in the last place.
[[nodiscard]] inline std::vector<double> squared_row_norm_bounds(const SparseRows<double>& A) {
  std::vector<double> bounds;
  bounds.reserve(static_cast<std::size_t>(A.rows()));
  for (Index r = 0; r < A.rows(); ++r) {
    double sum = 0;
    Index terms = 0;
    for (SparseRows<double>::InnerIterator a(A, r); a; ++a, ++terms) sum += a.value() * a.value();
    bounds.push_back(sum * (1 + 2 * detail::gamma_factor(terms + 2)) + static_cast<double>(terms) * DBL_MIN);
  }
  return bounds;
}

/// An upper bound on the largest eigenvalue of A'A, for finite entries. The smaller of A'A and AA' is formed:
/// dense, so its side should stay below some thousands. Infinity where the squares overflow.
[[nodiscard]] inline double largest_gram_eigenvalue_bound(const SparseRows<double>& A) {
  double frobenius = 0;
  for (const double square : squared_row_norm_bounds(A)) frobenius += square;
  frobenius *= 1 + 2 * detail::gamma_factor(A.rows() + 1);
  if (frobenius == 0 || !std::isfinite(frobenius)) return frobenius;
  if (A.cols() <= A.rows()) return detail::certified_largest_eigenvalue(detail::gram(A), A.rows(), frobenius);
  return detail::certified_largest_eigenvalue(detail::gram(SparseRows<double>(A.transpose())), A.cols(), frobenius);
}

}  // namespace touchstone::inline v0
