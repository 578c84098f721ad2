#pragma once
/// \file
/// Exact positive semidefiniteness of rational matrices, and rational bounds of eigenvalues from it.

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0 {

/// Whether x'Ax >= 0 for all x, decided exactly by symmetric elimination: a zero pivot is allowed where its row is
/// zero. A is symmetric; throws nothing.
[[nodiscard]] inline bool is_positive_semidefinite(Matrix<Rational> A) {
  const Index d = A.rows();
  for (Index k = 0; k < d; ++k) {
    if (A(k, k) < 0) return false;
    for (Index i = k + 1; i < d; ++i) {
      if (A(i, k) == 0) continue;
      if (A(k, k) == 0) return false;
      const Rational factor = A(i, k) / A(k, k);
      for (Index j = k + 1; j < d; ++j) A(i, j) -= factor * A(k, j);
    }
  }
  return true;
}

/// A rational c >= the largest eigenvalue of the symmetric matrix A, above it by at most 2^-bits times the largest
/// absolute row sum.
[[nodiscard]] inline Rational largest_eigenvalue_bound(const Matrix<Rational>& A, int bits = 24) {
  Rational high(0);
  for (Index i = 0; i < A.rows(); ++i) {
    Rational row_sum(0);
    for (Index j = 0; j < A.cols(); ++j) row_sum += abs(A(i, j));
    if (row_sum > high) high = row_sum;
  }
  Rational low = -high;
  const Matrix<Rational> identity = Matrix<Rational>::Identity(A.rows(), A.cols());
  for (int k = 0; k <= bits; ++k) {
    const Rational middle = (low + high) / 2;
    (is_positive_semidefinite(Matrix<Rational>(identity * middle - A)) ? high : low) = middle;
  }
  return high;
}

/// A rational c <= the smallest eigenvalue, with the same accuracy.
[[nodiscard]] inline Rational smallest_eigenvalue_bound(const Matrix<Rational>& A, int bits = 24) {
  return Rational(-largest_eigenvalue_bound(Matrix<Rational>(-A), bits));
}

}  // namespace touchstone::inline v0
