// Averaging of chapter 6: the printed trace, the baselines with what they send, faults, random splits, and what is refused.

#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/methods/moshpit/all_reduce.hpp"
#include "touchstone/methods/moshpit/gossip.hpp"
#include "touchstone/methods/moshpit/parameter_server.hpp"
#include "touchstone/methods/moshpit/random_split.hpp"
#include "touchstone/methods/moshpit/ring_all_reduce.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "touchstone/theory/moshpit/dispersion.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "touchstone/theory/moshpit/random_split.hpp"
#include "touchstone/theory/moshpit/traffic.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace)
using Q = Rational;
using Peers = PeerVectors<Q>;

/// x_i = 2^i: no two subsets have the same sum.
Peers powers_of_two(Index n) {
  Peers x;
  for (Index i = 0; i < n; ++i) x.push_back(vec({nth_power(Q(2), i)}));
  return x;
}

/// (1, i^2, ...): n vectors of length d.
Peers some_vectors(Index n, Index d) {
  Peers x;
  for (Index i = 0; i < n; ++i) {
    Vector<Q> v(d);
    for (Index c = 0; c < d; ++c) v[c] = q(i * i + 3 * c + 1, i + c + 1);
    x.push_back(v);
  }
  return x;
}

Peers all_at(const Vector<Q>& mean, std::size_t n) {
  return Peers(n, mean);
}

/// "01 23": the groups of a round, in the order of their keys.
std::string groups_of(const RoundTable& table, Index round) {
  std::ostringstream text;
  for (const GridKey& key : table.keys(round)) {
    if (text.tellp() > 0) text << ' ';
    for (const Index i : table.get(key, round)) text << i;
  }
  return text.str();
}

const MoshpitAllReduce<Q> two_by_three{2, 3};

TEST(MoshpitAllReduce, TheTraceOfEightPeersIsThePrintedOne) {
  Seeded random(0);
  auto s = two_by_three.initial(powers_of_two(8));
  for (int round = 0; round < 3; ++round) {
    EXPECT_GT(dispersion(s.x), 0);
    s = two_by_three.step(s, random);
  }
  EXPECT_EQ(groups_of(s.table, 0), "01 23 45 67");
  EXPECT_EQ(groups_of(s.table, 1), "04 15 26 37");
  EXPECT_EQ(groups_of(s.table, 2), "02 46 13 57");
  EXPECT_EQ(s.x, all_at(vec({q(255, 8)}), 8));
  EXPECT_EQ(random.place().draw, 0);
}

TEST(MoshpitAllReduce, KeysAreTheMostSignificantDigits) {
  EXPECT_EQ(initial_key(5, 2, 3), (GridKey{1, 0}));
  EXPECT_EQ(initial_key(14, 3, 3), (GridKey{1, 1}));
  EXPECT_EQ(initial_key(8, 2, 3), (GridKey{0, 0}));  // collides with that of peer 0: more peers than the grid has
  EXPECT_EQ(initial_key(3, 4, 1), GridKey{});
  EXPECT_EQ(next_key({4, 0, 1}, 7), (GridKey{0, 1, 7}));
  EXPECT_EQ(next_key({}, 7), GridKey{});
}

TEST(MoshpitAllReduce, OneDimensionIsButterflyAllReduce) {
  Seeded random(0);
  const Peers x = some_vectors(5, 3);
  const auto s = MoshpitAllReduce<Q>{5, 1}.step(MoshpitAllReduce<Q>{5, 1}.initial(x), random);
  const PeerAverage<Q> butterfly = ButterflyAllReduce{}.average(x);
  EXPECT_EQ(s.x, butterfly.x);
  EXPECT_EQ(s.traffic, butterfly.traffic);
}

TEST(MoshpitAllReduce, DrawsTheOrderOfEveryGroup) {
  const MoshpitAllReduce<Q, RandomOrder> method{2, 2};
  const auto outcomes =
      for_each_outcome<Q>([&](auto& random) { return method.step(method.initial(powers_of_two(4)), random).keys; },
                          [](const Q& probability, const auto&) { EXPECT_EQ(probability, q(1, 4)); });
  EXPECT_EQ(outcomes, 4U);
}

/// Two peers with x = (0, 1) in one group.
std::string after_one_round(Conduct second) {
  Seeded random(0);
  const MoshpitAllReduce<Q> method{2, 1};
  const auto s = method.step(method.initial({vec({0}), vec({1})}), {Conduct::takes_part, second}, random);
  return s.x[0][0].str() + " " + s.x[1][0].str();
}

TEST(MoshpitAllReduce, FaultsDoWhatTheirPageSays) {
  EXPECT_EQ(after_one_round(Conduct::takes_part), "1/2 1/2");
  EXPECT_EQ(after_one_round(Conduct::offline), "0 1");
  EXPECT_EQ(after_one_round(Conduct::aborts), "0 1");
  EXPECT_EQ(after_one_round(Conduct::drops_out), "0 1");
  EXPECT_EQ(after_one_round(Conduct::leaves), "0 1");
  EXPECT_EQ(after_one_round(Conduct::late), "1/2 1");  // the mean is 3/4
}

TEST(MoshpitAllReduce, WhoLeftDoesNotComeBackAndWhoWasOfflineDoes) {
  Seeded random(0);
  auto left = two_by_three.initial(powers_of_two(8));
  left = two_by_three.step(left, all_but(8, {0}, Conduct::leaves), random);
  left = two_by_three.step(left, random);
  EXPECT_EQ(left.x[0], vec({1}));
  auto offline = two_by_three.initial(powers_of_two(8));
  const GridKey before = offline.keys[0];
  offline = two_by_three.step(offline, all_but(8, {0}, Conduct::offline), random);
  EXPECT_EQ(offline.keys[0], before);
  offline = two_by_three.step(offline, random);
  EXPECT_NE(offline.x[0], vec({1}));
}

TEST(MoshpitAllReduce, APeerOfEveryRoundSendsWhatTheTheorySays) {
  Seeded random(0);
  const MoshpitAllReduce<Q> method{3, 2};
  auto s = method.initial(some_vectors(9, 6));
  for (int round = 0; round < 2; ++round) s = method.step(s, random);
  for (const Index sent : s.traffic.sent) EXPECT_EQ(Q(sent), moshpit_scalars<Q>(3, 2, 6));
  EXPECT_EQ(s.traffic.latency_steps, 4);
}

TEST(Baselines, GiveTheMeanAndSendWhatTheTheorySays) {
  for (Index n = 1; n <= 5; ++n)
    for (Index d = 1; d <= 8; ++d) {
      const Peers x = some_vectors(n, d);
      const Peers mean = all_at(average(x), x.size());
      const PeerAverage<Q> ring = RingAllReduce{}.average(x);
      const PeerAverage<Q> butterfly = ButterflyAllReduce{}.average(x);
      const PeerAverage<Q> server = ParameterServer{}.average(x);
      EXPECT_EQ(ring.x, mean);
      EXPECT_EQ(butterfly.x, mean);
      EXPECT_EQ(server.x, mean);
      EXPECT_EQ(ring.traffic.total(), 2 * (n - 1) * d);
      EXPECT_EQ(butterfly.traffic.total(), 2 * (n - 1) * d);
      EXPECT_EQ(ring.traffic.latency_steps, 2 * (n - 1));
      EXPECT_EQ(server.traffic.total(), 2 * n * d);
      if (d % n == 0) {
        EXPECT_EQ(Q(ring.traffic.largest()), all_reduce_scalars<Q>(Q(n), Q(d)));
        EXPECT_EQ(Q(butterfly.traffic.largest()), all_reduce_scalars<Q>(Q(n), Q(d)));
      }
    }
}

TEST(RingAllReduce, SumsChunkCFromPeerCOnwards) {
  PeerVectors<double> x;
  for (Index i = 0; i < 3; ++i) x.push_back(Vector<double>::Constant(3, 1.0 / static_cast<double>(3 + 4 * i)));
  const auto ring = RingAllReduce{}.average(x).x.front();
  EXPECT_EQ(ring[0], ((x[0][0] + x[1][0]) + x[2][0]) / 3);
  EXPECT_EQ(ring[1], ((x[1][1] + x[2][1]) + x[0][1]) / 3);
  EXPECT_EQ(ring[2], ((x[2][2] + x[0][2]) + x[1][2]) / 3);
}

TEST(Baselines, AFailureBreaksTheRingAndLeavesTheServerTheMeanOfTheOthers) {
  const Peers x{vec({1}), vec({2}), vec({6})};
  EXPECT_EQ(RingAllReduce{}.average(x, Indices{1}).x, x);
  EXPECT_EQ(ParameterServer{}.average(x, {1}).x, (Peers{vec({q(7, 2)}), vec({2}), vec({q(7, 2)})}));
  EXPECT_EQ(ParameterServer{}.average(x, {0, 1, 2}).x, x);
}

TEST(Gossip, KeepsTheMeanAndSendsToNeighbours) {
  const Gossip<Q> ring(ring_mixing_matrix<Q>(4, q(1, 2), q(1, 4)));
  const Peers eigenvector{vec({1}), vec({0}), vec({-1}), vec({0})};
  const PeerAverage<Q> next = ring.average(eigenvector);
  EXPECT_EQ(next.x, (Peers{vec({q(1, 2)}), vec({0}), vec({q(-1, 2)}), vec({0})}));
  EXPECT_EQ(next.traffic.sent, (Indices{2, 2, 2, 2}));
  const Peers x = some_vectors(4, 2);
  EXPECT_EQ(average(ring.average(x).x), average(x));
  const Gossip<Q> everybody(averaging_matrix<Q>(4));
  EXPECT_EQ(everybody.average(x).x, all_at(average(x), 4));
}

TEST(RandomSplit, SplitsAsTheLawsSay) {
  const auto groups = [](const auto& split, Index n) {
    Q mean(0);
    for_each_outcome<Q>([&](auto& random) { return split.draw(n, random).size(); },
                        [&](const Q& p, std::size_t r) { mean += p * Q(static_cast<Index>(r)); });
    return mean;
  };
  EXPECT_EQ(groups(FixedSizes{{2, 1}}, 3), 2);
  EXPECT_EQ(groups(IndependentLabels{3}, 4), expected_labels<Q>(3, 4));
  EXPECT_EQ(groups(AbortingGroups<Q, FixedSizes>{{{2, 2}}, q(1, 3)}, 4),
            expected_groups_where_groups_abort<Q>(2, 4, q(1, 3)));
  EXPECT_EQ(groups(LosingMembers<Q, FixedSizes>{{{3, 1}}, q(1, 3)}, 4),
            expected_groups_of_survivors<Q>({3, 1}, q(1, 3)));
  EXPECT_EQ(groups(FailingMembers<Q, FixedSizes>{{{3, 1}}, q(1, 3)}, 4),
            expected_groups_where_members_abort<Q>({3, 1}, q(1, 3)));
  EXPECT_EQ(equal_sizes(7, 3).sizes, (Indices{3, 2, 2}));
}

TEST(RandomSplitTheory, FactorsAreThoseTabulated) {
  EXPECT_EQ(mixing_factor<Q>(1, 2), 0);
  EXPECT_EQ(slide_mixing_factor<Q>(1, 2), q(1, 4));
  EXPECT_EQ(mixing_factor<Q>(2, 3), q(1, 2));
  EXPECT_EQ(slide_mixing_factor<Q>(2, 3), q(5, 9));
  EXPECT_EQ(nth_power(mixing_factor<Q>(2, 4), 3), q(1, 27));
  EXPECT_EQ(nth_power(slide_mixing_factor<Q>(2, 4), 3), q(27, 512));
  EXPECT_EQ(grid_mixing_factor<Q>(3, 2, 1), q(1, 4));
  EXPECT_EQ(grid_mixing_factor<Q>(3, 2, 2), 0);
}

TEST(RandomSplit, OneGroupIsTheMeanAndGroupsOfOneAreNothing) {
  Seeded random(0);
  const Peers x = some_vectors(4, 2);
  EXPECT_EQ(RandomSplit{equal_sizes(4, 1)}.average(x, random), all_at(average(x), 4));
  EXPECT_EQ(RandomSplit{equal_sizes(4, 4)}.average(x, random), x);
}

template <class Run>
std::string refusal(Run&& run) {
  return error_of<precondition_error>(std::forward<Run>(run));
}

TEST(Averaging, RefusesWhatIsWrongInOneLine) {
  Seeded random(0);
  const Peers x = some_vectors(3, 2);
  EXPECT_EQ(refusal([&] {
              static_cast<void>(MoshpitAllReduce<Q>{0, 2}.initial(x));
            }),
            "a grid has M >= 1 peers on a line (M); found 0");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(MoshpitAllReduce<Q>{2, 0}.initial(x));
            }),
            "a grid has N >= 1 dimensions (N); found 0");
  EXPECT_EQ(refusal([&] { static_cast<void>(two_by_three.initial(Peers{})); }),
            "averaging needs n >= 1 peers (n); found 0");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(two_by_three.initial({vec({1}), vec({1, 2})}));
            }),
            "averaging needs vectors of one length (length of a peer's, length of the first); found 2, 1");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(two_by_three.initial(x, {{0, 0}}));
            }),
            "every peer has a key (keys, peers); found 1, 3");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(two_by_three.initial(x, {{0, 0}, {0}, {0, 1}}));
            }),
            "keys have one length (length, that of the first); found 1, 2");
  EXPECT_EQ(refusal([&] { static_cast<void>(two_by_three.step(two_by_three.initial(x), {}, random)); }),
            "every peer has a conduct (conducts, peers); found 0, 3");
  EXPECT_EQ(refusal([&] { static_cast<void>(all_but(3, {3}, Conduct::late)); }),
            "a fault is one of a peer 0, ..., n-1 (peer, n); found 3, 3");
  EXPECT_EQ(refusal([&] { static_cast<void>(ParameterServer{}.average(x, {5})); }),
            "a failed peer is one of 0, ..., n-1 (peer, n); found 5, 3");
  EXPECT_EQ(refusal([&] { static_cast<void>(equal_sizes(3, 4)); }),
            "n peers make 1 <= r <= n groups (r, n); found 4, 3");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(RandomSplit{FixedSizes{{2, 2}}}.average(x, random));
            }),
            "the sizes of groups add up to the peers there are (sum of sizes, n); found 4, 3");
  EXPECT_EQ(refusal([&] {
              static_cast<void>(RandomSplit{FixedSizes{{3, 0}}}.average(x, random));
            }),
            "a group has a member or more (size); found 0");
  EXPECT_EQ(refusal([&] { static_cast<void>(RandomSplit{IndependentLabels{0}}.average(x, random)); }),
            "peers need r >= 1 labels (r); found 0");
  EXPECT_EQ(refusal([&] { Gossip<Q>(Matrix<Q>(Matrix<Q>::Identity(2, 2) * q(1, 2))); }),
            "the rows of a mixing matrix sum to 1 (row, its sum); found 0, 1/2");
  EXPECT_EQ(refusal([&] { Gossip<Q>(Matrix<Q>(Matrix<Q>::Zero(2, 3))); }),
            "a mixing matrix is n x n, n >= 1 (rows, columns); found 2, 3");
  EXPECT_EQ(refusal([&] { Gossip<Q>(ring_mixing_matrix<Q>(3, 2, q(-1, 2))); }),
            "a mixing matrix has no negative entry (row, column, entry); found 0, 1, -1/2");
  EXPECT_EQ(refusal([&] { static_cast<void>(Gossip<Q>(averaging_matrix<Q>(2)).average(x)); }),
            "gossip needs a row of the mixing matrix for every peer (peers, rows); found 3, 2");
  EXPECT_EQ(refusal([&] { static_cast<void>(ring_mixing_matrix<Q>(2, 1, 0)); }),
            "a ring has n >= 3 peers (n); found 2");
  EXPECT_EQ(refusal([&] { static_cast<void>(grid_size(0, 1)); }),
            "a grid needs M >= 1 and N >= 1 (M, N); found 0, 1");
}

}  // namespace
}  // namespace touchstone
