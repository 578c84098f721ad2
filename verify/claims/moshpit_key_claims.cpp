// The keys of Moshpit All-Reduce: which digits they may start with, and that they take up the order that was drawn.
#include <map>

#include "touchstone/methods/average.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_key {

namespace {

/// Which N - 1 digits make the first key, in which order: all choices.
struct Digits {
  bool one_twice = false;  ///< the first of them in the place of the last as well
};

Finding any_digits(const CheckContext& /*context*/, const Digits& of) {
  Inspection inspection;
  Seeded unused(0);
  std::size_t choices = 0;
  for (const Grid& grid : std::vector<Grid>{{2, 2}, {3, 2}, {2, 3}, {3, 3}, {2, 4}}) {
    Indices order(static_cast<std::size_t>(grid.N));
    for (Index j = 0; j < grid.N; ++j) order[static_cast<std::size_t>(j)] = j + 1;
    do {
      Indices used(order.begin(), order.end() - 1);
      if (of.one_twice && used.size() > 1) used.back() = used.front();
      std::vector<GridKey> keys(static_cast<std::size_t>(grid_size(grid.M, grid.N)));
      for (std::size_t i = 0; i < keys.size(); ++i)
        for (const Index j : used) keys[i].push_back(grid_digit(static_cast<Index>(i), j, grid.M, grid.N));
      const PeerVectors<Rational> x = powers_of_two(static_cast<Index>(keys.size()));
      const MoshpitAllReduce<Rational> method{grid.M, grid.N};
      GridState s = method.initial(x, keys);
      for (Index t = 0; t < grid.N; ++t) {
        s = method.step(std::move(s), unused);
        for (const Indices& group : groups_of(s.table, t))
          inspection.equal(static_cast<Index>(group.size()), grid.M, [&] {
            return fmt::format("{}, digits {}: group sizes", grid.name(), fmt::join(used, " "));
          });
      }
      inspection.holds(all_are(s.x, average(x)),
                       [&] { return fmt::format("{}, digits {}", grid.name(), fmt::join(used, " ")); });
      ++choices;
    } while (std::next_permutation(order.begin(), order.end()));
  }
  return inspection.finding(fmt::format("5 grids, {} choices of digits", choices));
}

/// That an order was drawn is seen in the ranks: all bijections of a group onto its ranks are equally likely.
Finding ranks(const CheckContext& /*context*/, const GridMistake& mistake) {
  Inspection inspection;
  for (const Index size : {2, 3, 4}) {
    const MoshpitAllReduce<Rational, RandomOrder> method{size, 2};
    std::map<std::vector<GridKey>, Rational> law;
    for_each_outcome<Rational>(
        [&](auto& random) {
          const std::vector<GridKey> one_key(static_cast<std::size_t>(size), GridKey{0});
          return grid_round(method, method.initial(powers_of_two(size), one_key), random, mistake).keys;
        },
        [&](const Rational& p, const std::vector<GridKey>& keys) { law[keys] += p; });
    inspection.equal(static_cast<Index>(law.size()), factorial(size),
                     [&] { return fmt::format("{} peers: ranks", size); });
    for (const auto& [keys, p] : law)
      inspection.equal(p, Rational(Rational(1) / Rational(factorial(size))),
                       [&] { return fmt::format("{} peers", size); });
  }
  return inspection.finding("groups of 2, 3, 4 peers, all orders");
}

}  // namespace

std::vector<Claim> claims() {
  return {
      {"moshpit/all-reduce/any-digits",
       "the first key may be any N - 1 of the N digits, in any order",
       "x_i = (1/n) sum_j x_j^0 for all i after N rounds, groups of M",
       {"n = M^N", "no faults", "all peers use the same digits"},
       "derived; the least significant digits too",
       {make_check<Digits>(Layer::exact, Level::exact, any_digits, {}, {{"a digit twice", {true}}})}},
      {"moshpit/all-reduce/ranks",
       "ranks are those of the order that was drawn",
       "P(ranks of a group = any bijection onto 0, ..., |G|-1) = 1/|G|!",
       {"random order"},
       "Algorithm 37",
       {make_check<GridMistake>(Layer::exact, Level::exact, ranks, GridMistake::none,
                                {{"ranks from before the order", GridMistake::ranks_before_order}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_key
