// Moshpit All-Reduce without faults: the exact mean after N rounds, and why.
#include <map>
#include <set>

#include "touchstone/methods/average.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_exact {

namespace {

/// How a run differs from what is stated.
struct Variation {
  GridMistake mistake = GridMistake::none;
  Index fewer_rounds = 0;
  GridKey (*first_key)(Index i, Index M, Index N) = initial_key;
};

GridKey all_digits(Index i, Index M, Index N) {
  GridKey key = initial_key(i, M, N);
  key.push_back(i % M);
  return key;
}

GridKey only_the_top_digit(Index i, Index M, Index N) {
  return GridKey(static_cast<std::size_t>(N - 1), grid_digit(i, 1, M, N));
}

std::vector<GridKey> first_keys(const Grid& grid, const Variation& of) {
  std::vector<GridKey> keys;
  for (Index i = 0; i < grid_size(grid.M, grid.N); ++i) keys.push_back(of.first_key(i, grid.M, grid.N));
  return keys;
}

/// Whether after round 1, ..., N all have the mean, and whether all groups have M members.
struct Course {
  std::vector<bool> exact;
  bool sizes_M = true;
};

template <class Order, class R>
Course course(const Grid& grid, const Variation& of, const Order& order, R& random) {
  const PeerVectors<Rational> x = powers_of_two(grid_size(grid.M, grid.N));
  const Vector<Rational> mean = average(x);
  const MoshpitAllReduce<Rational, Order> ordered{grid.M, grid.N, order};
  const MoshpitAllReduce<Rational> ascending{grid.M, grid.N};
  GridState s = ordered.initial(x, first_keys(grid, of));
  Course seen;
  for (Index t = 1; t <= grid.N - of.fewer_rounds; ++t) {
    // The order in the last round is no matter: ranks are for what comes after it.
    s = t == grid.N ? grid_round(ascending, std::move(s), random, of.mistake)
                    : grid_round(ordered, std::move(s), random, of.mistake);
    seen.exact.push_back(all_are(s.x, mean));
    for (const Indices& group : groups_of(s.table, t - 1))
      seen.sizes_M = seen.sizes_M && static_cast<Index>(group.size()) == grid.M;
  }
  return seen;
}

void inspect(const Course& seen, const std::string& where, Inspection& inspection) {
  inspection.holds(!seen.exact.empty() && seen.exact.back(), [&] { return where + ": the mean at the end"; });
  for (std::size_t t = 0; t + 1 < seen.exact.size(); ++t)
    inspection.holds(!seen.exact[t], [&] { return fmt::format("{}: not before, round {}", where, t + 1); });
  inspection.holds(seen.sizes_M, [&] { return where + ": groups of M"; });
}

Finding all_orders(const CheckContext& /*context*/, const Variation& of) {
  Inspection inspection;
  std::size_t orders = 0;
  for (const Grid& grid :
       std::vector<Grid>{{1, 1}, {1, 3}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {7, 1}, {2, 2}, {3, 2}, {2, 3}}) {
    if (grid.M == 1 && of.fewer_rounds > 0) continue;
    orders += for_each_outcome<Rational>(
        [&](auto& random) { return course(grid, of, RandomOrder{}, random); },
        [&](const Rational&, Course seen) {
          if (grid.M == 1) seen.exact = {seen.exact.back()};  // a single peer has the mean from the start
          inspect(seen, grid.name(), inspection);
        });
  }
  return inspection.finding(fmt::format("10 grids, {} ways to order all groups", orders));
}

const std::vector<Grid> larger_grids{{6, 1}, {16, 1}, {4, 2}, {5, 2}, {6, 2}, {3, 3}, {2, 4}, {2, 5}};

Finding seeded_orders(const CheckContext& context, const Variation& of) {
  constexpr Index runs = 20;
  Inspection inspection;
  Seeded random = context.random("orders");
  Index iteration = 0;
  for (const Grid& grid : larger_grids) {
    inspect(course(grid, of, AscendingOrder{}, random), grid.name() + ", ascending", inspection);
    for (Index run = 0; run < runs; ++run) {
      random.begin_iteration(iteration++);
      inspect(course(grid, of, RandomOrder{}, random), grid.name(), inspection);
    }
  }
  return inspection.finding(
      fmt::format("{} grids of up to 36 peers, ascending and in {} random orders each", larger_grids.size(), runs));
}

/// The invariant of theory/moshpit/all_reduce.hpp after t rounds.
void inspect_invariant(const Grid& grid, const GridState& s, const PeerVectors<Rational>& first, Index t,
                       Inspection& inspection) {
  const auto where = [&](const char* what) {
    return [&grid, t, what] { return fmt::format("{}, after {} rounds: {}", grid.name(), t, what); };
  };
  std::map<GridKey, std::set<Index>> free_digits;
  for (Index i = 0; i < grid_size(grid.M, grid.N); ++i) {
    const GridKey& key = s.keys[static_cast<std::size_t>(i)];
    const auto digit = [&](Index j) { return grid_digit(i, j, grid.M, grid.N); };
    inspection.holds(static_cast<Index>(key.size()) == grid.N - 1, where("keys of N - 1 entries"));
    for (Index j = t + 1; j < grid.N && !inspection.failed(); ++j)
      inspection.equal(key[static_cast<std::size_t>(j - t - 1)], digit(j),
                       where("the digits that are left in a key"));
    free_digits[key].insert(t == 0 ? digit(grid.N) : digit(t));
    Vector<Rational> mean = Vector<Rational>::Zero(1);
    const Indices block = moshpit_block(i, grid.M, grid.N, t);
    for (const Index l : block) mean += first[static_cast<std::size_t>(l)];
    inspection.equal(s.x[static_cast<std::size_t>(i)],
                     Vector<Rational>(mean / Rational(static_cast<Index>(block.size()))),
                     where("x_i is the mean of its block"));
  }
  if (t == grid.N) return;
  inspection.equal(static_cast<Index>(free_digits.size()), grid_size(grid.M, grid.N) / grid.M,
                   where("all keys occur"));
  for (const auto& [key, digits] : free_digits)
    inspection.equal(static_cast<Index>(digits.size()), grid.M, where("peers of one key differ in the free digit"));
}

Finding invariant(const CheckContext& context, const GridMistake& mistake) {
  constexpr Index runs = 20;
  Inspection inspection;
  Seeded random = context.random("orders");
  Index iteration = 0;
  std::vector<Grid> grids = larger_grids;
  grids.insert(grids.end(), {{2, 2}, {3, 2}, {2, 3}});
  for (const Grid& grid : grids)
    for (Index run = 0; run < runs && !inspection.failed(); ++run) {
      random.begin_iteration(iteration++);
      const MoshpitAllReduce<Rational, RandomOrder> method{grid.M, grid.N};
      const PeerVectors<Rational> first = powers_of_two(grid_size(grid.M, grid.N));
      GridState s = method.initial(first);
      inspect_invariant(grid, s, first, 0, inspection);
      for (Index t = 1; t <= grid.N; ++t) {
        s = grid_round(method, std::move(s), random, mistake);
        inspect_invariant(grid, s, first, t, inspection);
      }
    }
  return inspection.finding(fmt::format("{} grids, {} random orders each, every round", grids.size(), runs));
}

const std::vector<Mutant<Variation>> run_mutants{
    {"keys of N entries", {.first_key = all_digits}},
    {"a round less", {.fewer_rounds = 1}},
    {"the first key as printed", {.first_key = only_the_top_digit}},
    {"the rank at the wrong end of the key", {GridMistake::rank_in_front}},
    {"the key does not take the rank up", {GridMistake::key_kept}},
    {"the groups of the round before", {GridMistake::groups_of_last_round}}};

}  // namespace

std::vector<Claim> claims() {
  return {
      {"moshpit/all-reduce/exact-average",
       "Moshpit All-Reduce of M^N peers gives all of them the exact mean after N rounds",
       "x_i = (1/n) sum_j x_j^0 for all i after N rounds, not before where the x_j^0 are generic; all groups have "
       "M members",
       {"n = M^N", "no faults", "any order in each group", "keys of N - 1 digits in base M"},
       "Algorithm 37, slide \"exact average after N steps\"; index formulas corrected",
       {make_check<Variation>(Layer::exact, Level::exact, all_orders, {}, run_mutants),
        make_check<Variation>(Layer::exact, Level::exact, seeded_orders, {}, run_mutants)}},
      {"moshpit/all-reduce/invariant",
       "what keys and vectors are in every round of Moshpit All-Reduce of M^N peers",
       "after t rounds: key_i = (a_{t+1}, ..., a_{N-1}, c_1, ..., c_t), M peers of every key, x_i the mean over "
       "the M^t peers that "
       "share a_t, ..., a_{N-1} with i",
       {"n = M^N", "no faults", "a_j the digits of i, c_s its ranks"},
       "derived",
       {make_check<GridMistake>(Layer::exact, Level::exact, invariant, GridMistake::none,
                                {{"the rank at the wrong end of the key", GridMistake::rank_in_front},
                                 {"the key does not take the rank up", GridMistake::key_kept},
                                 {"the groups of the round before", GridMistake::groups_of_last_round}})}},
      {"moshpit/all-reduce/mirrored-keys",
       "keys may be read backwards: the rank in front, the last entry dropped",
       "C <- (rank, C_1, ..., C_{N-2}): x_i = (1/n) sum_j x_j^0 for all i after N rounds, not before, groups of M",
       {"n = M^N", "no faults", "any order in each group"},
       "derived",
       {make_check<Variation>(Layer::exact, Level::exact, all_orders, {GridMistake::mirrored_key},
                              {{"the rank at the wrong end of the key", {GridMistake::rank_in_front}}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_exact
