// Huber sums: values and gradients on both pieces, constants that hold and are attained, the solution that was chosen.

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/problems/huber_sum.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

using Terms = std::vector<std::vector<std::vector<HuberTerm<Rational>>>>;

static_assert(FiniteSumProblem<HuberSum<Rational>, Rational>);

/// 3 h(<(1, 2), x> - 1) on the first of the tabulated forms, h(x_2) + h(x_1 + 1)/2 on the second.
Terms plane_terms() {
  return {{{{3, vec({1, 2}), 1}}, {{1, vec({0, 1}), 0}, {q(1, 2), vec({1, 0}), -1}}}};
}

/// x^2/2 + 2 h(x - 1)
HuberSum<Rational> line() {
  const QuadraticForm<Rational> form{Matrix<Rational>::Identity(1, 1), vec({0})};
  return {Quadratic<Rational>({form}, {1, 1, {1}, {{1}}}), {{{{2, vec({1}), 1}}}}};
}

TEST(HuberSum, AParabolaBetweenTwoLines) {
  const HuberSum<Rational> f = line();
  EXPECT_EQ(f.gradient(0, vec({q(3, 2)})), vec({q(5, 2)}));
  EXPECT_EQ(f.value(vec({q(3, 2)})), q(9, 8) + q(1, 4));
  EXPECT_EQ(f.gradient(0, vec({3})), vec({5}));
  EXPECT_EQ(f.value(vec({3})), q(9, 2) + 3);
  EXPECT_EQ(f.gradient(0, vec({-3})), vec({-5}));
  EXPECT_EQ(f.value(vec({-3})), q(9, 2) + 7);
  for (const Rational& kink : {q(2), q(0)}) {
    const Rational slope = kink + (kink == 2 ? 2 : -2);
    EXPECT_EQ(f.gradient(0, vec({kink})), vec({slope}));
    EXPECT_EQ(f.value(vec({kink})), kink * kink / 2 + 1);
  }
}

TEST(HuberSum, TheGradientIsTheSlopeOfTheValue) {
  const HuberSum<Rational> f(one_worker(), plane_terms());
  const Rational step = q(1, 1024);  // on one piece a central difference is exact
  for (const Vector<Rational>& x : {vec({q(-1, 2), q(1, 3)}), vec({4, -3}), vec({-3, q(1, 4)}), vec({1, 5})})
    for (Index c = 0; c < 2; ++c) {
      const Vector<Rational> e = Vector<Rational>::Unit(2, c) * step;
      EXPECT_EQ(full_gradient<Rational>(f, x)[c], Rational((f.value(x + e) - f.value(x - e)) / (2 * step)));
    }
}

TEST(HuberSum, TheWorkersGradientIsTheMeanOfItsComponents) {
  const HuberSum<Rational> f(one_worker(), plane_terms());
  for (const Vector<Rational>& x : {vec({0, q(1, 3)}), vec({4, -3})})
    EXPECT_EQ(f.gradient(0, x),
              Vector<Rational>((f.component_gradient(0, 0, x) + f.component_gradient(0, 1, x)) / q(2)));
}

TEST(HuberSum, ConstantsAreThoseOfTheQuadraticPartAndOfTheTerms) {
  const ProblemConstants<Rational> c = HuberSum<Rational>(one_worker(), plane_terms()).constants();
  EXPECT_EQ(c.L_ij, (std::vector<std::vector<Rational>>{{3 + 15, 2 + q(3, 2)}}));
  EXPECT_EQ(c.L_i, std::vector<Rational>{2 + (15 + q(3, 2)) / 2});
  EXPECT_EQ(c.L, c.L_i.front());
  EXPECT_EQ(c.mu, q(3, 2));
}

/// |grad f(x) - grad f(y)|^2 <= 2L (f(x) - f(y) - <grad f(y), x - y>)
bool is_smooth(const HuberSum<Rational>& f, const Rational& L, const Vector<Rational>& x,
               const Vector<Rational>& y) {
  const Vector<Rational> g = full_gradient<Rational>(f, y);
  const Rational D = f.value(x) - f.value(y) - g.dot(x - y);
  return squared_distance(full_gradient<Rational>(f, x), g) <= 2 * L * D;
}

TEST(HuberSum, SmoothnessHoldsAndIsAttained) {
  const HuberSum<Rational> f(one_worker(), plane_terms());
  const std::vector<Vector<Rational>> points{vec({0, q(1, 3)}), vec({4, -3}), vec({-3, q(1, 4)}), vec({1, 0}),
                                             vec({0, 0})};
  for (const Vector<Rational>& x : points)
    for (const Vector<Rational>& y : points) EXPECT_TRUE(is_smooth(f, f.constants().L, x, y));
  EXPECT_TRUE(is_smooth(line(), 3, vec({2}), vec({q(1, 2)})));
  EXPECT_FALSE(is_smooth(line(), q(299, 100), vec({2}), vec({q(1, 2)})));
}

TEST(HuberSum, TheSolutionIsTheChosenOne) {
  const HuberSum<Rational> f(one_worker(), plane_terms());
  const Vector<Rational> x_star = vec({1, q(-2, 3)});
  const HuberSum<Rational> shifted = f.with_minimizer(x_star);
  EXPECT_EQ(full_gradient<Rational>(shifted, x_star), vec({0, 0}));
  EXPECT_NE(full_gradient<Rational>(f, x_star), vec({0, 0}));
  const Vector<Rational> x = vec({4, -3});
  EXPECT_EQ(Vector<Rational>(shifted.component_gradient(0, 0, x) - shifted.component_gradient(0, 1, x)),
            Vector<Rational>(f.component_gradient(0, 0, x) - f.component_gradient(0, 1, x)));
  EXPECT_EQ(shifted.constants().L_ij, f.constants().L_ij);
}

TEST(HuberSum, RefusesTermsThatDoNotFit) {
  EXPECT_THROW(HuberSum<Rational>(one_worker(), {}), precondition_error);
  EXPECT_THROW(HuberSum<Rational>(one_worker(), {{{}}}), precondition_error);
  EXPECT_THROW(HuberSum<Rational>(one_worker(), {{{{1, vec({1}), 0}}, {}}}), precondition_error);
  EXPECT_THROW(HuberSum<Rational>(one_worker(), {{{{-1, vec({1, 0}), 0}}, {}}}), precondition_error);
}

}  // namespace
}  // namespace touchstone
