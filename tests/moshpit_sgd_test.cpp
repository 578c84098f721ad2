// Moshpit SGD: what it is the same as, a step by hand, peers that leave and come, what is refused.

#include <string>

#include <gtest/gtest.h>

#include "tests/instances.hpp"
#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/moshpit/moshpit_sgd.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/sgd.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/moshpit/complexity.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Q = Rational;

const DeterministicSchedule every_second = DeterministicSchedule::every(2);

/// The two functions of the plane, on each of n workers.
Quadratic<Q> on_workers(std::size_t n) {
  return {std::vector<std::vector<QuadraticForm<Q>>>(n, tabulated_forms()),
          {2, q(3, 2), std::vector<Q>(n, 2), std::vector<std::vector<Q>>(n, {3, 2})}};
}

template <class Method, class P>
std::vector<PeerVectors<Q>> path(const Method& method, const P& f, typename Method::State s, std::uint64_t seed) {
  Seeded random(seed);
  std::vector<PeerVectors<Q>> all;
  for (Index k = 0; k < 7; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
    all.push_back(s.x);
  }
  return all;
}

TEST(MoshpitSgd, WithExactAveragesIsLocalSgdOnEqualFunctions) {
  const LocalSgd<Q, DeterministicSchedule> local{q(1, 8), every_second};
  const auto f = on_workers(3);
  for (const std::uint64_t seed : {0U, 1U, 2U})
    EXPECT_EQ(path(MoshpitSgd<Q>{q(1, 8), every_second}, one_worker(),
                   MoshpitSgd<Q>{q(1, 8), every_second}.initial(one_worker(), tabulated_start, 3), seed),
              path(local, f, local.initial(f, tabulated_start), seed));
}

TEST(MoshpitSgd, WithAFullGridIsTheSameAsWithExactAverages) {
  const MoshpitSgd<Q> exact{q(1, 8), every_second};
  const MoshpitSgd<Q, SampledComponent, GridAverage<RandomOrder>> grid{q(1, 8), every_second, {}, {2, 2, 2}};
  const auto f = one_worker();
  EXPECT_EQ(path(grid, f, grid.initial(f, tabulated_start, 4), 5),
            path(exact, f, exact.initial(f, tabulated_start, 4), 5));
}

TEST(MoshpitSgd, OfOnePeerIsSgd) {
  const MoshpitSgd<Q> method{q(1, 8), every_second};
  const auto f = one_worker();
  const auto law = distribution<Q>(
      [&](auto& random) { return method.step(f, method.initial(f, tabulated_start, 1), random).x.front(); });
  EXPECT_EQ(law,
            distribution<Q>([&](auto& random) { return Sgd<Q>{q(1, 8)}.step(f, {tabulated_start}, random).x; }));
}

TEST(MoshpitSgd, WithoutNoiseIsGradientDescentOnEveryPeer) {
  const MoshpitSgd<Q, FullGradient, SplitAverage<FixedSizes>> method{q(1, 8), every_second, {}, {{{2, 1}}, 1}};
  const auto f = one_worker();
  Seeded random(0);
  auto s = method.initial(f, tabulated_start, 3);
  ModelState<Q> gd{tabulated_start};
  for (Index k = 0; k < 4; ++k) {
    random.begin_iteration(k);
    s = method.step(f, s, random);
    gd = Gd<Q>{q(1, 8)}.step(f, gd, random);
    EXPECT_EQ(s.x, PeerVectors<Q>(3, gd.x));
  }
}

/// f = x^2/2 with noise +-1, gamma = 1/2: from x = 0 a peer goes to +-1/2.
TEST(MoshpitSgd, PeersLeaveAtSynchronizationsAndOthersStartAtTheMean) {
  const Vector<Q> e = vec({1});
  const AdditiveNoise<Q> noise{{{{q(1, 2), q(1, 2)}, {e, Vector<Q>(-e)}}}};
  const Quadratic<Q> f(std::vector<QuadraticForm<Q>>{{Matrix<Q>::Ones(1, 1), vec({0})}}, {1, 1, {1}, {{1}}});
  const MoshpitSgd<Q, AdditiveNoise<Q>, ExactAverage, RandomSurvivors> method{
      q(1, 2), DeterministicSchedule::every(1), noise, {}, {1, true}};
  const auto law =
      distribution<Q>([&](auto& random) { return method.step(f, method.initial(f, vec({0}), 2), random).x; });
  ASSERT_EQ(law.size(), 2U);
  for (const auto& [p, x] : law) {
    EXPECT_EQ(p, q(1, 2));
    EXPECT_EQ(x[0], x[1]);
  }
  auto shrinking = method;
  shrinking.departures.replaced = false;
  Seeded random(0);
  EXPECT_EQ(shrinking.step(f, shrinking.initial(f, vec({0}), 2), random).x.size(), 1U);
}

TEST(MoshpitSgd, AveragesByGossip) {
  const MoshpitSgd<Q, FullGradient, GossipAverage<Q>> method{
      q(1, 8), DeterministicSchedule::every(1), {}, {Gossip<Q>(ring_mixing_matrix<Q>(3, q(1, 3), q(1, 3))), 1}};
  Seeded random(0);
  const auto s = method.step(one_worker(), {{vec({1, 0}), vec({2, 2}), vec({0, 1})}, {}}, random);
  EXPECT_EQ(s.x[0], s.x[1]);
  EXPECT_EQ(s.x[0], s.x[2]);
}

template <class Run>
std::string refusal_of(Run&& run) {
  return error_of<precondition_error>(std::forward<Run>(run));
}

TEST(MoshpitSgd, RefusesWhatIsWrongInOneLine) {
  Seeded random(0);
  const auto f = one_worker();
  const MoshpitSgd<Q> method{q(1, 8), every_second};
  EXPECT_EQ(refusal_of([&] { static_cast<void>(method.initial(f, tabulated_start, 0)); }),
            "Moshpit SGD runs on n >= 1 peers (n); found 0");
  EXPECT_EQ(refusal_of([&] { static_cast<void>(method.initial(two_workers(), tabulated_start, 2)); }),
            "all peers of Moshpit SGD have one function: f is of one worker; found 2");
  EXPECT_EQ(refusal_of([&] { static_cast<void>(method.initial(f, vec({1}), 2)); }),
            "a point of the problem's dimension (dimension of the point, d); found 1, 2");
  const PeerVectors<Q> x{vec({1}), vec({2})};
  EXPECT_EQ(refusal_of([&] {
              static_cast<void>(GridAverage<>{2, 1, 0}.average(x, random));
            }),
            "averaging takes T >= 1 rounds (T); found 0");
  EXPECT_EQ(refusal_of([&] {
              static_cast<void>(SplitAverage<FixedSizes>{{{2}}, 0}.average(x, random));
            }),
            "averaging takes T >= 1 rounds (T); found 0");
  EXPECT_EQ(refusal_of([&] { static_cast<void>(RandomSurvivors{3}.staying(2, true, random)); }),
            "1 <= n' <= n peers survive (n', n); found 3, 2");
}

TEST(MoshpitSgdTheory, ConstantsOfASplitOfFour) {
  // sizes 2, 2 of 4 peers, T = 2: q = 1/3, q^T = 1/9.
  EXPECT_EQ(mixing_averaging_error<Q>(q(1, 9), 3, 3), q(9, 8));
  EXPECT_EQ(survivors_noise<Q>(2, 3, 0, 2, 3), q(1, 4) * 6);
  const MoshpitSgdConstants<Q> c{2, q(1, 2), 3, 4, q(9, 8), 0, 0, 1};
  EXPECT_EQ(moshpit_discrepancy<Q>(c, 2), q(57, 8));
  EXPECT_EQ(moshpit_noise(c), q(3, 4));
  EXPECT_EQ(moshpit_mu(c), q(1, 2));
  EXPECT_EQ(moshpit_neighbourhood<Q>(c, q(1, 8), 3), q(3, 32) + q(3, 64) * q(57, 8));
}

}  // namespace
}  // namespace touchstone
