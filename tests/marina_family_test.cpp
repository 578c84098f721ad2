// VR-MARINA, PP-MARINA and MARINA with joint compressors: tabulated first steps, reductions, what is drawn, bad input.

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/perm_k.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/shared_rand_k.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/methods/marina/pp_marina.hpp"
#include "touchstone/methods/marina/vr_marina_online.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/randomness/transcript.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)

/// Two saddles whose average is |x|^2/2 - (x_1 + x_2)/2; the first worker's has two components.
Quadratic<Rational> two_saddles() {
  using Components = std::vector<QuadraticForm<Rational>>;
  const Components first{{matrix2(5, 0, 0, -2), vec({2, 0})}, {matrix2(1, 0, 0, -2), vec({0, 0})}};
  const Components second{{matrix2(-1, 0, 0, 4), vec({0, 1})}};
  return {std::vector<Components>{first, second}, {1, 1, {3, 4}, {{5, 2}, {4}}}};
}

const Vector<Rational> start = vec({2, 1});

template <class Method>
std::pair<Rational, Rational> after_steps(Index k, const Method& method) {
  const auto f = two_saddles();
  const auto from = method.initial(f, start);
  const auto full = [&](const auto& s) { return full_gradient<Rational>(f, s.x); };
  return {expected(k, method, f, from, [&](const auto& s) { return Rational(full(s).squaredNorm()); }),
          expected(k, method, f, from, [&](const auto& s) { return squared_distance(s.g, full(s)); })};
}

using Vr = VrMarina<Rational, RandK>;
using Pp = PpMarina<Rational, RandK>;
using Whole = PpMarina<Rational, RandK, WithoutReplacement>;
const Marina<Rational, RandK> marina{RandK{1}, q(1, 7), q(1, 2)};

TEST(PpMarina, FirstStepsAreThoseTabulated) {
  const Pp one_slot{RandK{1}, q(1, 10), q(1, 2), {1}};
  EXPECT_EQ(after_steps(1, one_slot), std::pair(q(81, 40), q(1, 8)));
  EXPECT_EQ(after_steps(2, one_slot), std::pair(q(3283, 2000), q(2729, 16000)));
}

TEST(PpMarina, IsMarinaWhereEveryWorkerHasASlot) {
  for (Index k = 1; k <= 2; ++k)
    EXPECT_EQ(after_steps(k, Whole{RandK{1}, q(1, 7), q(1, 2), {2}}), after_steps(k, marina)) << k;
}

TEST(PpMarina, IsNotMarinaWithReplacement) {
  EXPECT_NE(after_steps(1, Pp{RandK{1}, q(1, 7), q(1, 2), {2}}), after_steps(1, marina));
}

TEST(PpMarina, AWorkerWithTwoSlotsSendsTwoMessages) {
  // n = 1, r = 2, half-dropout: E|g+ - grad f(x+)|^2 is omega/2 |difference|^2 for two messages, omega for one sent twice.
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{{Matrix<Rational>::Identity(1, 1), vec({0})}},
                              {1, 1, {1}, {{1}}});
  const PpMarina<Rational, Bernoulli> method{{{1, 2}}, q(1, 2), q(1, 2), {2}};
  const Rational error = expected(1, method, f, method.initial(f, vec({1})), [&](const auto& s) {
    return squared_distance(s.g, full_gradient<Rational>(f, s.x));
  });
  EXPECT_EQ(error, q(1, 2) * q(1, 2) * q(1, 4));
}

TEST(PpMarina, SlotsAreDrawnByTheServer) {
  const auto f = two_saddles();
  const Pp method{RandK{1}, q(1, 10), 0, {2}};
  Seeded source(1);
  Recorder<Seeded> random(source);
  (void)method.step(f, method.initial(f, start), random);
  const Transcript& drawn = random.transcript();
  ASSERT_EQ(drawn.size(), 4U);
  EXPECT_EQ(drawn[0].place.worker, Place::server);
  EXPECT_EQ(drawn[1].place.worker, Place::server);
  EXPECT_LE(drawn[2].place.worker, drawn[3].place.worker);
  EXPECT_GE(drawn[2].place.worker, 0);
}

TEST(PpMarina, RefusesWhatDoesNotFit) {
  const auto f = two_saddles();
  Seeded random(1);
  const auto step = [&](const auto& method) { (void)method.step(f, method.initial(f, start), random); };
  EXPECT_THROW(step(Pp{RandK{1}, q(1, 7), 0, {0}}), precondition_error);
  EXPECT_THROW(step(Whole{RandK{1}, q(1, 7), 0, {3}}), precondition_error);
  EXPECT_THROW(step(Pp{RandK{1}, q(1, 7), 2, {1}}), precondition_error);
  EXPECT_THROW((void)Pp{}.initial(f, vec({1})), precondition_error);
  EXPECT_THROW((void)Pp{}.initial(f, start, vec({1})), precondition_error);
}

TEST(VrMarina, IsMarinaWhereTheBatchIsEverything) {
  const VrMarina<Rational, RandK, WithoutReplacement> whole{RandK{1}, q(1, 7), q(1, 2), {1}};
  const Quadratic<Rational> saddles = two_saddles();
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{saddles.form(0), saddles.form(1)},
                              saddles.constants());
  for (Index k = 1; k <= 2; ++k) {
    const auto gradient = [&](const auto& s) { return Rational(full_gradient<Rational>(f, s.x).squaredNorm()); };
    EXPECT_EQ(expected(k, whole, f, whole.initial(f, start), gradient),
              expected(k, marina, f, marina.initial(f, start), gradient));
  }
}

TEST(VrMarina, IsGradientDescentWithACertainCoin) {
  const auto f = two_saddles();
  const Gd<Rational> gd{q(1, 7)};
  const Vr always{RandK{1}, q(1, 7), 1, {1}};
  EXPECT_EQ(after(3, always, f, always.initial(f, start)).x, after(3, gd, f, gd.initial(f, start)).x);
}

TEST(VrMarina, TheDifferenceIsZeroWhereTheModelStays) {
  // Both points share the components: nothing is drawn into g at g = 0.
  const auto f = two_saddles();
  const Vr method{RandK{1}, q(1, 7), 0, {1}};
  const auto from = method.initial(f, start, vec({0, 0}));
  for_each_outcome<Rational>([&](auto& random) { return method.step(f, from, random); },
                             [&](const Rational& /*probability*/, const auto& s) { EXPECT_EQ(s, from); });
}

TEST(VrMarina, SamplesTheWorkersComponentsEvenly) {
  // E g+ = g + grad f(x+) - grad f(x)
  const auto f = two_saddles();
  const Vr method{RandK{1}, q(1, 7), 0, {2}};
  const auto from = method.initial(f, start);
  const Vector<Rational> g = expected(1, method, f, from, [](const auto& s) { return Vector<Rational>(s.g); });
  EXPECT_EQ(g, full_gradient<Rational>(f, Vector<Rational>(start - q(1, 7) * from.g)));
}

TEST(VrMarinaOnline, StartsAndRefreshesFromABatch) {
  const auto f = two_saddles();
  const VrMarinaOnline<Rational, RandK> method{RandK{1}, q(1, 7), 1, {1}, {{2}}};
  Rational error(0);
  for_each_outcome<Rational>([&](auto& random) { return method.drawn(f, start, random); },
                             [&](const Rational& probability, const auto& s) {
                               error += probability * squared_distance(s.g, full_gradient<Rational>(f, start));
                             });
  // Worker 1's components are (5 x_1 - 2, ...) and (x_1, ...) at x_1 = 2: 8 and 2, of variance 9; (1/n^2) 9/b
  EXPECT_EQ(error, q(9, 8));
}

TEST(VrMarinaOnline, IsVrMarinaWhereSamplesAreAllEqual) {
  const Quadratic<Rational> saddles = two_saddles();
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{saddles.form(0), saddles.form(1)},
                              saddles.constants());
  const VrMarinaOnline<Rational, RandK> online{RandK{1}, q(1, 7), q(1, 2), {1}, {{1}}};
  const auto gradient = [&](const auto& s) { return Rational(full_gradient<Rational>(f, s.x).squaredNorm()); };
  EXPECT_EQ(expected(2, online, f, online.initial(f, start), gradient),
            expected(2, marina, f, marina.initial(f, start), gradient));
}

TEST(JointMarina, EqualWorkersFollowGradientDescentWithPermK) {
  const Quadratic<Rational> saddles = two_saddles();
  const Quadratic<Rational> f(std::vector<QuadraticForm<Rational>>{saddles.form(1), saddles.form(1)},
                              saddles.constants());
  const Marina<Rational, PermK> method{{}, q(1, 7), q(1, 3)};
  const Gd<Rational> gd{q(1, 7)};
  const Vector<Rational> x = after(3, gd, f, gd.initial(f, start)).x;
  for_each_outcome<Rational>([&](auto& random) { return after(3, method, f, method.initial(f, start), random); },
                             [&](const Rational& /*probability*/, const auto& s) { EXPECT_EQ(s.x, x); });
}

TEST(JointMarina, SharedRandKIsRandKOfASingleWorker) {
  const Quadratic<Rational> f = two_saddles();
  const Quadratic<Rational> alone(std::vector<QuadraticForm<Rational>>{f.form()}, {1, 1, {1}, {{1}}});
  const Marina<Rational, SharedRandK> joint{{1}, q(1, 7), q(1, 2)};
  const auto gradient = [&](const auto& s) { return Rational(full_gradient<Rational>(f, s.x).squaredNorm()); };
  EXPECT_EQ(expected(3, joint, f, joint.initial(f, start), gradient),
            expected(3, marina, alone, marina.initial(alone, start), gradient));
  EXPECT_EQ(joint.bits_per_iteration(f, 64), 2 * 2 * 64);
}

}  // namespace
}  // namespace touchstone
