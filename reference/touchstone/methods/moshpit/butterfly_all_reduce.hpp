#pragma once
/// \file
/// Butterfly All-Reduce: every peer averages one chunk for all.
///
///     peer r     receives chunk r of everybody, averages it in ascending order of the ranks, returns it to everybody
///
/// Thesis     chapter 6: what a group of Moshpit All-Reduce does; the rank r is the chunk index of Algorithm 37
/// State      theta_0, ..., theta_{n-1} in R^d, by rank
/// Draws      nothing
/// Sends      2 (n - 1) d scalars altogether, 2 (n - 1) d/n a peer where n divides d; 2 steps of latency
/// Theory     theory/moshpit/traffic.hpp; the exact mean

#include "touchstone/methods/moshpit/peers.hpp"

namespace touchstone::inline v0 {

struct ButterflyAllReduce {
  /// Throws precondition_error where vectors do not fit each other.
  template <Field S>
  [[nodiscard]] PeerAverage<S> average(PeerVectors<S> x) const {
    require_peers(x);
    const Index n = static_cast<Index>(x.size());
    const Index d = x.front().size();
    Traffic traffic = Traffic::none(n);
    traffic.latency_steps = n == 1 ? 0 : 2;
    Vector<S> mean(d);
    for (Index r = 0; r < n; ++r) {
      const Chunk chunk = chunk_of(r, n, d);
      Vector<S> sum = x.front().segment(chunk.first, chunk.size);
      for (std::size_t i = 1; i < x.size(); ++i) sum += x[i].segment(chunk.first, chunk.size);
      mean.segment(chunk.first, chunk.size) = sum / integer<S>(n);
      traffic.add(r, (d - chunk.size) + (n - 1) * chunk.size);
    }
    x.assign(x.size(), mean);
    return {std::move(x), std::move(traffic)};
  }
};

}  // namespace touchstone::inline v0
