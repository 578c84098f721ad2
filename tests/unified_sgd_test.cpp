// GD, SAGA, L-SVRG and DIANA against tabulated exact expectations of their first three steps; reductions; wrong
// variants that the table and the row must catch.

#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/saga.hpp"
#include "touchstone/methods/unified_sgd/sgd_sr.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

using Row = ParametricConstants<Rational>;

void expect_row(const Row& row, const Row& expected) {
  EXPECT_EQ(row.A, expected.A);
  EXPECT_EQ(row.B, expected.B);
  EXPECT_EQ(row.rho, expected.rho);
  EXPECT_EQ(row.C, expected.C);
  EXPECT_EQ(row.D1, expected.D1);
  EXPECT_EQ(row.D2, expected.D2);
}

/// What is tabulated of a method: sigma_0^2, E|g^0 - grad f(x*)|^2, E sigma_1^2, E|x^k - x*|^2 for k = 1, 2 and, in
/// units of 10^-12, for k = 3.
struct FirstSteps {
  Rational s0, g0, s1, r1, r2, r3;
};

/// Equal, the last entry after rounding to the digits of the table.
bool operator==(const FirstSteps& a, const FirstSteps& b) {
  using boost::multiprecision::abs;
  return a.s0 == b.s0 && a.g0 == b.g0 && a.s1 == b.s1 && a.r1 == b.r1 && a.r2 == b.r2 &&
         abs(a.r3 - b.r3) <= q(1, 2);
}
std::ostream& operator<<(std::ostream& out, const FirstSteps& s) {
  return out << s.s0 << ' ' << s.g0 << ' ' << s.s1 << ' ' << s.r1 << ' ' << s.r2 << ' ' << s.r3;
}

template <class Method, class P>
FirstSteps first_steps(const Method& method, const P& f, const typename Method::State& start) {
  const Vector<Rational> x_star = f.minimizer();
  const auto distance = [&](const auto& s) { return squared_distance(s.x, x_star); };
  const auto sigma_squared = [&](const auto& s) {
    if constexpr (requires { method.sigma_squared(f, s, x_star); })
      return method.sigma_squared(f, s, x_star);
    else
      return Rational(0);
  };
  const auto estimate = [&](const auto& s) {
    return Rational((start.x - s.x).squaredNorm() / (method.gamma * method.gamma));
  };
  const Rational r3 = expected(3, method, f, start, distance);
  return {sigma_squared(start),
          expected(1, method, f, start, estimate),
          expected(1, method, f, start, sigma_squared),
          expected(1, method, f, start, distance),
          expected(2, method, f, start, distance),
          Rational(r3 * 1'000'000'000'000)};
}

const std::vector<Vector<Rational>> shifts{vec({0, 1}), vec({-1, 0})};  // tables and shifts of the tabulated runs

TEST(Gd, FirstStepsAreThoseTabulated) {
  const auto f = two_workers();
  expect_row(gd_constants<Rational>(2), {2, 0, 1, 0, 0, 0});
  const Gd<Rational> gd{gd_stepsize<Rational>(2)};
  EXPECT_EQ(first_steps(gd, f, gd.initial(f, tabulated_start)),
            (FirstSteps{0, q(145, 8), 0, q(1, 288), q(1, 4608), 13563368}));
}

const FirstSteps tabulated_saga{q(35, 9), q(79, 4), q(955, 72), q(4675, 1296), q(267635, 93312), 2275123237678};

TEST(Saga, FirstStepsAreThoseTabulated) {
  const auto f = one_worker();
  expect_row(saga_constants<Rational>(3, 2), {6, 2, q(1, 2), q(3, 2), 0, 0});
  EXPECT_EQ(saga_lyapunov_weight<Rational>(2), 8);
  const Saga<Rational> saga{saga_stepsize<Rational>(3)};
  EXPECT_EQ(saga.gamma, q(1, 18));
  EXPECT_EQ(first_steps(saga, f, saga.initial(f, tabulated_start, shifts)), tabulated_saga);
}

TEST(LSvrg, FirstStepsAreThoseTabulated) {
  const auto f = one_worker();
  expect_row(l_svrg_constants<Rational>(3, q(1, 2)), {6, 2, q(1, 2), q(3, 2), 0, 0});
  EXPECT_EQ(l_svrg_lyapunov_weight<Rational>(q(1, 2)), 8);
  const LSvrg<Rational> l_svrg{l_svrg_stepsize<Rational>(3), q(1, 2)};
  EXPECT_EQ(l_svrg.gamma, q(1, 18));
  EXPECT_EQ(first_steps(l_svrg, f, l_svrg.initial(f, tabulated_start, vec({0, 1}))),
            (FirstSteps{q(95, 36), q(161, 8), q(455, 36), q(9353, 2592), q(1598815, 559872), 2259267177368}));
}

const FirstSteps tabulated_diana{q(35, 9), q(59, 2), q(1009, 72), q(935, 288), q(382561, 165888), 1640660028235};

TEST(Diana, FirstStepsWithNoisyGradientsAreThoseTabulated) {
  const auto f = two_noisy_workers();
  EXPECT_EQ(f.form(1).b, tabulated_forms()[1].b) << "the noise has mean zero";
  expect_row(diana_constants<Rational>(3, 1, 2, q(1, 2), q(3, 2)), {6, 1, q(1, 2), q(3, 2), q(3, 2), q(3, 4)});
  EXPECT_EQ(diana_lyapunov_weight<Rational>(1, 2, q(1, 2)), 4);
  EXPECT_EQ(diana_shift_stepsize<Rational>(1), q(1, 2));
  const Diana<Rational, RandK, SampledComponent> diana{RandK{1}, diana_stepsize<Rational>(3, 1, 2), q(1, 2)};
  EXPECT_EQ(diana.gamma, q(1, 12));
  EXPECT_EQ(first_steps(diana, f, diana.initial(f, tabulated_start, shifts)), tabulated_diana);
}

TEST(Diana, FirstStepsOnOneWorkerAreThoseTabulated) {
  const auto f = one_worker();
  expect_row(diana_constants<Rational>(2, 1, 1, q(1, 2)), {6, 2, q(1, 2), 1, 0, 0});
  EXPECT_EQ(diana_lyapunov_weight<Rational>(1, 1, q(1, 2)), 8);
  const Diana<Rational, RandK> diana{RandK{1}, diana_stepsize<Rational>(2, 1, 1), q(1, 2)};
  EXPECT_EQ(diana.gamma, q(1, 14));
  EXPECT_EQ(first_steps(diana, f, diana.initial(f, tabulated_start, {vec({0, 1})})),
            (FirstSteps{1, q(123, 4), q(153, 16), q(24095, 7056), q(14086979, 5531904), 1894794701152}));
}

// Wrong on purpose: the table and the unbiasedness check must tell them from the methods.
struct SagaMeanAfterOverwrite : Saga<Rational> {
  template <class P, class R>
  State step(const P& f, State s, R& random) const {
    const Index j = random.choose(f.components(0));
    const Vector<Rational> gradient = f.component_gradient(0, j, s.x);
    Vector<Rational>& T_j = s.table[static_cast<std::size_t>(j)];
    const Vector<Rational> change = gradient - T_j;
    s.table_mean += change / integer<Rational>(f.components(0));
    s.x -= gamma * (change + s.table_mean);
    T_j = gradient;
    return s;
  }
};
struct SagaTableNeverWritten : Saga<Rational> {
  template <class P, class R>
  State step(const P& f, const State& s, R& random) const {
    return {Saga::step(f, s, random).x, s.table, s.table_mean};
  }
};
using NoisyDiana = Diana<Rational, RandK, SampledComponent>;
struct DianaWithNewShifts : NoisyDiana {
  template <class P, class R>
  State step(const P& f, const State& s, R& random) const {
    State next = NoisyDiana::step(f, s, random);
    for (std::size_t i = 0; i < s.h.size(); ++i) next.x -= gamma / 2 * (next.h[i] - s.h[i]);
    return next;
  }
};

/// E g = grad f(x) in the first step.
template <class Method, class P>
bool unbiased(const Method& method, const P& f, const typename Method::State& s) {
  const Vector<Rational> mean = expected(1, method, f, s, [](const auto& next) { return next.x; });
  return mean == Vector<Rational>(s.x - method.gamma * full_gradient<Rational>(f, s.x));
}

TEST(Unbiasedness, HoldsForTheMethodsAndFailsWhereAnOldValueIsOverwrittenTooEarly) {
  const auto f = one_worker();
  const Saga<Rational> saga{q(1, 18)};
  const auto s = saga.initial(f, tabulated_start, shifts);
  EXPECT_TRUE(unbiased(saga, f, s));
  EXPECT_FALSE(unbiased(SagaMeanAfterOverwrite{saga}, f, s));

  const LSvrg<Rational> l_svrg{q(1, 18), q(1, 2)};
  EXPECT_TRUE(unbiased(l_svrg, f, l_svrg.initial(f, tabulated_start, vec({0, 1}))));

  const auto g = two_noisy_workers();
  const NoisyDiana diana{RandK{1}, q(1, 12), q(1, 2)};
  EXPECT_TRUE(unbiased(diana, g, diana.initial(g, tabulated_start, shifts)));
  EXPECT_FALSE(unbiased(DianaWithNewShifts{diana}, g, diana.initial(g, tabulated_start, shifts)));
}

TEST(TauNice, ItsVarianceIsThatOfDrawingWithoutReplacement) {
  std::vector<QuadraticForm<Rational>> forms = tabulated_forms();
  forms.push_back({matrix2(1, 0, 0, 2), vec({3, -1})});
  const Quadratic<Rational> f(std::vector<std::vector<QuadraticForm<Rational>>>{forms}, {3, 1, {3}, {{3, 2, 2}}});
  const Index m = f.components(0);
  const Vector<Rational> mean = f.gradient(0, tabulated_start);
  Rational of_a_draw(0);
  for (Index j = 0; j < m; ++j)
    of_a_draw += squared_distance(f.component_gradient(0, j, tabulated_start), mean) / m;
  for (Index tau = 1; tau <= m; ++tau) {
    const SgdSr<Rational, TauNice<Rational>> method{{tau}, 1};
    const Rational variance = expected(1, method, f, method.initial(f, tabulated_start), [&](const auto& s) {
      return squared_distance(tabulated_start - s.x, mean);
    });
    EXPECT_EQ(variance, tau_nice_variance<Rational>(of_a_draw, m, tau)) << tau;
    if (tau > 1) {
      EXPECT_LT(variance, of_a_draw / tau) << "drawing with replacement has more";
    }
  }
}

TEST(Table, CatchesWhatUnbiasednessDoesNot) {
  const auto f = one_worker();
  const SagaTableNeverWritten frozen{{q(1, 18)}};
  const auto s = frozen.initial(f, tabulated_start, shifts);
  EXPECT_TRUE(unbiased(frozen, f, s));
  EXPECT_NE(first_steps(frozen, f, s), tabulated_saga);

  const auto g = two_noisy_workers();
  const NoisyDiana doubled{RandK{1}, q(1, 12), q(1)};  // twice the stepsize of the shifts
  EXPECT_TRUE(unbiased(doubled, g, doubled.initial(g, tabulated_start, shifts)));
  EXPECT_NE(first_steps(doubled, g, doubled.initial(g, tabulated_start, shifts)), tabulated_diana);
}

/// The iterates of both methods agree for five steps under the same draws, and move.
template <class A, class B, class P>
void expect_same_iterates(const A& a, typename A::State s, const B& b, typename B::State t, const P& f) {
  Seeded for_a(1);
  Seeded for_b(1);
  for (Index k = 0; k < 5; ++k) {
    const Vector<Rational> before = s.x;
    for_a.begin_iteration(k);
    for_b.begin_iteration(k);
    s = a.step(f, std::move(s), for_a);
    t = b.step(f, std::move(t), for_b);
    EXPECT_EQ(s.x, t.x) << "after step " << k;
    EXPECT_NE(s.x, before);
  }
}

TEST(Reductions, WithoutCompressionTheMethodsAreGradientDescent) {
  const auto f = two_workers();
  const Rational gamma = q(1, 5);
  const Gd<Rational> gd{gamma};
  const auto s = gd.initial(f, tabulated_start);
  const Diana<Rational, Identity> diana{{}, gamma, q(2, 7)};
  expect_same_iterates(diana, diana.initial(f, tabulated_start, shifts), gd, s, f);
  const ParallelSgd<Rational, Identity> parallel{{}, gamma};
  expect_same_iterates(parallel, parallel.initial(f, tabulated_start), gd, s, f);
}

TEST(Reductions, OneComponentMakesSagaAndLSvrgGradientDescent) {
  const Quadratic<Rational> f{{tabulated_forms()[0]}, {3, 1, {3}, {{3}}}};
  const Rational gamma = q(1, 7);
  const Gd<Rational> gd{gamma};
  const auto s = gd.initial(f, tabulated_start);
  const Saga<Rational> saga{gamma};
  expect_same_iterates(saga, saga.initial(f, tabulated_start, {vec({5, -3})}), gd, s, f);
  const LSvrg<Rational> l_svrg{gamma, q(1, 3)};
  expect_same_iterates(l_svrg, l_svrg.initial(f, tabulated_start, vec({5, -3})), gd, s, f);
}

TEST(Reductions, ACertainCoinMakesTheReferencePointThePreviousIterate) {
  const auto f = one_worker();
  const LSvrg<Rational> l_svrg{q(1, 18), 1};
  const auto s = l_svrg.initial(f, tabulated_start, vec({0, 1}));
  for_each_outcome<Rational>([&](auto& random) { return l_svrg.step(f, s, random); },
                             [&](const Rational&, const auto& next) {
                               EXPECT_EQ(next.w, s.x);
                               EXPECT_EQ(next.reference_gradient, f.gradient(0, s.x));
                               EXPECT_NE(next.x, s.x);
                             });
}

TEST(Reductions, DianaWithoutLearningIsParallelSgdFromZeroShifts) {
  const auto f = two_workers();
  const Diana<Rational, RandK> diana{RandK{1}, q(1, 12), 0};
  const ParallelSgd<Rational, RandK> parallel{RandK{1}, q(1, 12)};
  expect_same_iterates(diana, diana.initial(f, tabulated_start), parallel, parallel.initial(f, tabulated_start), f);
}

TEST(Saga, KeepsTheMeanOfItsTable) {
  const auto f = one_worker();
  const Saga<Rational> saga{q(1, 18)};
  for_each_outcome<Rational>(
      [&](auto& random) { return after(3, saga, f, saga.initial(f, tabulated_start, shifts), random); },
      [](const Rational&, const auto& s) {
        EXPECT_EQ(s.table_mean, Vector<Rational>((s.table[0] + s.table[1]) / q(2)));
      });
}

}  // namespace
}  // namespace touchstone
