// Problems that are not convex: saturating sums in rationals, generalized linear models with the squared sigmoid loss.

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "tests/sparse_instances.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/generalized_linear_model.hpp"
#include "touchstone/problems/saturating_sum.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

static_assert(FiniteSumProblem<SaturatingSum<Rational>, Rational>);
static_assert(FiniteSumProblem<GeneralizedLinearModel<double, SquaredSigmoidLoss>, double>);
static_assert(FiniteSumProblem<GeneralizedLinearModel<Interval<50>, SquaredSigmoidLoss>, Interval<50>>);

QuadraticForm<Rational> parabola(const Rational& curvature) {
  return {Matrix<Rational>::Constant(1, 1, curvature), vec({0})};
}

/// f_1 = 3 x^2 + 16 h(x), f_2 = -x^2, f = x^2 + 8 h(x).
SaturatingSum<Rational> bent_line() {
  const std::vector<QuadraticForm<Rational>> forms{parabola(6), parabola(-2)};
  return {Quadratic<Rational>(forms, {2, 0, {6, 2}, {{6}, {2}}}), {{{{16, vec({1}), 0}}}, {{}}}};
}

TEST(SaturatingSum, ValueAndGradientAreTheFormulas) {
  const auto f = bent_line();
  const Vector<Rational> x = vec({2});
  EXPECT_EQ(f.value(x), 4 + q(32, 5));
  EXPECT_EQ(f.gradient(0, x), vec({12 + q(16 * 4, 25)}));
  EXPECT_EQ(f.gradient(1, x), vec({-4}));
  EXPECT_EQ(f.component_gradient(0, 0, x), f.gradient(0, x));
}

TEST(SaturatingSum, IsNotConvexAroundOne) {
  const auto f = bent_line();
  const auto slope = [&](const Rational& x) { return full_gradient<Rational>(f, vec({x}))[0]; };
  EXPECT_GT(slope(q(3, 4)), slope(q(5, 4)));
}

TEST(SaturatingSum, ConstantsAreThoseOfBothPartsAndAttainedAtZero) {
  const ProblemConstants<Rational> c = bent_line().constants();
  EXPECT_EQ(c.L, 18);
  EXPECT_EQ(c.L_i, (std::vector<Rational>{38, 2}));
  const auto f = bent_line();
  // (f'(h) - f'(0))/h -> 18 from below
  const Rational h = q(1, 1000);
  const Rational quotient = Rational(full_gradient<Rational>(f, vec({h}))[0] / h);
  EXPECT_LT(quotient, 18);
  EXPECT_GT(quotient, q(1799, 100));
}

TEST(SaturatingSum, AllowsWeightsOfEitherSign) {
  const std::vector<QuadraticForm<Rational>> forms{parabola(1)};
  const SaturatingSum<Rational> f(Quadratic<Rational>(forms, {1, 0, {1}, {{1}}}), {{{{-2, vec({3}), 0}}}});
  EXPECT_EQ(f.constants().L, 1 + 2 * 2 * 9);
}

TEST(SaturatingProfile, SlopeIsLargestWhereItsSquareIs) {
  // 27/64 - h'(t)^2 = (27 w^4 - 256 (w - 1))/(64 w^4) with w = 1 + t^2: zero at w = 4/3
  const auto margin = [](const Rational& w) { return Rational(27 * w * w * w * w - 256 * (w - 1)); };
  EXPECT_EQ(margin(q(4, 3)), 0);
  for (Index k = 0; k <= 400; ++k) EXPECT_GE(margin(1 + q(k, 100)), 0);
  const Rational slope = SaturatingProfile::slope(q(577, 1000));
  EXPECT_LE(slope * slope, SaturatingProfile::largest_squared_slope<Rational>());
  EXPECT_GT(slope * slope, q(421, 1000));
}

template <FieldWithSqrt S>
GeneralizedLinearModel<S, SquaredSigmoidLoss> classification(const S& lambda) {
  return {random_data(10, 4, 1), 4, lambda};
}

// Central differences are off by h^2/6 times a third derivative: |l'''| < 1/2, weighted by n m_i/M <= 2, |a_c| <= 1.
TEST(SquaredSigmoidLoss, GradientsAgreeWithDifferences) {
  using S = Real<100>;
  const auto f = classification<S>(ratio<S>(1, 8));
  const S h = S(pow(S(10), -30));
  const S tolerance = S(h * h);
  const Vector<S> x = Vector<S>::LinSpaced(4, S(-1), S(1));
  for (Index c = 0; c < 4; ++c) {
    Vector<S> up = x;
    Vector<S> down = x;
    up[c] += h;
    down[c] -= h;
    const auto slope = [&](auto value) { return S(S(value(up) - value(down)) / S(h * 2)); };
    for (Index i = 0; i < 4; ++i)
      EXPECT_LE(abs(S(f.gradient(i, x)[c] - slope([&](const Vector<S>& y) { return f.value(i, y); }))), tolerance);
    EXPECT_LE(abs(S(full_gradient<S>(f, x)[c] - slope([&](const Vector<S>& y) { return f.value(y); }))), tolerance);
  }
}

TEST(SquaredSigmoidLoss, CurvatureHoldsAtItsExtremePoints) {
  using S = Real<50>;
  const auto second = [](const S& q) { return S(2 * q * q * (1 - q) * (2 - 3 * q)); };
  for (const S& sign : {S(-1), S(1)}) {
    const S q = S((15 + sign * sqrt(S(33))) / 24);
    EXPECT_LE(abs(second(q)), S(31) / 200);
    EXPECT_GT(abs(second(q)), S(12) / 100);
  }
  // The slope falls and rises no faster between close points; it changes with 0.154 where q is extreme.
  const S z = S(log(S(1) / S((15 - sqrt(S(33))) / 24) - 1));
  const S h = S(pow(S(10), -10));
  const S quotient = S((SquaredSigmoidLoss::slope(S(z + h)) - SquaredSigmoidLoss::slope(z)) / h);
  EXPECT_LT(quotient, S(31) / 200);
  EXPECT_GT(quotient, S(154) / 1000);
}

TEST(SquaredSigmoidLoss, NeedsNoRegularization) {
  const auto f = classification<double>(0.0);
  EXPECT_EQ(f.constants().mu, 0);
  EXPECT_GT(f.value(Vector<double>::Zero(4)), 0.249);
  EXPECT_THROW((void)classification<double>(-1.0), precondition_error);
  EXPECT_THROW((void)classification<double>(std::nan("")), precondition_error);
}

}  // namespace
}  // namespace touchstone
