// Logistic regression: its parts and their mean, gradients and values in several number types, its constants.

#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sparse_instances.hpp"
#include "tests/support.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/logistic_regression.hpp"
#include "verify/io/libsvm.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;
using testing_support::random_data;

static_assert(FiniteSumProblem<LogisticRegression<double>, double>);
static_assert(FiniteSumProblem<LogisticRegression<float>, float>);
static_assert(FiniteSumProblem<LogisticRegression<Real<50>>, Real<50>>);
static_assert(FiniteSumProblem<LogisticRegression<Interval<50>>, Interval<50>>);

template <Field S>
LogisticRegression<S> random_problem(Index n, Index M = 10, Index d = 4) {
  return {random_data(M, d, 1), n, ratio<S>(1, 8)};
}

template <Field S>
Vector<S> point(Index d) {
  Vector<S> x(d);
  for (Index c = 0; c < d; ++c) x[c] = ratio<S>(2 * c - 3, 4);
  return x;
}

/// Encloses zero and is narrower than 10^-45: two enclosures of one number below 100, subtracted. Some hundred
/// operations of 50 digits lie behind them.
void expect_zero(const Interval<50>& difference) {
  EXPECT_TRUE(encloses(difference, Rational(0))) << difference;
  EXPECT_LE(Real<50>(upper_end(difference) - lower_end(difference)), Real<50>(pow(Real<50>(10), -45)))
      << difference;
}

TEST(LogisticRegression, ShardsAreContiguousAndDifferByAtMostOneRow) {
  const auto f = random_problem<double>(4);
  EXPECT_EQ(f.workers(), 4);
  EXPECT_EQ(f.rows(), 10);
  EXPECT_EQ(f.dimension(), 4);
  EXPECT_EQ((std::vector<Index>{f.components(0), f.components(1), f.components(2), f.components(3)}),
            (std::vector<Index>{3, 3, 2, 2}));
  EXPECT_EQ(f.begin(0), 0);
  for (Index i = 1; i < 4; ++i) EXPECT_EQ(f.begin(i), f.end(i - 1));
  EXPECT_EQ(f.end(3), 10);
}

TEST(LogisticRegression, IsTheMeanOfItsPartsWhateverTheNumberOfWorkers) {
  using S = Interval<50>;
  const Vector<S> x = point<S>(4);
  const auto whole = random_problem<S>(1);
  for (const Index n : {1, 3, 4, 10}) {
    const auto f = random_problem<S>(n);
    expect_zero(S(f.value(x) - whole.value(x)));
    S mean_value(0);
    Vector<S> mean_gradient = Vector<S>::Zero(4);
    for (Index i = 0; i < n; ++i) {
      S own_value(0);
      Vector<S> own_gradient = Vector<S>::Zero(4);
      for (Index j = 0; j < f.components(i); ++j) {
        own_value += f.component_value(i, j, x) / integer<S>(f.components(i));
        own_gradient += f.component_gradient(i, j, x) / integer<S>(f.components(i));
      }
      expect_zero(S(own_value - f.value(i, x)));
      for (Index c = 0; c < 4; ++c) expect_zero(S(own_gradient[c] - f.gradient(i, x)[c]));
      mean_value += f.value(i, x) / integer<S>(n);
      mean_gradient += f.gradient(i, x) / integer<S>(n);
    }
    expect_zero(S(mean_value - whole.value(x)));
    for (Index c = 0; c < 4; ++c) expect_zero(S(mean_gradient[c] - whole.gradient(0, x)[c]));
  }
}

// Central differences are off by h^2/6 times a third derivative, which for log(1 + exp(-a'x)) along a coordinate is
// at most |a_c|^3/(6 sqrt 3) < 1; here |a_c| <= 1, and a part weighs its losses by at most n m_i/M <= 2. Rounding,
// 10^-100 times a value below 100 divided by h, is smaller still.
TEST(LogisticRegression, GradientsAgreeWithDifferences) {
  using S = Real<100>;
  const auto f = random_problem<S>(4);
  const S h = S(pow(S(10), -30));
  const S tolerance = S(h * h);
  const Vector<S> x = point<S>(4);
  for (Index c = 0; c < 4; ++c) {
    Vector<S> up = x;
    Vector<S> down = x;
    up[c] += h;
    down[c] -= h;
    const auto slope = [&](auto value) { return S(S(value(up) - value(down)) / S(h * 2)); };
    for (Index i = 0; i < 4; ++i) {
      EXPECT_LE(abs(S(f.gradient(i, x)[c] - slope([&](const Vector<S>& y) { return f.value(i, y); }))), tolerance);
      for (Index j = 0; j < f.components(i); ++j)
        EXPECT_LE(abs(S(f.component_gradient(i, j, x)[c] -
                        slope([&](const Vector<S>& y) { return f.component_value(i, j, y); }))),
                  tolerance);
    }
  }
}

// In double: M + d + 20 roundings or fewer between the data and a result, each a unit roundoff of intermediate
// results that are at most 20 in absolute value; exp and log1p are within two units.
TEST(LogisticRegression, NumberTypesAgree) {
  constexpr Index n = 3;
  const auto in_double = random_problem<double>(n);
  const auto real = random_problem<Real<200>>(n);
  const auto interval = random_problem<Interval<50>>(n);
  const auto x = point<Rational>(4);
  const double tolerance = (10 + 4 + 20) * 20 * std::numeric_limits<double>::epsilon();
  const auto agree = [&](double a, const Real<200>& b, const Interval<50>& c) {
    EXPECT_NEAR(a, static_cast<double>(b), tolerance);
    EXPECT_TRUE(encloses(c, Rational(b))) << b << " in " << c;
  };
  agree(in_double.value(convert<double>(x)), real.value(convert<Real<200>>(x)),
        interval.value(convert<Interval<50>>(x)));
  for (Index i = 0; i < n; ++i) {
    const Vector<double> a = in_double.gradient(i, convert<double>(x));
    const Vector<Real<200>> b = real.gradient(i, convert<Real<200>>(x));
    const Vector<Interval<50>> c = interval.gradient(i, convert<Interval<50>>(x));
    for (Index k = 0; k < 4; ++k) agree(a[k], b[k], c[k]);
  }
}

TEST(LogisticRegression, FarMarginsDoNotOverflow) {
  SparseData data{"far", SparseRows<double>(2, 1), {1, -1}};
  data.rows.insert(0, 0) = 1;
  data.rows.insert(1, 0) = 1;
  const LogisticRegression<double> f(data, 1, 1.0);
  const Vector<double> x = Vector<double>::Constant(1, 1e4);
  EXPECT_EQ(f.value(x), 5e3 + 5e7);
  EXPECT_EQ(f.gradient(0, x)[0], 1e4 + 0.5);
}

// A = diag(3, 4), M = n = 2: lambda_max(A'A)/(4M) = 2, and worker i's only row has n |a_i|^2/(4M) = 9/4, 4.
TEST(LogisticRegression, ConstantsAreUpperBoundsAndTight) {
  SparseData data{"diagonal", SparseRows<double>(2, 2), {1, -1}};
  data.rows.insert(0, 0) = 3;
  data.rows.insert(1, 1) = 4;
  const Rational lambda = q(1, 8);
  const auto close_above = [](const Rational& bound, const Rational& exact) {
    EXPECT_GE(bound, exact);
    EXPECT_LE(bound, Rational(exact * (1 + q(1, 1'000'000'000))));
  };
  const auto check = [&](const auto& constants) {
    EXPECT_EQ(Rational(constants.mu), lambda);
    close_above(Rational(constants.L), 2 + lambda);
    close_above(Rational(constants.L_i[0]), q(9, 4) + lambda);
    close_above(Rational(constants.L_i[1]), 4 + lambda);
    close_above(Rational(constants.L_ij[0][0]), q(9, 4) + lambda);
    close_above(Rational(constants.L_ij[1][0]), 4 + lambda);
    EXPECT_EQ(constants.L_i.size(), 2U);
    EXPECT_EQ(constants.L_ij[0].size(), 1U);
  };
  check(LogisticRegression<double>(data, 2, 0.125).constants());
  check(LogisticRegression<Real<50>>(data, 2, ratio<Real<50>>(1, 8)).constants());
}

TEST(LogisticRegression, RefusesBadArguments) {
  const SparseData good = random_data(5, 2, 1);
  const auto line = [](SparseData data, Index n, double lambda) {
    return error_of<precondition_error>([&] { (void)LogisticRegression<double>(std::move(data), n, lambda); });
  };
  EXPECT_EQ(line(good, 5, 0.5), "nothing thrown");
  EXPECT_EQ(line(good, 6, 0.5), "a generalized linear model needs 1 <= n <= M (workers n, rows M); found 6, 5");
  EXPECT_EQ(line(good, 0, 0.5), "a generalized linear model needs 1 <= n <= M (workers n, rows M); found 0, 5");
  for (const double lambda : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")})
    EXPECT_NE(line(good, 1, lambda).find("a convex generalized linear model needs lambda > 0"), std::string::npos)
        << lambda;
  SparseData bad = good;
  bad.labels[2] = 0;
  EXPECT_EQ(line(bad, 1, 0.5), "a label needs to be -1 or +1 (row, label); found 2, 0");
  bad = good;
  bad.labels.pop_back();
  EXPECT_EQ(line(bad, 1, 0.5), "one label for each row (labels, rows); found 4, 5");
  bad = good;
  bad.rows.coeffRef(0, 0) = std::numeric_limits<double>::infinity();
  EXPECT_EQ(line(bad, 1, 0.5), "an entry of the data needs to be finite; found inf");
  bad.rows.coeffRef(0, 0) = 1e200;
  EXPECT_NE(line(bad, 1, 0.5).find("the squares of the data overflow"), std::string::npos);
}

/// lambda_max(A'A)/(4M) and max |a_r|^2/4, to six digits.
struct Figures {
  const char* name;
  double smoothness;
  double largest_row;
};

class RealData : public testing::TestWithParam<Figures> {};

TEST_P(RealData, ConstantsHaveTheKnownFigures) {
  const Figures& known = GetParam();
  const std::filesystem::path path = std::filesystem::path(TOUCHSTONE_SOURCE) / "../shared/data" / known.name;
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "no file " << path;
  const double lambda = 0x1p-10;
  const LogisticRegression<double> f(read_libsvm(path.string()), 1, lambda);
  const auto half_of_the_sixth_digit = [](double a) { return 0.5 * std::pow(10, std::floor(std::log10(a)) - 5); };
  EXPECT_NEAR(f.constants().L - lambda, known.smoothness, half_of_the_sixth_digit(known.smoothness));
  EXPECT_NEAR(f.constants().largest_L_ij() - lambda, known.largest_row, half_of_the_sixth_digit(known.largest_row));
}

INSTANTIATE_TEST_SUITE_P(All, RealData,
                         testing::Values(Figures{"a9a", 1.57192, 3.5}, Figures{"mushrooms", 2.58621, 5.25},
                                         Figures{"phishing", 0.162551, 0.249989}, Figures{"w8a", 0.661199, 28.5},
                                         Figures{"heart_scale", 0.693615, 2.70197}, Figures{"a1a", 1.56716, 3.5}),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace touchstone
