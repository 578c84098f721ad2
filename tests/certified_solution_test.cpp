// The solution of a logistic regression with a proven bound on its error.

#include <filesystem>
#include <stdexcept>
#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "verify/experiment/solutions.hpp"
#include "verify/io/libsvm.hpp"

namespace touchstone::certified_solution_test {
namespace {

using testing_support::error_of;
using testing_support::q;

SparseData small_data(bool separable = false) {
  Matrix<double> A(6, 2);
  A << 1, 0.5, -1, 0.25, 0.75, -2, 0, 1, 1.5, 1, -0.5, -1;
  SparseData data{"small", SparseRows<double>(A.sparseView()), {1, -1, 1, -1, -1, 1}};
  if (separable)
    for (Index r = 0; r < 6; ++r) data.labels[static_cast<std::size_t>(r)] = A(r, 0) > 0.25 ? 1 : -1;
  return data;
}

template <unsigned Digits>
Rational exact(const Real<Digits>& a) {
  return Rational(a);
}

template <unsigned Digits>
Rational squared_distance(const Vector<Real<Digits>>& x, const Vector<Rational>& y) {
  Rational sum = 0;
  for (Index c = 0; c < x.size(); ++c) sum += Rational(exact(x[c]) - y[c]) * Rational(exact(x[c]) - y[c]);
  return sum;
}

template <unsigned Digits>
Vector<Rational> exact(const Vector<Real<Digits>>& x) {
  Vector<Rational> y(x.size());
  for (Index c = 0; c < x.size(); ++c) y[c] = exact(x[c]);
  return y;
}

Rational power_of_ten(int exponent) {
  Rational power = 1;
  for (int i = 0; i < std::abs(exponent); ++i) power *= 10;
  return exponent < 0 ? Rational(1 / power) : power;
}

// The same row with both labels: x* = 0, f* = log 2.
TEST(CertifiedSolution, AKnownSolution) {
  SparseData data{"symmetric", SparseRows<double>(2, 1), {1, -1}};
  data.rows.insert(0, 0) = 3;
  data.rows.insert(1, 0) = 3;
  const auto solution = certified_solution<50>(data, q(1, 10));
  EXPECT_LE(Rational(exact(solution.x[0]) * exact(solution.x[0])),
            Rational(exact(solution.distance_bound) * exact(solution.distance_bound)));
  Real<200> log_2;
  mpfr_const_log2(log_2.backend().data(), MPFR_RNDN);
  EXPECT_TRUE(encloses(solution.minimum, exact(log_2))) << solution.minimum;
}

// The rungs of the ladder differ by no more than their bounds allow, and each keeps its promise. The solution with
// 1000 digits stands for x*.
template <unsigned Digits>
void expect_agreement(const SparseData& data, const Rational& lambda, const CertifiedSolution<1000>& finest) {
  const auto solution = certified_solution<Digits>(data, lambda);
  EXPECT_LE(exact(solution.distance_bound), power_of_ten(-static_cast<int>(Digits * 4 / 5)));
  const Rational reach = Rational(exact(solution.distance_bound) + exact(finest.distance_bound));
  EXPECT_LE(squared_distance(solution.x, exact(finest.x)), Rational(reach * reach));
  EXPECT_TRUE(encloses(solution.minimum, exact(lower_end(finest.minimum))));
  EXPECT_TRUE(encloses(solution.minimum, exact(upper_end(finest.minimum))));
}

TEST(CertifiedSolution, TheLadderAgrees) {
  const Rational lambda = q(1, 30);  // no binary fraction: every rung rounds it differently
  const auto finest = certified_solution<1000>(small_data(), lambda);
  expect_agreement<50>(small_data(), lambda, finest);
  expect_agreement<100>(small_data(), lambda, finest);
  expect_agreement<200>(small_data(), lambda, finest);
}

// Digits double with every step, so that their number is a small constant: 1000 digits are six doublings of 15.
TEST(CertifiedSolution, TakesFewSteps) {
  EXPECT_LE(certified_solution<50>(small_data(), q(1, 30)).newton_steps, 4);
  EXPECT_LE(certified_solution<1000>(small_data(), q(1, 30)).newton_steps, 12);
}

TEST(CertifiedSolution, SeparableDataWithLittleRegularization) {
  const auto solution = certified_solution<100>(small_data(true), power_of_ten(-9));
  EXPECT_LE(exact(solution.distance_bound), power_of_ten(-80));
  EXPECT_GT(exact(lower_end(solution.minimum)), 0);
}

TEST(CertifiedSolution, SaysWhenTheDigitsAreNotReached) {
  const std::string line =
      error_of<std::runtime_error>([] { (void)certified_solution<50>(small_data(), q(1, 10), 55); });
  EXPECT_TRUE(line.starts_with("small: the solution is proven to within ")) << line;
  EXPECT_TRUE(line.ends_with(" with 50-digit arithmetic, asked for 1e-55; take more digits")) << line;
}

// lambda-strong convexity and L-smoothness: lambda |x - x*|^2/2 <= f(x) - f* <= L |x - x*|^2/2. A point 2^-40 away
// from x*, where f(x) in double does not differ from f*.
TEST(CertifiedGap, LiesBetweenTheBoundsOfConvexityAndSmoothness) {
  const Rational lambda = q(1, 30);
  const auto solution = certified_solution<50>(small_data(), lambda);
  const LogisticRegression<Interval<50>> f(small_data(), 2, convert<Interval<50>>(lambda));
  Vector<double> x = solution.x.cast<double>();
  x[1] += 0x1p-40;
  const Interval<50> gap = certified_gap(f, solution, x);
  const Rational squared =
      squared_distance(solution.x, convert<Rational>(x));  // to within the 1e-40 of the solution
  const Rational doubt = power_of_ten(-40);
  EXPECT_GE(exact(upper_end(gap)), Rational(lambda * squared / 2 - doubt));
  EXPECT_LE(exact(lower_end(gap)), Rational(exact(upper_end(f.constants().L)) * squared / 2 + doubt));
  EXPECT_GT(exact(lower_end(gap)), 0);
  // Known to the last digit of a double although it is of the order 1e-25.
  EXPECT_LT(Rational(exact(upper_end(gap)) - exact(lower_end(gap))),
            Rational(exact(lower_end(gap)) * q(1, Index{1} << 53)));
}

TEST(CertifiedGap, IsNotNegativeAtTheSolution) {
  const auto solution = certified_solution<50>(small_data(), q(1, 30));
  const LogisticRegression<Interval<50>> f(small_data(), 1, convert<Interval<50>>(q(1, 30)));
  const Interval<50> gap = certified_gap(f, solution, solution.x);
  EXPECT_EQ(exact(lower_end(gap)), 0);
  EXPECT_LE(exact(upper_end(gap)), power_of_ten(-45));
  EXPECT_THROW((void)certified_gap(f, solution, Vector<double>(3)), precondition_error);
}

TEST(CertifiedSolution, RealData) {
  const std::filesystem::path path = std::filesystem::path(TOUCHSTONE_SOURCE) / "../shared/data/heart_scale";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no file " << path;
  const auto solution = certified_solution<50>(read_libsvm(path.string()), q(1, 1000));
  EXPECT_LE(exact(solution.distance_bound), power_of_ten(-40));
  EXPECT_LE(solution.newton_steps, 4);
}

}  // namespace
}  // namespace touchstone::certified_solution_test
