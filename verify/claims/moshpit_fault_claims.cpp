// Moshpit All-Reduce with peers that fail: what keeps the mean, what still gives it exactly, who meets whom.
#include <numeric>

#include "touchstone/methods/average.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_fault {

namespace {

/// Calls visit(list) for all lists of `length` numbers 0, ..., count - 1.
template <class Visit>
void for_each_list(Index length, Index count, const Visit& visit) {
  Indices list(static_cast<std::size_t>(length), 0);
  for (;;) {
    visit(list);
    std::size_t at = 0;
    while (at < list.size() && ++list[at] == count) list[at++] = 0;
    if (at == list.size()) return;
  }
}

/// Which faults there are, and what is wrong.
struct Faults {
  std::vector<Conduct> kinds;
  GridMistake mistake = GridMistake::none;
};

Vector<Rational> mean_of_those_that_stay(const PeerVectors<Rational>& x, const RoundConduct& conduct) {
  PeerVectors<Rational> stay;
  for (std::size_t i = 0; i < x.size(); ++i)
    if (conduct[i] != Conduct::leaves) stay.push_back(x[i]);
  return stay.empty() ? Vector<Rational>(Vector<Rational>::Zero(1)) : average(stay);
}

/// One round of four peers: all conducts of all, from the first keys, from one key for all, from keys of their own.
Finding mean_is_kept(const CheckContext& /*context*/, const Faults& of) {
  constexpr Index n = 4;
  const MoshpitAllReduce<Rational> method{2, 2};
  Seeded unused(0);
  Inspection inspection;
  for (const std::vector<GridKey>& keys : std::vector<std::vector<GridKey>>{
           {{0}, {0}, {1}, {1}}, {{0}, {0}, {0}, {0}}, {{0}, {0}, {0}, {1}}, {{0}, {1}, {2}, {3}}})
    for_each_list(n, static_cast<Index>(of.kinds.size()), [&](const Indices& list) {
      RoundConduct conduct;
      for (const Index kind : list) conduct.push_back(of.kinds[static_cast<std::size_t>(kind)]);
      const GridState before = method.initial(powers_of_two(n), keys);
      const GridState after = grid_round(method, before, conduct, unused, of.mistake);
      inspection.equal(mean_of_those_that_stay(after.x, conduct), mean_of_those_that_stay(before.x, conduct),
                       [&] { return fmt::format("conducts {}", fmt::join(list, " ")); });
    });
  return inspection.finding(fmt::format("4 peers, 4 kinds of keys, all {}^4 conducts", of.kinds.size()));
}

const std::vector<Conduct> mean_keeping{Conduct::takes_part, Conduct::offline, Conduct::aborts, Conduct::drops_out,
                                        Conduct::leaves};

/// What a group does that is aborted.
struct Abort {
  Conduct of_members = Conduct::aborts;
  bool drop_last_round = false;
};

/// `aborted` rounds in which the groups whose bit is set are aborted, then N without faults.
template <class R>
bool exact_after(const Grid& grid, const Abort& of, Index aborted, const std::function<bool()>& aborts, R& random) {
  const Index n = grid_size(grid.M, grid.N);
  const MoshpitAllReduce<Rational, RandomOrder> method{grid.M, grid.N};
  GridState s = method.initial(powers_of_two(n));
  for (Index t = 0; t < aborted; ++t) {
    RoundTable groups;
    for (Index i = 0; i < n; ++i) groups.add(s.keys[static_cast<std::size_t>(i)], 0, i);
    RoundConduct conduct = all_take_part(n);
    for (const Indices& group : groups_of(groups, 0))
      if (aborts())
        for (const Index i : group) conduct[static_cast<std::size_t>(i)] = of.of_members;
    s = method.step(std::move(s), conduct, random);
  }
  for (Index t = of.drop_last_round ? 1 : 0; t < grid.N; ++t) s = method.step(std::move(s), random);
  return all_equal(s.x);
}

Finding any_window(const CheckContext& context, const Abort& of) {
  Inspection inspection;
  Seeded random = context.random("orders");
  Index iteration = 0;
  std::size_t schedules = 0;
  for (const Grid& grid : std::vector<Grid>{{2, 2}, {3, 2}, {2, 3}}) {
    const Index groups = grid_size(grid.M, grid.N) / grid.M;
    constexpr Index rounds = 2;
    for_each_list(rounds * groups, 2, [&](const Indices& bits) {
      random.begin_iteration(iteration++);
      std::size_t at = 0;
      const bool exact = exact_after(
          grid, of, rounds, [&] { return bits[at++ % bits.size()] == 1; }, random);
      inspection.holds(exact, [&] { return fmt::format("{}, aborted {}", grid.name(), fmt::join(bits, "")); });
      ++schedules;
    });
  }
  for (const Grid& grid : std::vector<Grid>{{2, 4}, {3, 3}, {4, 2}, {5, 2}})
    for (Index run = 0; run < 25 && !inspection.failed(); ++run) {
      random.begin_iteration(iteration++);
      const Index aborted = 1 + random.choose(4);
      inspection.holds(exact_after(
                           grid, of, aborted, [&] { return random.bernoulli(Rational(1, 2)); }, random),
                       [&] { return grid.name(); });
      ++schedules;
    }
  return inspection.finding(fmt::format("{} schedules: on 3 grids all of two rounds, on 4 random ones", schedules));
}

/// Who can be reached from peer 0 along groups.
bool connected(Index n, const std::vector<std::vector<Indices>>& rounds) {
  Indices root(static_cast<std::size_t>(n));
  std::iota(root.begin(), root.end(), Index{0});
  for (const std::vector<Indices>& groups : rounds)
    for (const Indices& group : groups)
      for (const Index i : group) {
        const Index from = root[static_cast<std::size_t>(i)];
        const Index to = root[static_cast<std::size_t>(group.front())];
        std::replace(root.begin(), root.end(), from, to);
      }
  return std::all_of(root.begin(), root.end(), [&](Index r) { return r == root.front(); });
}

struct Window {
  GridMistake mistake = GridMistake::none;
  Index fewer_rounds = 0;
};

template <class R>
bool window_connects(const std::vector<GridKey>& keys, Index N, const Window& of, R& random) {
  const MoshpitAllReduce<Rational, RandomOrder> method{2, N};  // M is nowhere in a round
  const MoshpitAllReduce<Rational> ascending{2, N};
  const PeerVectors<Rational> no_coordinates(keys.size(), Vector<Rational>(0));
  GridState s = method.initial(no_coordinates, keys);
  std::vector<std::vector<Indices>> rounds;
  const Index length = N - of.fewer_rounds;
  for (Index t = 0; t < length; ++t) {
    s = t + 1 == length ? grid_round(ascending, std::move(s), random, of.mistake)
                        : grid_round(method, std::move(s), random, of.mistake);
    rounds.push_back(
        groups_of(s.table, of.mistake == GridMistake::groups_of_last_round ? std::max<Index>(0, t - 1) : t));
  }
  return connected(static_cast<Index>(keys.size()), rounds);
}

Finding all_starts_connect(const CheckContext& /*context*/, const Window& of) {
  Inspection inspection;
  std::size_t starts = 0, orders = 0;
  for (const auto& [n, N] :
       std::vector<std::pair<Index, Index>>{{2, 1}, {3, 1}, {2, 2}, {3, 2}, {4, 2}, {2, 3}, {3, 3}})
    for_each_list(n * (N - 1), n, [&, n = n, N = N](const Indices& entries) {
      if (inspection.failed()) return;
      std::vector<GridKey> keys(static_cast<std::size_t>(n));
      for (std::size_t e = 0; e < entries.size(); ++e) keys[e % keys.size()].push_back(entries[e]);
      orders += for_each_outcome<Rational>(
          [&](auto& random) { return window_connects(keys, N, of, random); },
          [&](const Rational&, bool connects) {
            inspection.holds(connects,
                             [&] { return fmt::format("n={} N={} keys {}", n, N, fmt::join(entries, " ")); });
          });
      ++starts;
    });
  return inspection.finding(fmt::format("{} starts, all {} orders: n <= 4, N <= 3", starts, orders));
}

Finding random_starts_connect(const CheckContext& context, const Window& of) {
  constexpr Index cases = 3000;
  Inspection inspection;
  Seeded random = context.random("starts");
  for (Index c = 0; c < cases && !inspection.failed(); ++c) {
    random.begin_iteration(c);
    const Index n = 2 + random.choose(7);
    const Index N = 2 + random.choose(3);
    std::vector<GridKey> keys(static_cast<std::size_t>(n));
    for (GridKey& key : keys)
      for (Index e = 0; e + 1 < N; ++e) key.push_back(random.choose(3));
    inspection.holds(window_connects(keys, N, of, random), [&] { return fmt::format("n={} N={}", n, N); });
  }
  return inspection.finding(fmt::format("{} random starts and orders, n <= 8, N <= 4", cases));
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Conduct> with_late = mean_keeping;
  with_late.push_back(Conduct::late);
  const std::vector<Mutant<Window>> window_mutants{
      {"a round less", {.fewer_rounds = 1}},
      {"the key does not take the rank up", {GridMistake::key_kept}},
      {"the groups of the round before", {GridMistake::groups_of_last_round}}};
  return {
      {"moshpit/all-reduce/mean-kept",
       "peers that are offline, abort their group or drop out do not move the mean; who leaves is no longer in it",
       "(1/n) sum_i x_i is kept by a round; where peers leave, the mean of those that stay",
       {"every peer takes part, is offline, aborts its group, drops out before it contributes, or leaves"},
       "derived: the slide's correctness needs group operations that are atomic",
       {make_check<Faults>(
           Layer::exact, Level::exact, mean_is_kept, {mean_keeping},
           {{"a peer that does not receive", {with_late}},
            {"the mean weighted by a vanished peer", {mean_keeping, GridMistake::counts_vanished}},
            {"the failed peer among the survivors", {mean_keeping, GridMistake::failed_contributes}},
            {"divided by M in place of the size of the group", {mean_keeping, GridMistake::mean_over_M}}})}},
      {"moshpit/all-reduce/any-window",
       "any N rounds in a row without faults give the exact mean, also after rounds with aborted groups",
       "x_i = (1/n) sum_j x_j^0 for all i",
       {"n = M^N", "groups that were aborted before have assigned ranks", "any order in each group"},
       "derived",
       {make_check<Abort>(
           Layer::exact, Level::exact, any_window, {},
           {{"aborted groups assign no ranks", {Conduct::offline}}, {"a round less", {.drop_last_round = true}}})}},
      {"moshpit/all-reduce/connected",
       "the groups of N rounds without faults connect all peers",
       "from any keys, any n, M and any order in each group: the hypergraph of the groups of N rounds in a row is "
       "connected",
       {"no faults in the N rounds"},
       "derived: the slide's correctness, for which the order need not be random",
       {make_check<Window>(Layer::exact, Level::exact, all_starts_connect, {}, window_mutants),
        make_check<Window>(Layer::exact, Level::exact, random_starts_connect, {}, window_mutants)}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_fault
