// Moshpit SGD on a quadratic, in exact second moments: its assumptions measured, one step, discrepancy, theorem.
#include <algorithm>
#include <memory>
#include <numeric>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "touchstone/methods/moshpit/moshpit_sgd.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "touchstone/theory/moshpit/moshpit_sgd.hpp"
#include "touchstone/theory/moshpit/random_split.hpp"
#include "verify/claims/moshpit_sgd_wrong.hpp"
#include "verify/claims/registry.hpp"
#include "verify/engine/quadratic_form.hpp"
#include "verify/engine/second_moments.hpp"

namespace touchstone::inline v0::registry::moshpit_sgd {

namespace {

using Noise = AdditiveNoise<Rational>;

/// A coordinate f(x) = a x^2/2 with noise +-s of variance s^2, or 2 and -1 of variance 2.
struct Coordinate {
  Rational a;
  Rational variance;

  [[nodiscard]] Quadratic<Rational> problem() const {
    return {std::vector<QuadraticForm<Rational>>{{Matrix<Rational>::Constant(1, 1, a), Vector<Rational>::Zero(1)}},
            {a, a, {a}, {{a}}}};
  }
  [[nodiscard]] Noise noise() const {
    const auto number = [](Index v) { return Vector<Rational>(Vector<Rational>::Constant(1, Rational(v))); };
    if (variance == 0) return {{{{1}, {number(0)}}}};
    if (variance == 1) return {{{{Rational(1, 2), Rational(1, 2)}, {number(1), number(-1)}}}};
    return {{{{Rational(1, 3), Rational(2, 3)}, {number(2), number(-1)}}}};
  }
};

/// The function is the sum of the coordinates: all that is compared is a sum over them, and averaging treats them alike.
const std::vector<Coordinate> strongly_convex{{Rational(1, 2), 1}, {2, 2}};
const std::vector<Coordinate> flat{{0, 1}, {2, 2}};
const std::vector<Coordinate> constant{{0, 1}};
const Rational L(2);
const Rational gamma(1, 8);
constexpr Index steps = 10;

/// How the peers average, and what share of the dispersion that keeps in the mean.
struct Routine {
  std::string name;
  std::variant<ExactAverage, SplitAverage<FixedSizes>, GossipAverage<Rational>, GridAverage<RandomOrder>> averaging;
  Rational kept;
};

Routine exactly() {
  return {"exact", ExactAverage{}, 0};
}
Routine in_groups(const Indices& sizes, Index T) {
  const Index n = std::accumulate(sizes.begin(), sizes.end(), Index{0});
  const Rational q = mixing_factor<Rational>(static_cast<Index>(sizes.size()), n);
  return {fmt::format("groups {} T={}", fmt::join(sizes, "+"), T), SplitAverage<FixedSizes>{{sizes}, T},
          nth_power(q, T)};
}
/// On the ring of four with weights 1/2, 1/4, 1/4: lambda = 1/2.
Routine by_gossip(Index T) {
  const Gossip<Rational> ring(ring_mixing_matrix<Rational>(4, Rational(1, 2), Rational(1, 4)));
  return {fmt::format("gossip T={}", T), GossipAverage<Rational>{ring, T}, nth_power(Rational(1, 4), T)};
}
Routine on_the_full_grid() {
  return {"grid M=N=2", GridAverage<RandomOrder>{2, 2, 2}, 0};
}

struct Configuration {
  Index n;
  Routine routine;
  Index leaving;
  Index tau;
  std::vector<Coordinate> coordinates = strongly_convex;
  Rational start = 1;

  [[nodiscard]] std::string name() const {
    return fmt::format("n={} {} leaving {} tau={}", n, routine.name, leaving, tau);
  }
  [[nodiscard]] Rational variance() const {
    Rational sum(0);
    for (const Coordinate& c : coordinates) sum += c.variance;
    return sum;
  }
};

MoshpitSgdConstants<Rational> constants(const Configuration& at) {
  const Rational error = mixing_averaging_error<Rational>(at.routine.kept, Rational(at.tau), at.variance());
  Rational mu = L;
  for (const Coordinate& c : at.coordinates) mu = std::min(mu, c.a);
  const Rational vanishing = at.n == 1 ? Rational(0)
                                       : survivors_noise<Rational>(Rational(at.n - at.leaving), Rational(at.n),
                                                                   error, Rational(at.tau), at.variance());
  return {L, mu, at.variance(), Rational(at.n), error, 0, vanishing, 1};
}

/// What is different from what is stated.
struct Variation {
  MoshpitSgdMistake mistake = MoshpitSgdMistake::none;
  std::function<void(MoshpitSgdConstants<Rational>&)> change = [](auto&) {};
};

/// E of |x - x*|^2, gap, V for k = 0, ..., steps.
struct Moments {
  std::vector<Rational> R, gap, V;
};

template <class Method>
void add_coordinate(const Configuration& at, const Coordinate& on, const Method& method, MoshpitSgdMistake mistake,
                    Seeded& random, Moments& sums) {
  const auto f = std::make_shared<Quadratic<Rational>>(on.problem());
  std::vector<OutcomesOf> phases;
  for (Index position = 0; position < at.tau; ++position)
    phases.push_back([=](const Vector<Rational>& z) {
      MoshpitSgdState<Rational> s;
      for (const Rational& z_i : z) s.x.push_back(Vector<Rational>::Constant(1, z_i));
      s.schedule.position = position;
      std::vector<std::pair<Rational, Vector<Rational>>> all;
      for_each_outcome<Rational>([&](auto& source) { return moshpit_sgd_step(method, *f, s, source, mistake).x; },
                                 [&](const Rational& p, const PeerVectors<Rational>& x) {
                                   Vector<Rational> next(z.size());
                                   for (Index i = 0; i < z.size(); ++i) next[i] = x[static_cast<std::size_t>(i)][0];
                                   all.emplace_back(p, std::move(next));
                                 });
      return all;
    });
  const auto square_of_mean = [](const Vector<Rational>& z) {
    const Rational mean = z.sum() / Rational(z.size());
    return Rational(mean * mean);
  };
  const QuadraticFunctions functions = [&](const Vector<Rational>& z) {
    const Rational R = square_of_mean(z);
    return std::vector<Rational>{R, Rational(on.a * R / 2), Rational(z.squaredNorm() / Rational(z.size()) - R)};
  };
  Vector<Rational> check(at.n);
  for (Index i = 0; i < at.n; ++i) check[i] = Rational(random.choose(19) - 9);
  const SecondMoments moments(phases, square_of_mean, at.n, {check});
  const auto found = moments.expectations<Rational>(quadratic_forms(functions, at.n, {check}),
                                                    Vector<Rational>::Constant(at.n, at.start), steps);
  for (std::size_t k = 0; k <= steps; ++k) {
    sums.R[k] += found[0][k];
    sums.gap[k] += found[1][k];
    sums.V[k] += found[2][k];
  }
}

Moments moments_of(const Configuration& at, MoshpitSgdMistake mistake, Seeded& random) {
  const std::vector<Rational> zeros(steps + 1, Rational(0));
  Moments sums{zeros, zeros, zeros};
  const DeterministicSchedule schedule = DeterministicSchedule::every(at.tau);
  const RandomSurvivors departures{at.n - at.leaving, true};
  for (const Coordinate& on : at.coordinates)
    std::visit(
        [&]<class Averaging>(const Averaging& averaging) {
          const MoshpitSgd<Rational, Noise, Averaging, RandomSurvivors> method{gamma, schedule, on.noise(),
                                                                               averaging, departures};
          add_coordinate(at, on, method, mistake, random, sums);
        },
        at.routine.averaging);
  return sums;
}

std::vector<Configuration> configurations() {
  return {{2, exactly(), 0, 2},
          {3, in_groups({2, 1}, 1), 0, 2},
          {4, in_groups({2, 2}, 2), 0, 3},
          {3, exactly(), 1, 2},
          {4, in_groups({2, 1}, 2), 1, 2},
          {4, exactly(), 2, 3},
          {1, exactly(), 0, 3},
          {3, exactly(), 0, 1},
          {3, in_groups({2, 1}, 2), 0, 4},
          {4, by_gossip(1), 0, 2},
          {4, on_the_full_grid(), 0, 2},
          {2, exactly(), 0, 2, strongly_convex, 0},
          {3, in_groups({2, 1}, 1), 0, 2, flat},
          {3, exactly(), 1, 2, flat},
          {4, in_groups({2, 2}, 2), 0, 3, constant}};
}

Finding theorem(const CheckContext& context, const Variation& of) {
  Inspection inspection;
  Seeded random = context.random("states");
  const std::vector<Configuration> all = configurations();
  for (const Configuration& at : all) {
    if (inspection.failed()) break;
    MoshpitSgdConstants<Rational> c = constants(at);
    of.change(c);
    const Moments E = moments_of(at, of.mistake, random);
    const Rational contraction = 1 - gamma * moshpit_mu(c);
    Rational weight(1), weights(0), gaps(0);
    for (std::size_t k = 0; k <= steps; ++k) {
      const auto where = [&](const char* line) {
        return [&at, line, k] { return fmt::format("{}, k={}: {}", at.name(), k, line); };
      };
      const Rational since(static_cast<Index>(k) % at.tau);
      inspection.less_equal(E.V[k], Rational(gamma * gamma * moshpit_discrepancy(c, since)), where("(V)"));
      if (k < steps)
        inspection.less_equal(E.R[k + 1], moshpit_one_step(c, gamma, E.R[k], E.gap[k], E.V[k]), where("one step"));
      weight /= contraction;
      weights += weight;
      gaps += weight * E.gap[k];
      const Rational first = E.R[0] / gamma;
      const Rational neighbourhood = moshpit_neighbourhood(c, gamma, Rational(at.tau));
      const Rational left =
          moshpit_mu(c) == 0 ? Rational(first / Rational(static_cast<Index>(k) + 1)) : Rational(first / weight);
      const Rational mean = gaps / weights;
      const Rational promised = left + neighbourhood;
      inspection.follow(at.name(), "sum_k w_k E (f(x^k) - f(x*))/W", static_cast<Index>(k), mean, promised);
      inspection.less_equal(mean, promised, where("average"));
    }
  }
  return inspection.finding(fmt::format("{} configurations, 10 steps, exact second moments", all.size()));
}

}  // namespace

std::vector<Claim> claims() {
  using Constants = MoshpitSgdConstants<Rational>;
  return {
      {"moshpit/sgd/theorem",
       "the theorem of Moshpit SGD along runs, with its assumptions' constants",
       "(V) after j steps, one step, sum_k w_k E gap_k/W <= the bound of the average, for every k <= 10; mu' = 0 "
       "too",
       {"quadratic f, a in {1/2, 2} or {0, 2}; additive noise of variance 1 and 2; gamma = 1/8",
        "exact averaging, T rounds of random groups or of gossip, the full grid; n' of n peers survive a "
        "synchronization, the others are "
        "replaced"},
       "chapter 6, Moshpit SGD; derived",
       {make_check<Variation>(
           Layer::moments, Level::exact, theorem, {},
           {{"synchronized at k mod tau = 0", {MoshpitSgdMistake::averages_too_early}},
            {"one noise for all peers", {MoshpitSgdMistake::shared_noise}},
            {"averages are not taken", {MoshpitSgdMistake::never_averages}},
            {"0.999 sigma^2", {MoshpitSgdMistake::none, [](Constants& c) { c.variance *= Rational(999, 1000); }}},
            {"half of delta_aq^2", {MoshpitSgdMistake::none, [](Constants& c) { c.averaging_error /= 2; }}},
            {"twice n_min", {MoshpitSgdMistake::none, [](Constants& c) { c.n_min *= 2; }}}})}}};
}

}  // namespace touchstone::inline v0::registry::moshpit_sgd
