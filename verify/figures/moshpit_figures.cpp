#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "touchstone/methods/moshpit/averaging.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/theory/moshpit/dispersion.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "touchstone/theory/moshpit/random_split.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"

namespace touchstone::inline v0 {

namespace moshpit_figure {

namespace {

constexpr const char* mixing_caption =
    R"(The dispersion of 64 peers, the mean of $|\theta_i - \bar\theta|^2$, after every round, divided by that at
the start. On a grid of 8 x 8 (Moshpit All-Reduce) all have the exact mean after 2 rounds, up to rounding.
In 8 random groups of 8 (the mean of 100 runs) every round leaves $(r - 1)/(n - 1) = 1/9$ of the dispersion,
with $r = 8$ groups of $n = 64$ peers, as theory says (dashed). Gossip on a ring, where every peer averages
with its two neighbours, hardly gets on. Each peer begins with 10 numbers from a seed; double precision.)";

constexpr const char* grid_caption =
    R"(Nine peers on a grid of 3 x 3, numbered from 0, with their keys. A box is a group: peers that have the same
key and average. In the first round these are the rows, in the second the columns, because a peer's next key
is its place in its group; after two rounds each has the mean of all nine. The groups are those that Moshpit
All-Reduce itself found; there is nothing to be rounded.)";

constexpr Index line = 8;  ///< M: the grid has M x M peers
constexpr Index peers = line * line;
constexpr Index rounds = 10;

PeerVectors<double> seeded_peers() {
  constexpr Index d = 10;
  Seeded random(1);
  PeerVectors<double> x;
  for (Index i = 0; i < peers; ++i) {
    Vector<double>& x_i = x.emplace_back(d);
    for (Index c = 0; c < d; ++c) x_i[c] = static_cast<double>(random.choose(2001) - 1000) / 1000;
  }
  return x;
}

/// disp(theta) after 0, ..., rounds rounds, over the first.
template <class Step>
std::vector<double> dispersions(PeerVectors<double> x, const Step& step) {
  const double first = dispersion(x);
  std::vector<double> all{1};
  for (Index t = 0; t < rounds; ++t) {
    x = step(std::move(x), t);
    all.push_back(dispersion(x) / first);
  }
  return all;
}

std::vector<double> grid_dispersions() {
  const MoshpitAllReduce<double> method{line, 2};
  MoshpitState<double> s = method.initial(seeded_peers());
  Seeded none(0);  // peers are put in ascending order
  return dispersions(seeded_peers(), [&](const PeerVectors<double>& /*x*/, Index t) {
    none.begin_iteration(t);
    s = method.step(std::move(s), none);
    return s.x;
  });
}

std::vector<double> random_dispersions(std::uint64_t seed) {
  const RandomSplit method{equal_sizes(peers, line)};
  Seeded random(seed);
  return dispersions(seeded_peers(), [&](PeerVectors<double> x, Index t) {
    random.begin_iteration(t);
    return method.average(std::move(x), random);
  });
}

std::vector<double> gossip_dispersions() {
  const double third = 1.0 / 3;
  const Gossip<double> method(ring_mixing_matrix<double>(peers, third, third));
  return dispersions(seeded_peers(),
                     [&](const PeerVectors<double>& x, Index /*t*/) { return method.average(x).x; });
}

FigureData mixing() {
  constexpr std::uint64_t runs = 100;
  std::vector<double> random_groups(rounds + 1, 0);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    const std::vector<double> one = random_dispersions(seed);
    for (std::size_t t = 0; t < one.size(); ++t) random_groups[t] += one[t] / runs;
  }
  const double q = mixing_factor<double>(line, peers);
  std::vector<double> law;
  for (Index t = 0; t <= rounds; ++t) law.push_back(nth_power(q, t));

  FigureData data{
      {{"", {"round"}, {"dispersion, of that at the start", "", true}, {}}}, 1, "averaging,round,dispersion\n", ""};
  const auto add = [&](const char* id, const char* name, const std::vector<double>& values, Stroke stroke,
                       std::optional<std::size_t> style) {
    Curve curve{name, {}, stroke, style};
    for (std::size_t t = 0; t < values.size(); ++t) {
      curve.points.emplace_back(fmt::format("{}", t), plotted(values[t]));
      data.csv += csv_line({id, fmt::format("{}", t), plotted(values[t])});
    }
    data.charts.front().curves.push_back(std::move(curve));
  };
  const std::vector<double> grid = grid_dispersions();
  const std::vector<double> ring = gossip_dispersions();
  add("grid", "grid of 8 x 8", grid, Stroke::marked, {});
  add("random-groups", "random groups", random_groups, Stroke::marks, {});
  add("random-groups-theory", "their theory", law, Stroke::dashed, 1);
  add("gossip", "gossip on a ring", ring, Stroke::marked, {});
  data.shows = fmt::format("After round 2: grid {:.1e}, random groups {:.1e}, gossip on a ring {:.2f}", grid[2],
                           random_groups[2], ring[2]);
  return data;
}

/// Peer i of 3 x 3 stands in column i mod 3 of row i div 3, the first row on top.
constexpr Index side = 3;

Index column_of(Index i) {
  return i % side;
}
Index height_of(Index i) {
  return side - 1 - i / side;
}

/// Around all of these.
Curve box_around(const Indices& group, std::size_t style) {
  constexpr double margin = 0.38;
  const auto [left, right] =
      std::minmax_element(group.begin(), group.end(), [](Index i, Index j) { return column_of(i) < column_of(j); });
  const auto [low, high] =
      std::minmax_element(group.begin(), group.end(), [](Index i, Index j) { return height_of(i) < height_of(j); });
  const std::string x0 = fmt::format("{}", static_cast<double>(column_of(*left)) - margin);
  const std::string x1 = fmt::format("{}", static_cast<double>(column_of(*right)) + margin);
  const std::string y0 = fmt::format("{}", static_cast<double>(height_of(*low)) - margin);
  const std::string y1 = fmt::format("{}", static_cast<double>(height_of(*high)) + margin);
  return {"", {{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}, {x0, y0}}, Stroke::thin, style};
}

FigureData grid() {
  const MoshpitAllReduce<double> method{side, 2};
  MoshpitState<double> s = method.initial(PeerVectors<double>(side * side, Vector<double>::Zero(1)));
  Seeded none(0);  // peers are put in ascending order
  FigureData data{{}, 2, "round,peer,key,group\n", ""};
  for (Index round = 0; round < 2; ++round) {
    const std::vector<GridKey> keys = s.keys;
    none.begin_iteration(round);
    s = method.step(std::move(s), none);
    const Axis room{"", "", false, {{-0.6, side - 0.4}}};
    LineChart chart{fmt::format("round {}", round + 1), room, room, {}, {}, false};
    std::vector<std::string> groups;
    for (const GridKey& key : s.table.keys(round)) {
      const Indices group = s.table.get(key, round);
      chart.curves.push_back(box_around(group, chart.curves.size() + 1));
      groups.push_back(fmt::format("{}", fmt::join(group, " ")));
      for (const Index i : group) {
        const std::string of_peer = fmt::format("{}", fmt::join(keys[static_cast<std::size_t>(i)], " "));
        const std::string x = fmt::format("{}", column_of(i));
        chart.texts.push_back({x, fmt::format("{}.14", height_of(i)), fmt::format("{}", i)});
        chart.texts.push_back({x, fmt::format("{}", static_cast<double>(height_of(i)) - 0.14), "key " + of_peer});
        data.csv += csv_line({fmt::format("{}", round + 1), fmt::format("{}", i), of_peer, groups.back()});
      }
    }
    data.charts.push_back(std::move(chart));
    data.shows +=
        fmt::format("{}round {} averages {}", round == 0 ? "" : "\n", round + 1, fmt::join(groups, " | "));
  }
  return data;
}

}  // namespace

}  // namespace moshpit_figure

std::vector<Figure> moshpit_figures() {
  return {{"moshpit-mixing", "How fast the peers agree", moshpit_figure::mixing_caption, "moshpit",
           moshpit_figure::mixing},
          {"moshpit-grid", "Who averages with whom: two rounds of 3 x 3 peers", moshpit_figure::grid_caption,
           "moshpit", moshpit_figure::grid}};
}

}  // namespace touchstone::inline v0
