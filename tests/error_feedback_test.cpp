// Parallel SGD and error-compensated gradient descent against tabulated exact trajectories; the invariant of error
// compensation; reductions; wrong variants that must be caught.

#include <algorithm>
#include <utility>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
#include "touchstone/methods/error_feedback/parallel_sgd.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/problems/top1_counterexample.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

using Compensated = EcGd<Rational, TopK>;
using CompensatedStar = EcGdStar<Rational, TopK>;
const TopK top1{1};

TEST(Top1Counterexample, ParallelDescentMultipliesTheIterateByAConstantAboveOne) {
  const auto f = top1_counterexample<Rational>();
  for (const Rational& gamma : {q(1, 1000), q(1, 10), q(1), q(7, 3)})
    for (const Rational& t : {q(1), q(-2, 5)}) {
      const ParallelSgd<Rational, TopK> method{top1, gamma};
      Rational factor = 1;
      auto s = method.initial(f, Vector<Rational>::Constant(3, t));
      for (int k = 0; k < 30; ++k) {
        s = after(1, method, f, s);
        factor *= 1 + 11 * gamma / 6;
        ASSERT_EQ(s.x, Vector<Rational>::Constant(3, Rational(factor * t)));
      }
    }
}

TEST(Top1Counterexample, UncompressedDescentContracts) {
  const auto f = top1_counterexample<Rational>();
  const ParallelSgd<Rational, Identity> method{{}, q(6, 103)};
  const auto s = after(10, method, f, method.initial(f, Vector<Rational>::Constant(3, q(1))));
  EXPECT_LT(s.x.squaredNorm(), q(1));
}

TEST(Top1Counterexample, ErrorCompensatedTrajectoriesAreThoseTabulated) {
  const auto f = top1_counterexample<Rational>();
  const Vector<Rational> ones = Vector<Rational>::Constant(3, q(1));
  const Compensated tenth{{top1}, q(1, 10)};
  const auto s = tenth.initial(f, ones);
  EXPECT_EQ(after(1, tenth, f, s).x, Vector<Rational>(q(71, 60) * ones));
  EXPECT_EQ(after(2, tenth, f, s).x, vec({q(317, 600), q(1027, 1200), q(71, 60)}));
  EXPECT_EQ(after(3, tenth, f, s).x, vec({q(8893, 7200), q(14839, 24000), q(361, 500)}));
  EXPECT_EQ(after(4, tenth, f, s).x, vec({q(8893, 7200), q(668983, 480000), q(18143, 36000)}));

  const Compensated hundredth{{top1}, q(1, 100)};
  EXPECT_EQ(after(2, hundredth, f, s).x, vec({q(57467, 60000), q(118567, 120000), q(611, 600)}));
  EXPECT_EQ(after(3, hundredth, f, s).x, vec({q(57467, 60000), q(22679539, 24000000), q(2778067, 3000000)}));
}

/// Ties to the highest index.
struct TopKLastTie : TopK {
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    return TopK::compress(Vector<S>(x.reverse()), random).reverse();
  }
};

TEST(Top1Counterexample, TheOtherTieRuleMirrorsTheCompensatedTrajectory) {
  const auto f = top1_counterexample<Rational>();
  const EcGd<Rational, TopKLastTie> mirrored{{{top1}}, q(1, 10)};
  const Vector<Rational> x2 = after(2, mirrored, f, mirrored.initial(f, Vector<Rational>::Constant(3, q(1)))).x;
  EXPECT_EQ(x2, vec({q(71, 60), q(1027, 1200), q(317, 600)}));
  EXPECT_NE(x2, vec({q(317, 600), q(1027, 1200), q(71, 60)})) << "the rule for ties is observable";
}

TEST(EcGd, LeavesTheSolutionWhereTheGradientsThereDiffer) {
  std::vector<QuadraticForm<Rational>> forms;
  for (const Vector<Rational>& c : {vec({2, 1}), vec({-2, 1}), vec({0, -2})})
    forms.push_back({Matrix<Rational>::Identity(2, 2), Vector<Rational>(-c)});
  const Quadratic<Rational> f{forms, {1, 1, {1, 1, 1}, {{1}, {1}, {1}}}};
  const Vector<Rational> x_star = f.minimizer();
  ASSERT_EQ(x_star, vec({0, 0}));
  const Compensated plain{{top1}, q(1, 4)};
  EXPECT_EQ(after(1, plain, f, plain.initial(f, x_star)).x, vec({0, q(1, 6)}));
  const CompensatedStar star{{top1}, q(1, 4), StarShift<Rational>::of(f, x_star)};
  EXPECT_EQ(after(5, star, f, star.initial(f, x_star)).x, x_star);
}

/// V = |x - mean e - x*|^2 + N (1/n) sum |e_i|^2
template <class State>
Rational lyapunov_value(const State& s, const Vector<Rational>& x_star, const Rational& N) {
  const Rational n = integer<Rational>(static_cast<Index>(s.e.size()));
  Vector<Rational> virtual_iterate = s.x;
  Rational errors = 0;
  for (const Vector<Rational>& e_i : s.e) {
    virtual_iterate -= e_i / n;
    errors += e_i.squaredNorm() / n;
  }
  return squared_distance(virtual_iterate, x_star) + N * errors;
}

TEST(EcGdStar, TrajectoryConstantsAndLyapunovValuesAreThoseTabulated) {
  const auto f = diagonal_workers();
  const Vector<Rational> x_star = f.minimizer();
  ASSERT_EQ(x_star, vec({1, -1}));
  ASSERT_EQ(f.gradient(0, x_star), vec({1, -1}));
  const Rational L = f.constants().largest_L_i();
  const Rational gamma = q(1, 48);
  const auto delta = top1.delta<Rational>(2);
  const auto constants = ec_gd_star_constants(L);
  const auto errors = compensated_errors(constants, L, delta);
  const Rational N = error_weight(errors, gamma);
  EXPECT_EQ(N, q(3, 2));
  EXPECT_EQ(compression_factor(delta), q(3, 2));
  EXPECT_EQ(error_feedback_smoothness(constants, errors, gamma), q(39, 4));
  EXPECT_EQ(descent_coefficient(constants, errors, gamma), q(19, 32));
  EXPECT_EQ(error_feedback_noise(constants, errors, gamma), 0);
  const auto gaps = error_feedback_gaps(constants, errors, gamma, f.constants().mu);
  EXPECT_EQ(*std::min_element(gaps.begin(), gaps.end()), q(1, 64));

  const CompensatedStar method{{top1}, gamma, StarShift<Rational>::of(f, x_star)};
  const auto s0 = method.initial(f, vec({3, 2}));
  const auto s1 = after(1, method, f, s0);
  const auto s2 = after(2, method, f, s0);
  EXPECT_EQ(s1.x, vec({q(71, 24), q(61, 32)}));
  EXPECT_EQ(s1.e, (std::vector{vec({0, q(1, 16)}), vec({q(1, 24), 0})}));
  EXPECT_EQ(s2.x, vec({q(71, 24), q(449, 256)}));
  EXPECT_EQ(after(3, method, f, s0).x, vec({q(1657, 576), q(13663, 8192)}));
  EXPECT_EQ(lyapunov_value(s0, x_star, N), 13);
  EXPECT_EQ(lyapunov_value(s1, x_star, N), q(36937, 3072));
  EXPECT_EQ(lyapunov_value(s2, x_star, N), q(19666979, 1769472));
}

TEST(EcGd, TrajectoryIsThatTabulated) {
  const auto f = diagonal_workers();
  const Compensated method{{top1}, q(1, 64)};
  const auto s0 = method.initial(f, vec({3, 2}));
  EXPECT_EQ(after(1, method, f, s0).x, vec({q(379, 128), q(123, 64)}));
  EXPECT_EQ(after(2, method, f, s0).x, vec({q(23941, 8192), q(15119, 8192)}));
}

/// Constants of (EC) with zeta = 1: A = 2L, D1 = 2 zeta, A' = L.
TEST(EcGdTheory, StepsizesTurnTheConditionIntoAnEquality) {
  const auto c = ec_gd_constants<Rational>(3, 1);
  EXPECT_EQ(c.worker_mean, (MomentBound<Rational>{6, 0, 0, 2}));
  EXPECT_EQ(c.mean, (MomentBound<Rational>{3, 0, 0, 0}));
  const auto errors = compensated_errors(c, q(3), q(1, 2));
  EXPECT_EQ(error_feedback_noise(c, errors, q(1, 64)), q(1, 4096) * q(9, 8) * q(3, 2) * 2);
  // A delta and L whose radicand is a square: delta = 1 leaves A'^2.
  const auto none = compensated_errors(c, q(3), q(1));
  const Rational radicand = stepsize_radicand(c, none, q(1, 2));
  EXPECT_EQ(radicand, 9);
  const Rational gamma = error_feedback_stepsize(c, q(3), q(1, 2));
  EXPECT_EQ(gamma, q(1, 6));
  EXPECT_EQ(descent_coefficient(c, none, gamma), 0) << "theta = 0 at the largest stepsize";
  // With an upper bound t of the root the condition holds strictly, with a lower one it fails.
  const Rational half = stepsize_radicand(c, errors, q(1, 2));
  EXPECT_EQ(half, 9 + 48 * q(1, 2) * 3 * q(3, 2) * 6 * 2);
  for (const Rational& t : {q(37), q(36)}) {
    const Rational theta = descent_coefficient(c, errors, error_feedback_stepsize(c, t, q(1, 2)));
    EXPECT_EQ(theta >= 0, t * t >= half) << t;
  }
}

TEST(QsgdTheory, RowOnTwoWorkersWithRand1) {
  const auto row = qsgd_constants<Rational>(3, 1, 2, 5, q(1, 2));
  EXPECT_EQ(row.A, 6);
  EXPECT_EQ(row.B, 0);
  EXPECT_EQ(row.rho, 1);
  EXPECT_EQ(row.C, 0);
  EXPECT_EQ(row.D1, q(11, 2));
  EXPECT_EQ(row.D2, 0);
  EXPECT_EQ(qsgd_stepsize<Rational>(3, 1, 2), 1 / row.A);
}

/// x - mean e before and after a step differ by -gamma times the mean gradient at x.
template <class Method, class P>
bool virtual_iterate_descends(const Method& method, const P& f, const typename Method::State& s,
                              const Vector<Rational>& mean_gradient) {
  const auto virtual_iterate = [&](const auto& state) {
    Vector<Rational> x = state.x;
    for (const Vector<Rational>& e_i : state.e) x -= e_i / integer<Rational>(f.workers());
    return x;
  };
  return virtual_iterate(after(1, method, f, s)) ==
         Vector<Rational>(virtual_iterate(s) - method.gamma * mean_gradient);
}

/// Wrong on purpose: the error is forgotten.
struct ForgetfulEcGd : Compensated {
  template <class P, class R>
  State step(const P& f, const State& s, R& random) const {
    return initial(f, Compensated::step(f, s, random).x, s.e);
  }
};

TEST(EcGd, TheVirtualIterateFollowsGradientDescent) {
  const auto f = diagonal_workers();
  const Compensated method{{top1}, q(1, 7)};
  const ForgetfulEcGd forgetful{method};
  auto s = method.initial(f, vec({3, 2}));
  for (int k = 0; k < 6; ++k) {
    const Vector<Rational> gradient = full_gradient<Rational>(f, s.x);
    EXPECT_TRUE(virtual_iterate_descends(method, f, s, gradient)) << k;
    EXPECT_FALSE(virtual_iterate_descends(forgetful, f, s, gradient)) << k;
    s = after(1, method, f, s);
  }
}

TEST(Reductions, WithoutCompressionErrorsStayZeroAndTheIterateIsThatOfGradientDescent) {
  const auto f = diagonal_workers();
  const Gd<Rational> gd{q(1, 5)};
  const EcGd<Rational, Identity> ec{{}, q(1, 5)};
  auto s = ec.initial(f, vec({3, 2}));
  auto t = gd.initial(f, vec({3, 2}));
  for (int k = 0; k < 4; ++k) {
    s = after(1, ec, f, s);
    t = after(1, gd, f, t);
    EXPECT_EQ(s.x, t.x);
    for (const Vector<Rational>& e_i : s.e) EXPECT_EQ(e_i, vec({0, 0}));
  }
}

TEST(Reductions, WithoutGradientsAtTheSolutionTheStarChangesNothing) {
  const auto f = top1_counterexample<Rational>();
  const Vector<Rational> start = vec({1, 2, -1});
  const Compensated plain{{top1}, q(1, 50)};
  const CompensatedStar star{{top1}, q(1, 50), StarShift<Rational>::of(f, f.minimizer())};
  const auto starred = after(4, star, f, star.initial(f, start));
  const auto unstarred = after(4, plain, f, plain.initial(f, start));
  EXPECT_EQ(starred.x, unstarred.x);
  EXPECT_EQ(starred.e, unstarred.e);

  const auto g = diagonal_workers();
  const CompensatedStar other{{top1}, q(1, 50), StarShift<Rational>::of(g, g.minimizer())};
  EXPECT_NE(after(4, other, g, other.initial(g, vec({3, 2}))).x,
            after(4, plain, g, plain.initial(g, vec({3, 2}))).x);
}

}  // namespace
}  // namespace touchstone
