// What is sent: Moshpit All-Reduce, ring, butterfly, parameter server.
#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/parameter_server.hpp"
#include "touchstone/methods/moshpit/ring_all_reduce.hpp"
#include "touchstone/theory/moshpit/all_reduce.hpp"
#include "touchstone/theory/moshpit/traffic.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_traffic {

namespace {

struct Sending {
  Index more_to_M = 0;
};

Finding grid_traffic(const CheckContext& /*context*/, const Sending& of) {
  Inspection inspection;
  Seeded unused(0);
  for (const Grid& grid : std::vector<Grid>{{2, 2}, {3, 2}, {2, 3}, {4, 2}, {5, 1}}) {
    const Index n = grid_size(grid.M, grid.N);
    const Index d = 2 * grid.M;
    const MoshpitAllReduce<Rational> method{grid.M, grid.N};
    GridState s = method.initial(PeerVectors<Rational>(static_cast<std::size_t>(n), Vector<Rational>::Ones(d)));
    for (Index t = 0; t < grid.N; ++t) s = method.step(std::move(s), unused);
    for (const Index sent : s.traffic.sent)
      inspection.equal(Rational(sent), moshpit_scalars<Rational>(grid.M + of.more_to_M, grid.N, d),
                       [&] { return grid.name() + ": scalars of a peer"; });
    inspection.equal(s.traffic.latency_steps, 2 * grid.N, [&] { return grid.name() + ": latency"; });
  }
  return inspection.finding("5 grids, as sent");
}

/// What is claimed to be sent, less this.
Finding baseline_traffic(const CheckContext& context, const Index& less) {
  Inspection inspection;
  Seeded random = context.random("vectors");
  for (Index n = 2; n <= 5; ++n)
    for (Index d = 1; d <= 8; ++d) {
      const PeerVectors<Rational> x = random_vectors(n, d, random);
      const PeerAverage<Rational> around = RingAllReduce{}.average(x);
      const PeerAverage<Rational> butterfly = ButterflyAllReduce{}.average(x);
      const PeerAverage<Rational> server = ParameterServer{}.average(x);
      const auto where = [&] { return fmt::format("n={} d={}", n, d); };
      inspection.holds(all_are(butterfly.x, average(x)) && all_are(server.x, average(x)), where);
      inspection.equal(around.traffic.total(), 2 * (n - 1) * d - less, where);
      inspection.equal(butterfly.traffic.total(), 2 * (n - 1) * d - less, where);
      inspection.equal(server.traffic.total(), 2 * n * d - less, where);
      inspection.equal(server.traffic.largest(), d - less, where);
      inspection.equal(around.traffic.latency_steps, 2 * (n - 1), where);
      inspection.equal(butterfly.traffic.latency_steps, Index{2}, where);
      if (d % n != 0) continue;
      inspection.equal(Rational(around.traffic.largest()), all_reduce_scalars<Rational>(n, d), where);
      inspection.equal(Rational(butterfly.traffic.largest()), all_reduce_scalars<Rational>(n, d), where);
    }
  return inspection.finding("n <= 5, d <= 8, as sent");
}

}  // namespace

std::vector<Claim> claims() {
  const std::string source = "chapter 6, what Moshpit All-Reduce is compared with";
  return {
      {"moshpit/all-reduce/traffic",
       "what a peer of Moshpit All-Reduce sends",
       "N 2 (M - 1) d/M scalars, 2 N steps of latency until all have the exact mean",
       {"n = M^N", "M divides d"},
       "derived",
       {make_check<Sending>(Layer::exact, Level::exact, grid_traffic, {}, {{"M + 1 in place of M", {1}}})}},
      {"moshpit/ring/traffic",
       "what ring, butterfly and parameter server send",
       "2 (n - 1) d scalars by ring and butterfly, 2 (n - 1) d/n a peer where n divides d; d a peer and n d the "
       "server",
       {"no failures"},
       source,
       {make_check<Index>(Layer::exact, Level::exact, baseline_traffic, 0, {{"a scalar less", 1}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_traffic
