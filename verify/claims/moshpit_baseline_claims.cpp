// What Moshpit All-Reduce is compared with: ring and parameter server.
#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/parameter_server.hpp"
#include "touchstone/methods/moshpit/ring_all_reduce.hpp"
#include "verify/claims/moshpit_grid.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::moshpit_baseline {

namespace {

/// A ring whose numbers are off by these; all zero is the ring.
struct RingVariation {
  Index scattered_chunk = 0, gathered_chunk = 0, scatter_steps = 0, gather_steps = 0, divisor = 0;
};

PeerVectors<Rational> ring(PeerVectors<Rational> x, const RingVariation& off) {
  const Index n = static_cast<Index>(x.size());
  const Index d = x.front().size();
  const auto modulo_n = [n](Index i) { return ((i % n) + n) % n; };
  const auto segment = [&](Index peer, Index c) {
    const Chunk chunk = chunk_of(modulo_n(c), n, d);
    return x[static_cast<std::size_t>(modulo_n(peer))].segment(chunk.first, chunk.size);
  };
  for (Index s = 0; s + 1 < n + off.scatter_steps; ++s)
    for (Index i = 0; i < n; ++i) segment(i + 1, i - s) += segment(i, i - s);
  for (Index i = 0; i < n; ++i) segment(i, i + 1 + off.scattered_chunk) /= Rational(n + off.divisor);
  for (Index s = 0; s + 1 < n + off.gather_steps; ++s)
    for (Index i = 0; i < n; ++i)
      segment(i + 1, i + 1 + off.gathered_chunk - s) = segment(i, i + 1 + off.gathered_chunk - s);
  return x;
}

bool is_the_ring(const RingVariation& off) {
  return off.scattered_chunk == 0 && off.gathered_chunk == 0 && off.scatter_steps == 0 && off.gather_steps == 0 &&
         off.divisor == 0;
}

Finding ring_average(const CheckContext& context, const RingVariation& off) {
  Inspection inspection;
  Seeded random = context.random("vectors");
  for (Index n = 1; n <= 5; ++n)
    for (Index d = 1; d <= 8; ++d) {
      const PeerVectors<Rational> x = random_vectors(n, d, random);
      const PeerVectors<Rational> found = is_the_ring(off) ? RingAllReduce{}.average(x).x : ring(x, off);
      inspection.holds(all_are(found, average(x)), [&] { return fmt::format("n={} d={}", n, d); });
      if (n > 1)
        inspection.holds(RingAllReduce{}.average(x, Indices{n - 1}).x == x,
                         [&] { return fmt::format("n={} d={}: a failure", n, d); });
    }
  return inspection.finding("n <= 5, d <= 8, empty chunks included");
}

/// In double the sum of chunk c is x_c + x_{c+1} + ..., to the bit. `from` is added to c in the mutant.
Finding ring_order(const CheckContext& context, const Index& from) {
  Inspection inspection;
  Seeded random = context.random("vectors");
  for (Index n = 2; n <= 6; ++n)
    for (const Index d : {n, 2 * n, n + 3}) {
      PeerVectors<double> x;
      for (Index i = 0; i < n; ++i) {
        Vector<double> v(d);
        for (Index c = 0; c < d; ++c) {
          const double numerator = static_cast<double>(1 + random.choose(1000000));
          v[c] = numerator / static_cast<double>(1 + random.choose(1000));
        }
        x.push_back(std::move(v));
      }
      Vector<double> expected(d);
      for (Index c = 0; c < n; ++c) {
        const Chunk chunk = chunk_of(c, n, d);
        const auto part = [&](Index i) {
          return Vector<double>(x[static_cast<std::size_t>(i % n)].segment(chunk.first, chunk.size));
        };
        Vector<double> sum = part(c + from);
        for (Index i = 1; i < n; ++i) sum += part(c + from + i);
        expected.segment(chunk.first, chunk.size) = sum / static_cast<double>(n);
      }
      for (const Vector<double>& found : RingAllReduce{}.average(x).x)
        inspection.equal(found, expected, [&] { return fmt::format("n={} d={}", n, d); });
    }
  return inspection.finding("n <= 6, doubles compared to the bit");
}

struct Survivors {
  bool mean_of_all = false;
};

Finding server_survivors(const CheckContext& context, const Survivors& of) {
  Inspection inspection;
  Seeded random = context.random("vectors");
  for (Index n = 2; n <= 5; ++n)
    for (Index failed = 0; failed < n; ++failed) {
      const PeerVectors<Rational> x = random_vectors(n, 2, random);
      PeerVectors<Rational> alive = x;
      alive.erase(alive.begin() + failed);
      const PeerVectors<Rational> found = ParameterServer{}.average(x, {failed}).x;
      const Vector<Rational> mean = average(of.mean_of_all ? x : alive);
      for (Index i = 0; i < n; ++i)
        inspection.equal(found[static_cast<std::size_t>(i)], i == failed ? x[static_cast<std::size_t>(i)] : mean,
                         [&] { return fmt::format("n={} failed={} peer={}", n, failed, i); });
    }
  return inspection.finding("n <= 5, each peer failed");
}

}  // namespace

std::vector<Claim> claims() {
  const std::string source = "chapter 6, what Moshpit All-Reduce is compared with";
  return {
      {"moshpit/ring/exact-average",
       "Ring All-Reduce gives everybody the exact mean; a failure leaves everybody with what they had",
       "theta_i = (1/n) sum_j theta_j",
       {"exact arithmetic"},
       source,
       {make_check<RingVariation>(Layer::exact, Level::exact, ring_average, {},
                                  {{"the chunk before it is divided", {.scattered_chunk = -1}},
                                   {"the chunk before it is gathered", {.gathered_chunk = -1}},
                                   {"a step of reduce-scatter less", {.scatter_steps = -1}},
                                   {"a step of all-gather less", {.gather_steps = -1}},
                                   {"n + 1 in place of n", {.divisor = 1}}})}},
      {"moshpit/ring/summation-order",
       "in floating point Ring All-Reduce sums chunk c in the order c, c + 1, ..., c - 1",
       "theta_i[c] = fl((...(theta_c + theta_{c+1}) + ... + theta_{c-1})/n), to the bit",
       {"the same arithmetic"},
       "derived",
       {make_check<Index>(Layer::exact, Level::exact, ring_order, 0, {{"from peer c + 1", 1}})}},
      {"moshpit/parameter-server/survivors",
       "a parameter server gives the mean of the peers that did not fail",
       "theta_i = (1/|U|) sum_{j in U} theta_j for i in U",
       {"U the peers that did not fail"},
       source,
       {make_check<Survivors>(Layer::exact, Level::exact, server_survivors, {}, {{"the mean of all", {true}}})}},
  };
}

}  // namespace touchstone::inline v0::registry::moshpit_baseline
