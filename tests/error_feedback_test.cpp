// Error-compensated gradient descent: stepsizes; the invariant of error compensation; reductions; wrong variants that must be
// caught.

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/methods/error_feedback/ec_gd.hpp"
#include "touchstone/methods/error_feedback/ec_gd_star.hpp"
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
