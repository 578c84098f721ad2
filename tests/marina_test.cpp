// MARINA against tabulated exact expectations of its first steps; reductions; wrong variants that the table must catch.

#include <utility>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/theory/marina/marina.hpp"

namespace touchstone::marina_test {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

/// Indefinite on each worker, |x|^2/2 - (x_1 + x_2)/2 on average: x* = (1/2, 1/2), f(x*) = -1/4, L_1 = 3, L_2 = 4.
Quadratic<Rational> indefinite_workers() {
  const std::vector<QuadraticForm<Rational>> forms{{matrix2(3, 0, 0, -2), vec({1, 0})},
                                                   {matrix2(-1, 0, 0, 4), vec({0, 1})}};
  return {forms, {1, 1, {3, 4}, {{3}, {4}}}};
}

const Vector<Rational> start = vec({2, 1});
const Marina<Rational, RandK> marina{RandK{1}, q(1, 7), q(1, 2)};

/// What is tabulated: E[f(x^k) - f(x*)], E|grad f(x^k)|^2, E|g^k - grad f(x^k)|^2.
struct Tabulated {
  Rational gap, gradient, estimator;
  bool operator==(const Tabulated&) const = default;
};
std::ostream& operator<<(std::ostream& out, const Tabulated& t) {
  return out << t.gap << ' ' << t.gradient << ' ' << t.estimator;
}

template <class Method>
Tabulated after_steps(Index k, const Method& method) {
  const auto f = indefinite_workers();
  const auto from = method.initial(f, start);
  const auto full = [&](const auto& s) { return full_gradient<Rational>(f, s.x); };
  return {expected(k, method, f, from, [&](const auto& s) { return Rational(f.value(s.x) + q(1, 4)); }),
          expected(k, method, f, from, [&](const auto& s) { return Rational(full(s).squaredNorm()); }),
          expected(k, method, f, from, [&](const auto& s) { return squared_distance(s.g, full(s)); })};
}

TEST(Marina, FirstStepsAreThoseTabulated) {
  EXPECT_EQ(after_steps(0, marina), (Tabulated{q(5, 4), q(5, 2), 0}));
  EXPECT_EQ(after_steps(1, marina), (Tabulated{q(45, 49), q(90, 49), q(55, 784)}));
  EXPECT_EQ(after_steps(2, marina), (Tabulated{q(51895, 76832), q(51895, 38416), q(13635, 153664)}));
  EXPECT_EQ(after_steps(3, marina), (Tabulated{q(7495755, 15059072), q(7495755, 7529536), q(2549685, 30118144)}));
}

TEST(Marina, TheEstimatorHasMeanErrorZeroAlthoughItIsBiased) {
  const auto f = indefinite_workers();
  for (Index k = 0; k <= 3; ++k) {
    const Vector<Rational> error = expected(k, marina, f, marina.initial(f, start), [&](const auto& s) {
      return Vector<Rational>(s.g - full_gradient<Rational>(f, s.x));
    });
    EXPECT_EQ(error, vec({0, 0})) << k;
  }
}

TEST(Marina, KeepsTheGradientsOfTheNewPoint) {
  const auto f = indefinite_workers();
  for_each_outcome<Rational>([&](auto& random) { return after(2, marina, f, marina.initial(f, start), random); },
                             [&](const Rational& /*probability*/, const auto& s) {
                               for (Index i = 0; i < 2; ++i)
                                 EXPECT_EQ(s.gradients[static_cast<std::size_t>(i)], f.gradient(i, s.x));
                             });
}

TEST(Marina, IsGradientDescentWithoutCompressionOrWithACertainCoin) {
  const auto f = indefinite_workers();
  const Gd<Rational> gd{q(1, 7)};
  const Vector<Rational> x = after(3, gd, f, gd.initial(f, start)).x;
  const Marina<Rational, RandK> always{RandK{1}, q(1, 7), 1};
  EXPECT_EQ(after(3, always, f, always.initial(f, start)).x, x);
  const Marina<Rational, Identity> uncompressed{{}, q(1, 7), q(1, 3)};
  for_each_outcome<Rational>(
      [&](auto& random) { return after(3, uncompressed, f, uncompressed.initial(f, start), random); },
      [&](const Rational& /*probability*/, const auto& s) { EXPECT_EQ(s.x, x); });
}

TEST(Marina, RefusesPointsThatDoNotFit) {
  const auto f = indefinite_workers();
  EXPECT_THROW((void)marina.initial(f, vec({1, 2, 3})), precondition_error);
  EXPECT_THROW((void)marina.initial(f, start, vec({1})), precondition_error);
}

TEST(MarinaTheory, ConstantsOfTheTabulatedInstance) {
  // L^2 = (9 + 16)/2, omega = 1, n = 2, p = 1/2; the stepsize 1/7 is below the irrational limit 0.1657.
  const Rational lambda_squared = marina_lambda_squared<Rational>(q(25, 2), 1, 2, q(1, 2));
  EXPECT_EQ(lambda_squared, q(25, 4));
  EXPECT_EQ(biased_estimator_stepsize<Rational>(q(7, 2), q(5, 2)), q(1, 6));
  EXPECT_EQ(biased_estimator_pl_stepsizes<Rational>(4, 6, q(1, 2), 1), (std::vector<Rational>{q(1, 10), q(1, 4)}));
  EXPECT_EQ(biased_estimator_descent<Rational>(q(7, 2), q(1, 7), lambda_squared), q(73, 196));
  EXPECT_EQ(biased_estimator_weight<Rational>(q(1, 7), q(1, 2)), q(1, 7));
  EXPECT_EQ(biased_estimator_pl_weight<Rational>(q(1, 7), q(1, 2)), q(2, 7));
}

// Wrong on purpose.
struct NewGradientCompressed : Marina<Rational, RandK> {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    for (Vector<Rational>& old_gradient : s.gradients) old_gradient.setZero();
    return Marina::step(f, std::move(s), random);
  }
};
struct CoinInverted : Marina<Rational, RandK> {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    return Marina{compressor, gamma, Rational(1 - p)}.step(f, std::move(s), random);
  }
};
struct NeverRefreshed : Marina<Rational, RandK> {
  template <class P, class R>
  [[nodiscard]] State step(const P& f, State s, R& random) const {
    return Marina{compressor, gamma, 0}.step(f, std::move(s), random);
  }
};

TEST(MarinaMutants, AreTold) {
  const Tabulated right = after_steps(1, marina);
  EXPECT_NE(after_steps(1, NewGradientCompressed{marina}), right);
  EXPECT_NE(after_steps(1, NeverRefreshed{marina}), right);
  const Marina<Rational, RandK> rarely{RandK{1}, q(1, 7), q(1, 3)};
  EXPECT_NE(after_steps(1, CoinInverted{rarely}), after_steps(1, rarely));
}

}  // namespace
}  // namespace touchstone::marina_test
