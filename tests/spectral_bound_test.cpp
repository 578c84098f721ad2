// The bound on the largest eigenvalue of A'A is above it and close, both decided exactly.

#include <cstdint>
#include <limits>
#include <utility>

#include <gtest/gtest.h>
#include <Eigen/LU>

#include "tests/sparse_instances.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/spectral_bound.hpp"

namespace touchstone {
namespace {

using testing_support::random_data;

/// Whether B - A'A is positive definite for B = bound I, exactly: all leading minors positive.
bool exceeds_gram(double bound, const SparseRows<double>& rows) {
  const auto A = convert<Rational>(Matrix<double>(rows));
  const Index d = A.cols();
  const Matrix<Rational> B =
      Matrix<Rational>(Matrix<Rational>::Identity(d, d) * Rational(bound)) - A.transpose() * A;
  for (Index s = 1; s <= d; ++s)
    if (!(Rational(Matrix<Rational>(B.topLeftCorner(s, s)).fullPivLu().determinant()) > 0)) return false;
  return true;
}

TEST(SpectralBound, IsProvenAndTight) {
  for (const auto& [M, d] : {std::pair<Index, Index>{10, 4}, {30, 6}, {3, 6}, {1, 5}, {40, 1}}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      const SparseRows<double> rows = random_data(M, d, seed).rows;
      const double bound = largest_gram_eigenvalue_bound(rows);
      if (rows.nonZeros() == 0) {
        EXPECT_EQ(bound, 0);
        continue;
      }
      EXPECT_TRUE(exceeds_gram(bound, rows)) << M << " x " << d << ", seed " << seed;
      EXPECT_FALSE(exceeds_gram(bound * (1 - 1e-9), rows)) << M << " x " << d << ", seed " << seed;
    }
  }
}

TEST(SpectralBound, RefusesWhatIsNotPositiveDefinite) {
  Matrix<double> B(2, 2);
  B << 1, 1, 1, 1;
  EXPECT_FALSE(detail::cholesky_succeeds(B));
  B(1, 1) = 2;
  EXPECT_TRUE(detail::cholesky_succeeds(B));
  B(0, 0) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(detail::cholesky_succeeds(B));
}

}  // namespace
}  // namespace touchstone
