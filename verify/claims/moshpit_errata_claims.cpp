// The printed trace and the table of index formulas; statements of the slides on Moshpit All-Reduce that are false as they stand.
#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/random_split.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "touchstone/theory/moshpit/dispersion.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_errata {

namespace {

enum class FirstKey { corrected, all_digits, printed, printed_shorter };

GridKey first_key(FirstKey which, Index i, const Grid& grid) {
  GridKey key = initial_key(i, grid.M, grid.N);
  if (which == FirstKey::all_digits) key.push_back(i % grid.M);
  if (which == FirstKey::printed || which == FirstKey::printed_shorter)
    key = GridKey(static_cast<std::size_t>(which == FirstKey::printed ? grid.N : grid.N - 1),
                  grid_digit(i, 1, grid.M, grid.N));
  return key;
}

GridState start(FirstKey which, const Grid& grid, PeerVectors<Rational> x) {
  std::vector<GridKey> keys;
  for (Index i = 0; i < grid_size(grid.M, grid.N); ++i) keys.push_back(first_key(which, i, grid));
  return MoshpitAllReduce<Rational>{grid.M, grid.N}.initial(std::move(x), std::move(keys));
}

/// The groups of the rounds up to the first after which all values agree: "01 23 | 02 13".
std::string trace(FirstKey which, const Grid& grid, GridMistake mistake) {
  constexpr Index at_most = 8;
  const MoshpitAllReduce<Rational> method{grid.M, grid.N};
  Seeded unused(0);
  GridState s = start(which, grid, powers_of_two(grid_size(grid.M, grid.N)));
  std::string text;
  for (Index t = 0; t < at_most; ++t) {
    s = grid_round(method, std::move(s), unused, mistake);
    if (t > 0) text += " | ";
    std::vector<std::string> groups;
    for (const Indices& group : groups_of(s.table, t)) groups.push_back(fmt::format("{}", fmt::join(group, "")));
    text += fmt::format("{}", fmt::join(groups, " "));
    if (all_equal(s.x)) return text + " | " + s.x.front()[0].str();
  }
  return text;
}

/// "first exact round: size of the groups in each round"
std::string sizes(FirstKey which, const Grid& grid, GridMistake mistake) {
  constexpr Index at_most = 8;
  const MoshpitAllReduce<Rational> method{grid.M, grid.N};
  Seeded unused(0);
  GridState s = start(which, grid, powers_of_two(grid_size(grid.M, grid.N)));
  std::string text;
  for (Index t = 0; t < at_most; ++t) {
    s = grid_round(method, std::move(s), unused, mistake);
    text += fmt::format("{}{}", t == 0 ? "" : ",", groups_of(s.table, t).front().size());
    if (all_equal(s.x)) return fmt::format("{}: {}", t + 1, text);
  }
  return "never: " + text;
}

Finding golden(const CheckContext& /*context*/, const GridMistake& mistake) {
  Inspection inspection;
  const auto is = [&](const std::string& found, const std::string& expected) {
    inspection.holds(found == expected, [&] { return found + " in place of " + expected; });
  };
  is(trace(FirstKey::corrected, {2, 3}, mistake), "01 23 45 67 | 04 15 26 37 | 02 46 13 57 | 255/8");
  is(sizes(FirstKey::corrected, {2, 3}, mistake), "3: 2,2,2");
  is(sizes(FirstKey::all_digits, {2, 3}, mistake), "4: 1,2,2,2");
  is(sizes(FirstKey::printed, {2, 3}, mistake), "4: 4,1,1,2");
  is(sizes(FirstKey::printed_shorter, {2, 3}, mistake), "3: 4,1,2");
  return inspection.finding("M=2, N=3: the trace of 8 peers, the four index formulas");
}

/// N rounds with this first key: not the mean, or groups that are not of M.
struct WrongIndex {
  Grid grid;
  FirstKey first;
  std::vector<Rational> x;
  std::vector<Rational> after;
};

Finding wrong_index(const CheckContext& /*context*/, const WrongIndex& of) {
  const MoshpitAllReduce<Rational> method{of.grid.M, of.grid.N};
  Seeded unused(0);
  PeerVectors<Rational> x, after;
  for (const Rational& x_i : of.x) x.push_back(Vector<Rational>::Constant(1, x_i));
  for (const Rational& x_i : of.after) after.push_back(Vector<Rational>::Constant(1, x_i));
  GridState s = start(of.first, of.grid, x);
  std::string size;
  for (Index t = 0; t < of.grid.N; ++t) {
    s = method.step(std::move(s), unused);
    size += fmt::format(" {}", groups_of(s.table, t).front().size());
  }
  Inspection inspection;
  inspection.holds(!all_are(s.x, average(x)), [] { return std::string("not the mean after N rounds"); });
  inspection.holds(s.x == after, [] { return std::string("the vectors of the witness"); });
  return inspection.finding(fmt::format("{}: groups of{} peers, after N rounds x = ({}, ...)", of.grid.name(), size,
                                        s.x.front()[0].str()));
}

/// M = 2, N = 3 with the printed key of N - 1 entries: the first groups are of M^{N-1} = 4 peers.
Finding large_groups(const CheckContext& /*context*/, const FirstKey& first) {
  const MoshpitAllReduce<Rational> method{2, 3};
  Seeded unused(0);
  const GridState s = method.step(start(first, {2, 3}, powers_of_two(8)), unused);
  const std::size_t found = groups_of(s.table, 0).front().size();
  Inspection inspection;
  inspection.holds(found == 4, [] { return std::string("a first group of 4 peers"); });
  return inspection.finding(fmt::format("M=2, N=3: the first groups have {} peers", found));
}

/// Of two peers with x = (0, 1); the mean is that of those that have not left.
Finding mean_moves(const CheckContext& /*context*/, const Conduct& second) {
  const MoshpitAllReduce<Rational> method{2, 1};
  Seeded unused(0);
  PeerVectors<Rational> x{Vector<Rational>::Zero(1), Vector<Rational>::Ones(1)};
  const GridState s = method.step(method.initial(x), {Conduct::takes_part, second}, unused);
  PeerVectors<Rational> present;
  for (std::size_t i = 0; i < s.x.size(); ++i)
    if (s.present[i]) present.push_back(s.x[i]);
  const Rational mean = average(present)[0];
  Inspection inspection;
  inspection.holds(mean != Rational(1, 2), [] { return std::string("the mean has moved"); });
  return inspection.finding(fmt::format("n = 2, x = (0, 1), peer 1 {}: x_0 = {}, mean {}",
                                        second == Conduct::leaves ? "leaves" : "does not receive", s.x[0][0].str(),
                                        mean.str()));
}

/// Two peers; in round t their group is aborted with probability 1 - 2^-t (in the mutant 1/2). The products decrease, from below by
/// (1/2)(1 - sum_{t >= 2} 2^-t) = 1/4.
Finding ever_rarer(const CheckContext& /*context*/, const bool& steady) {
  constexpr Index rounds = 40;
  const MoshpitAllReduce<Rational> method{2, 1};
  PeerVectors<Rational> x{Vector<Rational>::Zero(1), Vector<Rational>::Ones(1)};
  Rational apart(1);
  for (Index t = 1; t <= rounds; ++t) {
    const Rational success = steady ? Rational(1, 2) : nth_power(Rational(1, 2), t);
    const Rational dispersed = expectation<Rational>([&](auto& random) {
      const Conduct both = random.bernoulli(success) ? Conduct::takes_part : Conduct::aborts;
      return dispersion(method.step(method.initial(x), {both, both}, random).x);
    });
    apart *= dispersed / dispersion(x);
  }
  Inspection inspection;
  inspection.less_equal(Rational(1, 4), apart, [] { return std::string("E disp/disp^0"); });
  return inspection.finding(fmt::format(
      "n = 2, 40 rounds that succeed with probability 2^-t: E disp/disp^0 = {:.4f}, at least 1/4 for ever",
      static_cast<double>(apart)));
}

struct Split {
  Index n, r;
};

Finding slide_equality(const CheckContext& /*context*/, const Split& of) {
  const RandomSplit<FixedSizes> split{equal_sizes(of.n, of.r)};
  const PeerVectors<Rational> x = powers_of_two(of.n);
  const Rational dispersed =
      expectation<Rational>([&](auto& random) { return dispersion(split.average(x, random)); });
  const Rational factor = dispersed / dispersion(x);
  const Rational slide = slide_mixing_factor<Rational>(of.r, of.n);
  Inspection inspection;
  inspection.holds(factor != slide, [] { return std::string("the slide's factor is not the true one"); });
  inspection.equal(factor, mixing_factor<Rational>(of.r, of.n), [] { return std::string("the true factor"); });
  return inspection.finding(
      fmt::format("n = {}, r = {}: the factor is {}, the slide has {}", of.n, of.r, factor.str(), slide.str()));
}

}  // namespace

std::vector<Claim> claims() {
  const std::string slides = "Algorithm 37 as printed";
  const std::vector<std::string> none{"n = M^N", "no faults"};
  const Rational half(1, 2);
  return {
      {"moshpit/all-reduce/golden",
       "the trace of eight peers, and what index formulas give which groups",
       "M = 2, N = 3, x_i = 2^i: {01}{23}{45}{67}, {04}{15}{26}{37}, {02}{46}{13}{57}, 255/8; keys of all digits "
       "and as printed are "
       "exact after N + 1 rounds",
       {"ascending order"},
       "derived, by a program of its own in another language",
       {make_check<GridMistake>(Layer::exact, Level::exact, golden, GridMistake::none,
                                {{"the rank at the wrong end of the key", GridMistake::rank_in_front},
                                 {"the key does not take the rank up", GridMistake::key_kept},
                                 {"the groups of the round before", GridMistake::groups_of_last_round}})}},
      {"moshpit/all-reduce/printed-index",
       "with the first key as printed, N times the top digit, all have the exact mean after N rounds",
       "C_i = (floor(i/M^{N-1}) mod M)_{j = 1..N}: x_i = (1/n) sum_j x_j^0 after N rounds",
       none,
       slides,
       {make_check<WrongIndex>(Layer::exact, Level::refuted, wrong_index,
                               {{2, 2}, FirstKey::printed, {1, 0, 0, 0}, {half, half, 0, 0}},
                               {{"corrected", {{2, 2}, FirstKey::corrected, {1, 0, 0, 0}, {half, half, 0, 0}}}})},
       "moshpit/all-reduce/exact-average"},
      {"moshpit/all-reduce/printed-group-size",
       "with the first key as printed groups have M members",
       "C_i = (floor(i/M^{N-1}) mod M)_{j = 1..N-1}: all groups have M members",
       none,
       slides,
       {make_check<FirstKey>(Layer::exact, Level::refuted, large_groups, FirstKey::printed_shorter,
                             {{"corrected", FirstKey::corrected}})},
       "moshpit/all-reduce/exact-average"},
      {"moshpit/all-reduce/keys-of-length-n",
       "with keys of N entries all have the exact mean after N rounds",
       "C_i = (c_i^{t-N+1}, ..., c_i^t): x_i = (1/n) sum_j x_j^0 after N rounds",
       none,
       slides,
       {make_check<WrongIndex>(Layer::exact, Level::refuted, wrong_index,
                               {{2, 1}, FirstKey::all_digits, {0, 1}, {0, 1}},
                               {{"corrected", {{2, 1}, FirstKey::corrected, {0, 1}, {0, 1}}}})},
       "moshpit/all-reduce/exact-average"},
      {"moshpit/all-reduce/mean-kept-whatever-fails",
       "the mean is kept whatever peers fail",
       "x_i -> (1/n) sum_j x_j^0 for all i",
       {"peers fail at any moment"},
       "slide \"correctness\", which does not ask that group operations are atomic",
       {make_check<Conduct>(
            Layer::exact, Level::refuted, mean_moves, Conduct::late,
            {{"drops out before it contributes", Conduct::drops_out}, {"receives", Conduct::takes_part}}),
        make_check<Conduct>(Layer::exact, Level::refuted, mean_moves, Conduct::leaves,
                            {{"is offline for a round", Conduct::offline}})},
       "moshpit/all-reduce/mean-kept"},
      {"moshpit/all-reduce/success-ever-rarer",
       "it is enough that every round may succeed",
       "x_i -> (1/n) sum_j x_j^0 for all i, almost surely",
       {"every round is without faults with a positive probability"},
       "slide \"correctness\", which does not ask that it stays away from zero",
       {make_check<bool>(Layer::exact, Level::refuted, ever_rarer, false,
                         {{"probability 1/2 in every round", true}})},
       "moshpit/all-reduce/convergence"},
      {"moshpit/random-split/slide-equality",
       "the factor of random groups is that of the slide",
       "E disp(theta+) = ((r - 1)/n + r/n^2) disp(theta)",
       {"r groups of fixed sizes, all assignments equally likely"},
       "slide \"mixing properties\": that two peers are in one group has probability M_i (M_i - 1)/(n (n - 1)), "
       "not .../n^2",
       {make_check<Split>(Layer::exact, Level::refuted, slide_equality, {2, 1}, {{"r = n", {3, 3}}}),
        make_check<Split>(Layer::exact, Level::refuted, slide_equality, {3, 2}, {{"r = n", {2, 2}}})},
       "moshpit/random-split/mixing-factor"},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_errata
