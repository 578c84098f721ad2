// What Moshpit SGD is the same as, step by step.
#include <fmt/format.h>

#include "touchstone/methods/local/local_sgd.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/methods/unified_sgd/sgd.hpp"
#include "touchstone/problems/quadratic.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/moshpit/gossip.hpp"
#include "verify/claims/moshpit_sgd_wrong.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_reduction {

namespace {

using Noise = AdditiveNoise<Rational>;
using Problem = Quadratic<Rational>;
using Mistake = MoshpitSgdMistake;

Vector<Rational> pair(const Rational& a, const Rational& b) {
  Vector<Rational> v(2);
  v << a, b;
  return v;
}

/// f of n workers, all the same: the Hessian [[2, 1], [1, 2]], two components that differ by a constant gradient.
Problem equal_workers(Index n) {
  Matrix<Rational> A(2, 2);
  A << 2, 1, 1, 2;
  const std::vector<QuadraticForm<Rational>> components{{A, pair(1, 3)}, {A, pair(-2, 0)}};
  const std::size_t workers = static_cast<std::size_t>(n);
  return {std::vector<std::vector<QuadraticForm<Rational>>>(workers, components),
          {3, 1, std::vector<Rational>(workers, 3), std::vector<std::vector<Rational>>(workers, {3, 3})}};
}

Noise noise_on(Index n) {
  const NoiseLaw<Rational> law{{Rational(1, 3), Rational(2, 3)}, {pair(2, 4), pair(-1, -2)}};
  return {std::vector<NoiseLaw<Rational>>(static_cast<std::size_t>(n), law)};
}

const Rational gamma(1, 8);
const Vector<Rational> start = pair(1, -2);

Finding local_sgd(const CheckContext& context, const Mistake& mistake) {
  constexpr Index steps = 12;
  Inspection inspection;
  const Problem f = equal_workers(1);
  for (Index n = 1; n <= 4; ++n)
    for (Index tau = 1; tau <= 3; ++tau) {
      const DeterministicSchedule schedule = DeterministicSchedule::every(tau);
      const MoshpitSgd<Rational, Noise> method{gamma, schedule, noise_on(1)};
      const LocalSgd<Rational, DeterministicSchedule, Noise> local{gamma, schedule, noise_on(n)};
      const Problem on_all = equal_workers(n);
      Seeded random = context.random("run");
      Seeded same = context.random("run");
      auto s = method.initial(f, start, n);
      auto expected = local.initial(on_all, start);
      for (Index k = 0; k < steps; ++k) {
        random.begin_iteration(k);
        same.begin_iteration(k);
        s = moshpit_sgd_step(method, f, std::move(s), random, mistake);
        expected = local.step(on_all, std::move(expected), same);
        inspection.holds(s.x == expected.x, [&] { return fmt::format("n={} tau={} k={}", n, tau, k); });
      }
    }
  return inspection.finding("n <= 4, tau <= 3, 12 steps of the same draws, compared exactly");
}

/// Of all sequences of draws the same iterates as x - gamma grad f(x) - gamma (1/n) sum_i e_i.
Finding minibatch(const CheckContext& /*context*/, const Mistake& mistake) {
  Inspection inspection;
  const Problem f = equal_workers(1);
  for (Index n = 1; n <= 3; ++n) {
    const MoshpitSgd<Rational, Noise> method{gamma, DeterministicSchedule::every(1), noise_on(1)};
    const auto of_method = distribution<Rational>([&](auto& random) {
      auto s = method.initial(f, start, n);
      for (Index k = 0; k < 2; ++k) {
        random.begin_iteration(k);
        s = moshpit_sgd_step(method, f, std::move(s), random, mistake);
      }
      return s.x.back();
    });
    const auto of_minibatch = distribution<Rational>([&](auto& random) {
      Vector<Rational> x = start;
      for (Index k = 0; k < 2; ++k) {
        random.begin_iteration(k);
        Vector<Rational> sum = Vector<Rational>::Zero(2);
        for (Index i = 0; i < n; ++i) sum += noise_on(1).gradient(f, 0, x, random.worker(i));
        x -= gamma * sum / Rational(n);
      }
      return x;
    });
    inspection.holds(of_method == of_minibatch, [&] { return fmt::format("n={}", n); });
  }
  return inspection.finding("n <= 3, the law of two steps");
}

Finding one_peer(const CheckContext& /*context*/, const Index& peers) {
  Inspection inspection;
  const Problem f = equal_workers(1);
  const MoshpitSgd<Rational> method{gamma, DeterministicSchedule::every(2)};
  const auto of_method = distribution<Rational>([&](auto& random) {
    auto s = method.initial(f, start, peers);
    for (Index k = 0; k < 3; ++k) {
      random.begin_iteration(k);
      s = method.step(f, std::move(s), random);
    }
    return s.x.front();
  });
  const auto of_sgd = distribution<Rational>([&](auto& random) {
    ModelState<Rational> s{start};
    for (Index k = 0; k < 3; ++k) {
      random.begin_iteration(k);
      s = Sgd<Rational>{gamma}.step(f, s, random);
    }
    return s.x;
  });
  inspection.holds(of_method == of_sgd, [] { return std::string("the law of three steps"); });
  return inspection.finding("a component drawn, tau = 2, the law of three steps");
}

/// Full gradients: whatever averages, all peers follow gradient descent. The mutant starts them apart.
template <class Averaging>
void inspect_noiseless(const Averaging& averaging, Index n, bool apart, const std::string& where,
                       Inspection& inspection) {
  const Problem f = equal_workers(1);
  const MoshpitSgd<Rational, FullGradient, Averaging> method{gamma, DeterministicSchedule::every(2), {}, averaging};
  auto s = method.initial(f, start, n);
  if (apart) s.x.front() += pair(1, 0);
  ModelState<Rational> gd{start};
  Seeded random(1);
  for (Index k = 0; k < 6; ++k) {
    random.begin_iteration(k);
    s = method.step(f, std::move(s), random);
    gd = Gd<Rational>{gamma}.step(f, std::move(gd), random);
    inspection.holds(s.x == PeerVectors<Rational>(static_cast<std::size_t>(n), gd.x),
                     [&] { return fmt::format("{}, k={}", where, k); });
  }
}

Finding noiseless(const CheckContext& /*context*/, const bool& apart) {
  Inspection inspection;
  inspect_noiseless(ExactAverage{}, 3, apart, "exact", inspection);
  inspect_noiseless(GridAverage<RandomOrder>{2, 2, 1}, 4, apart, "grid", inspection);
  inspect_noiseless(SplitAverage<FixedSizes>{{{2, 1}}, 1}, 3, apart, "random groups", inspection);
  inspect_noiseless(
      GossipAverage<Rational>{Gossip<Rational>(ring_mixing_matrix<Rational>(4, Rational(1, 2), Rational(1, 4))), 1},
      4, apart, "gossip", inspection);
  return inspection.finding("four routines of averaging, 6 steps");
}

/// n = M^N peers and T rounds.
Finding full_grid(const CheckContext& context, const Index& fewer_rounds) {
  Inspection inspection;
  const Problem f = equal_workers(1);
  for (const auto& [M, N] : std::vector<std::pair<Index, Index>>{{2, 2}, {3, 2}, {2, 3}}) {
    const Index n = N == 3 ? M * M * M : M * M;
    const DeterministicSchedule schedule = DeterministicSchedule::every(2);
    const MoshpitSgd<Rational, Noise> exact{gamma, schedule, noise_on(1)};
    const MoshpitSgd<Rational, Noise, GridAverage<RandomOrder>> grid{
        gamma, schedule, noise_on(1), {M, N, N - fewer_rounds}};
    Seeded random = context.random("run");
    Seeded same = context.random("run");
    auto s = grid.initial(f, start, n);
    auto expected = exact.initial(f, start, n);
    for (Index k = 0; k < 6; ++k) {
      random.begin_iteration(k);
      same.begin_iteration(k);
      s = grid.step(f, std::move(s), random);
      expected = exact.step(f, std::move(expected), same);
      inspection.holds(s.x == expected.x, [&, k, M = M, N = N] { return fmt::format("M={} N={} k={}", M, N, k); });
    }
  }
  return inspection.finding("three grids, 6 steps of the same draws of noise, compared exactly");
}

}  // namespace

std::vector<Claim> claims() {
  const std::string source = "chapter 6, Moshpit SGD; derived";
  const std::vector<Mutant<Mistake>> mistakes{{"synchronized at k mod tau = 0", Mistake::averages_too_early},
                                              {"one noise for all peers", Mistake::shared_noise},
                                              {"averages are not taken", Mistake::never_averages}};
  return {
      {"moshpit/sgd/is-local-sgd",
       "Moshpit SGD with exact averages and no faults is Local-SGD on equal functions",
       "x_i^k of both are the same",
       {"the same draws"},
       source,
       {make_check<Mistake>(Layer::exact, Level::exact, local_sgd, Mistake::none, mistakes)}},
      {"moshpit/sgd/is-minibatch-sgd",
       "Moshpit SGD that averages exactly in every step is SGD with the mean of n gradients",
       "x+ = x - gamma (1/n) sum_i g_i",
       {"tau = 1"},
       source,
       {make_check<Mistake>(Layer::exact, Level::exact, minibatch, Mistake::none,
                            {{"one noise for all peers", Mistake::shared_noise},
                             {"averages are not taken", Mistake::never_averages}})}},
      {"moshpit/sgd/is-sgd",
       "Moshpit SGD of one peer is SGD",
       "x+ = x - gamma grad f_xi(x)",
       {"n = 1"},
       source,
       {make_check<Index>(Layer::exact, Level::exact, one_peer, 1, {{"two peers", 2}})}},
      {"moshpit/sgd/is-gd",
       "Moshpit SGD without noise is gradient descent on every peer, however they average",
       "x_i+ = x_i - gamma grad f(x_i), all x_i the same",
       {"sigma = 0, equal starts"},
       source,
       {make_check<bool>(Layer::exact, Level::exact, noiseless, false, {{"a peer starts elsewhere", true}})}},
      {"moshpit/sgd/full-grid",
       "N rounds of Moshpit All-Reduce of M^N peers are exact averages",
       "x_i^k are those with exact averages",
       {"n = M^N, T = N, no faults"},
       source,
       {make_check<Index>(Layer::exact, Level::exact, full_grid, 0, {{"a round less", 1}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_reduction
