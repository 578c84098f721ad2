// Averaging of chapter 6 at random sizes, keys and faults: what keeps the mean, who meets whom, baselines that agree; wrong variants,
// which must be refuted.

#include <algorithm>
#include <numeric>
#include <utility>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "properties/falsify.hpp"
#include "properties/generators.hpp"
#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/all_reduce.hpp"
#include "touchstone/methods/moshpit/parameter_server.hpp"
#include "touchstone/methods/moshpit/random_split.hpp"
#include "touchstone/methods/moshpit/ring_all_reduce.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/moshpit/dispersion.hpp"

namespace touchstone::properties {
namespace {

using Peers = PeerVectors<Rational>;

Peers draw_peers(Index n, Index d) {
  Peers x;
  for (Index i = 0; i < n; ++i) x.push_back(draw_vector("x_i", d));
  return x;
}

std::vector<GridKey> draw_keys(Index n, Index length) {
  std::vector<GridKey> keys(static_cast<std::size_t>(n));
  for (GridKey& key : keys)
    for (Index e = 0; e < length; ++e) key.push_back(draw_count("entry of a key", 0, 2));
  return keys;
}

Seeded draw_seed() {
  return Seeded(static_cast<std::uint64_t>(draw_count("seed", 0, 1000)));
}

/// Any n, keys, faults of these kinds and orders: the mean is where it was, the dispersion no larger.
void mean_is_kept(const std::vector<Conduct>& kinds) {
  const Index n = draw_count("n", 1, 7);
  const Index N = draw_count("N", 1, 3);
  const MoshpitAllReduce<Rational, RandomOrder> method{2, N};
  const Peers x = draw_peers(n, 2);
  auto s = method.initial(x, draw_keys(n, N - 1));
  Seeded random = draw_seed();
  for (Index t = 0; t < 3; ++t) {
    RoundConduct conduct;
    for (Index i = 0; i < n; ++i)
      conduct.push_back(
          kinds[static_cast<std::size_t>(draw_count("conduct", 0, static_cast<Index>(kinds.size()) - 1))]);
    random.begin_iteration(t);
    const Rational before = dispersion(s.x);
    s = method.step(std::move(s), conduct, random);
    RC_ASSERT(average(s.x) == average(x));
    RC_ASSERT(dispersion(s.x) <= before);
  }
}

const std::vector<Conduct> harmless{Conduct::takes_part, Conduct::offline, Conduct::aborts, Conduct::drops_out};

RC_GTEST_PROP(MoshpitAllReduce, KeepsTheMeanWhateverFailsAtomically, ()) {
  mean_is_kept(harmless);
}
TEST(MoshpitAllReduceProperties, APeerThatDoesNotReceiveMovesTheMean) {
  EXPECT_TRUE(falsify([] { mean_is_kept({Conduct::takes_part, Conduct::late}); }));
}

/// N rounds without faults connect all peers, so that the dispersion is smaller after them.
void gets_nearer(Index windows) {
  const Index n = draw_count("n", 1, 6);
  const Index N = draw_count("N", 1, 3);
  const MoshpitAllReduce<Rational, RandomOrder> method{2, N};
  Peers x = draw_peers(n, 1);
  auto s = method.initial(x, draw_keys(n, N - 1));
  const Rational first = dispersion(x);
  Seeded random = draw_seed();
  for (Index t = 0; t < windows * N; ++t) {
    random.begin_iteration(t);
    s = method.step(std::move(s), random);
  }
  RC_ASSERT(dispersion(s.x) < first || first == Rational(0));
}

RC_GTEST_PROP(MoshpitAllReduce, OfAnyPeersGetsNearerInAWindow, ()) {
  gets_nearer(1);
}
TEST(MoshpitAllReduceProperties, NothingComesFromNoRounds) {
  EXPECT_TRUE(falsify([] { gets_nearer(0); }));
}

RC_GTEST_PROP(Baselines, RingServerAndOneGroupAgree, ()) {
  const Index n = draw_count("n", 1, 6);
  const Peers x = draw_peers(n, draw_count("d", 1, 9));
  const Peers mean(x.size(), average(x));
  Seeded random = draw_seed();
  RC_ASSERT(RingAllReduce{}.average(x).x == mean);
  RC_ASSERT(ParameterServer{}.average(x).x == mean);
  RC_ASSERT(ButterflyAllReduce{}.average(x).x == mean);
  RC_ASSERT(RandomSplit{equal_sizes(n, 1)}.average(x, random) == mean);
}

/// Groups are nonempty and have every peer once.
RC_GTEST_PROP(RandomSplits, PutEveryPeerInOneGroup, ()) {
  const Index n = draw_count("n", 1, 8);
  Seeded random = draw_seed();
  const FixedSizes split = equal_sizes(n, draw_count("r", 1, n));
  std::vector<Groups> splits;
  splits.push_back(split.draw(n, random));
  splits.push_back(LosingMembers<Rational, FixedSizes>{split, ratio<Rational>(1, 3)}.draw(n, random));
  splits.push_back(IndependentLabels{3}.draw(n, random));
  for (const Groups& groups : splits) {
    Indices members;
    for (const Indices& group : groups) {
      RC_ASSERT(!group.empty());
      members.insert(members.end(), group.begin(), group.end());
    }
    std::sort(members.begin(), members.end());
    Indices all(static_cast<std::size_t>(n));
    std::iota(all.begin(), all.end(), Index{0});
    RC_ASSERT(members == all);
  }
}

}  // namespace
}  // namespace touchstone::properties
