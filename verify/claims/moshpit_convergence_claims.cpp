// Moshpit All-Reduce with faults again and again: how fast the dispersion falls.
#include <cmath>

#include "touchstone/methods/average.hpp"
#include "touchstone/numbers/definiteness.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "touchstone/theory/moshpit/dispersion.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_convergence {

namespace {

struct Variation {
  GridMistake mistake = GridMistake::none;
  Index fewer_rounds = 0;
};

/// n disp as a quadratic form, I - J.
Matrix<Rational> dispersion_form(Index n) {
  return Matrix<Rational>(Matrix<Rational>::Identity(n, n) - averaging_matrix<Rational>(n));
}

/// A'(I - J)A for the matrix A of a run of rounds: n times the dispersion after it.
Matrix<Rational> form_after(const GridState& s) {
  const Matrix<Rational> A = rows_of(s.x);
  return Matrix<Rational>(A.transpose() * dispersion_form(A.rows()) * A);
}

/// Three peers, M = 2, N = 2: the grid would have four.
const Grid grid{2, 2};
constexpr Index peers = 3;
const MoshpitAllReduce<Rational, RandomOrder> method{2, 2};

std::vector<std::vector<GridKey>> all_starts() {
  std::vector<std::vector<GridKey>> starts;
  for (Index code = 0; code < peers * peers * peers; ++code)
    starts.push_back({{code % peers}, {code / peers % peers}, {code / (peers * peers)}});
  return starts;
}

/// The rounds of a window, each peer with this fault with probability phi on its own.
template <class R>
GridState window(const std::vector<GridKey>& keys, Conduct fault, const Rational& phi, const Variation& of,
                 R& random) {
  GridState s = method.initial(unit_vectors(peers), keys);
  for (Index t = 0; t < grid.N - of.fewer_rounds; ++t) {
    RoundConduct conduct = all_take_part(peers);
    for (Conduct& c : conduct)
      if (random.bernoulli(phi)) c = fault;
    s = grid_round(method, std::move(s), conduct, random, of.mistake);
  }
  return s;
}

/// rho^2 from above: over all keys and orders of N rounds without faults.
Rational worst_without_faults(const Variation& of) {
  Rational worst(0);
  for (const std::vector<GridKey>& keys : all_starts())
    for_each_outcome<Rational>(
        [&](auto& random) { return form_after(window(keys, Conduct::takes_part, Rational(0), of, random)); },
        [&](const Rational&, const Matrix<Rational>& form) {
          worst = std::max(worst, largest_eigenvalue_bound(form));
        });
  return worst;
}

Finding contraction(const CheckContext& /*context*/, const Variation& of) {
  const Rational phi(1, 4);
  const Rational no_fault = nth_power(Rational(1 - phi), peers * (grid.N - of.fewer_rounds));
  const Rational rho_squared = worst_without_faults(of);
  Inspection inspection;
  inspection.less_equal(rho_squared, Rational(99, 100), [] { return std::string("rho^2 < 1"); });
  const Rational factor = 1 - no_fault * (1 - rho_squared);
  std::size_t outcomes = 0;
  for (const Conduct fault : {Conduct::offline, Conduct::aborts, Conduct::drops_out})
    for (const std::vector<GridKey>& keys : all_starts()) {
      if (inspection.failed()) break;
      Matrix<Rational> mean = Matrix<Rational>::Zero(peers, peers);
      outcomes +=
          for_each_outcome<Rational>([&](auto& random) { return form_after(window(keys, fault, phi, of, random)); },
                                     [&](const Rational& p, const Matrix<Rational>& form) { mean += p * form; });
      inspection.holds(is_positive_semidefinite(Matrix<Rational>(factor * dispersion_form(peers) - mean)),
                       [&] { return fmt::format("keys {}", fmt::join(keys[0], "")); });
    }
  return inspection.finding(
      fmt::format("3 peers, M = N = 2, phi = 1/4: all keys, {} outcomes of faults and orders, all vectors; rho^2 "
                  "<= {:.4f}, factor {:.4f}",
                  outcomes, static_cast<double>(rho_squared), static_cast<double>(factor)));
}

/// Four peers, all faults that keep the mean in all combinations: the dispersion does not grow, for all vectors.
Finding no_growth(const CheckContext& /*context*/, const GridMistake& mistake) {
  constexpr Index n = 4;
  const MoshpitAllReduce<Rational> four{2, 2};
  const std::vector<Conduct> kinds{Conduct::takes_part, Conduct::offline, Conduct::aborts, Conduct::drops_out};
  Seeded unused(0);
  Inspection inspection;
  for (const std::vector<GridKey>& keys :
       std::vector<std::vector<GridKey>>{{{0}, {0}, {1}, {1}}, {{0}, {0}, {0}, {0}}, {{0}, {0}, {0}, {1}}})
    for (Index code = 0; code < 256; ++code) {
      RoundConduct conduct;
      for (Index i = 0, rest = code; i < n; ++i, rest /= 4)
        conduct.push_back(kinds[static_cast<std::size_t>(rest % 4)]);
      const GridState s = grid_round(four, four.initial(unit_vectors(n), keys), conduct, unused, mistake);
      inspection.holds(is_positive_semidefinite(Matrix<Rational>(dispersion_form(n) - form_after(s))),
                       [&] { return fmt::format("conducts {}", code); });
    }
  return inspection.finding("4 peers, 3 kinds of keys, all 4^4 conducts, all vectors");
}

/// Nine peers drop out with probability 1/20 each round, ten rounds: E disp/disp <= (1 - epsilon)^5 as two rounds without faults give
/// the mean. disp/disp^0 is in [0, 1].
Finding sampled(const CheckContext& context, const GridMistake& mistake) {
  constexpr Index runs = 400;
  constexpr Index rounds = 10;
  constexpr double error_probability = 1e-9;
  const Rational phi(1, 20);
  const MoshpitAllReduce<Rational, RandomOrder> nine{3, 2};
  const Rational epsilon = nth_power(Rational(1 - phi), 18);
  const Rational bound = nth_power(Rational(1 - epsilon), rounds / 2);
  PeerVectors<Rational> x;
  for (Index i = 0; i < 9; ++i) x.push_back(Vector<Rational>::Constant(1, Rational(i / 3)));
  const Rational first = dispersion(x);
  Seeded random = context.random("faults and orders");
  double sum = 0;
  for (Index run = 0; run < runs; ++run) {
    random.begin_iteration(run);
    GridState s = nine.initial(x);
    for (Index t = 0; t < rounds; ++t) {
      RoundConduct conduct = all_take_part(9);
      for (Conduct& c : conduct)
        if (random.bernoulli(phi)) c = Conduct::drops_out;
      s = grid_round(nine, std::move(s), conduct, random, mistake);
    }
    sum += static_cast<double>(Rational(dispersion(s.x) / first));
  }
  const double mean = sum / static_cast<double>(runs);
  const double deviation = std::sqrt(std::log(1 / error_probability) / (2.0 * static_cast<double>(runs)));
  Inspection inspection;
  inspection.holds(mean <= static_cast<double>(bound) + deviation,
                   [&] { return fmt::format("the mean of {} runs is {:.4f}", runs, mean); });
  return inspection.finding(
      fmt::format("9 peers, phi = 1/20, 10 rounds, {} runs: mean {:.4f} <= bound {:.4f} + {:.4f} "
                  "(Hoeffding, error probability 1e-9)",
                  runs, mean, static_cast<double>(bound), deviation));
}

}  // namespace

std::vector<Claim> claims() {
  const std::vector<std::string> faults{
      "peers are offline, abort their group or drop out",
      "N rounds in a row are without faults with probability epsilon at least, whatever was before"};
  return {
      {"moshpit/all-reduce/convergence",
       "Moshpit All-Reduce with faults converges to the mean, at a linear rate",
       "E disp after N rounds <= (1 - epsilon (1 - rho^2)) disp, rho < 1 the largest norm of N rounds without "
       "faults on the vectors of "
       "mean zero",
       faults,
       "derived; the slide's \"correctness\", without random orders",
       {make_check<Variation>(Layer::exact, Level::exact, contraction, {},
                              {{"a round less", {.fewer_rounds = 1}},
                               {"the key does not take the rank up", {GridMistake::key_kept}},
                               {"the groups of the round before", {GridMistake::groups_of_last_round}}})}},
      {"moshpit/all-reduce/no-growth",
       "a round never makes the dispersion larger, whatever faults that keep the mean there are",
       "disp(x+) <= disp(x)",
       {faults.front()},
       "derived",
       {make_check<GridMistake>(Layer::exact, Level::exact, no_growth, GridMistake::none,
                                {{"the mean weighted by a vanished peer", GridMistake::counts_vanished},
                                 {"divided by M in place of the size of the group", GridMistake::mean_over_M}})}},
      {"moshpit/all-reduce/convergence-sampled",
       "the rate with peers that drop out, on nine peers",
       "E disp after 10 rounds <= (1 - (19/20)^18)^5 disp",
       {"n = 9, M = 3, N = 2", "every peer drops out of every round with probability 1/20"},
       "derived",
       {make_check<GridMistake>(Layer::sampled, Level::measured, sampled, GridMistake::none,
                                {{"the key does not take the rank up", GridMistake::key_kept}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_convergence
