#pragma once
/// \file
/// Ring All-Reduce: partial sums of chunks travel around the ring, then their means do.
///
///     reduce-scatter   for s = 0, ..., n-2:  peer i sends its chunk i - s to peer i + 1, which adds it to its own
///                      peer i divides its chunk i + 1 by n
///     all-gather       for s = 0, ..., n-2:  peer i sends its chunk i + 1 - s to peer i + 1, which puts it in place of its own
///
/// with peers and chunks counted modulo n; chunk c are the coordinates floor(dc/n), ..., floor(d(c+1)/n) - 1.
///
/// Thesis     chapter 6, what Moshpit All-Reduce is compared with
/// State      theta_0, ..., theta_{n-1} in R^d
/// Draws      nothing
/// Sends      2 (n - 1) d scalars altogether, 2 (n - 1) d/n a peer where n divides d; 2 (n - 1) steps of latency
/// Theory     theory/moshpit/traffic.hpp; the exact mean. Chunk c is summed in the order c, c + 1, ..., c - 1, which fixes the result
///            in floating point

#include "touchstone/methods/moshpit/peers.hpp"

namespace touchstone::inline v0 {

struct RingAllReduce {
  /// Throws precondition_error where vectors do not fit each other.
  template <Field S>
  [[nodiscard]] PeerAverage<S> average(PeerVectors<S> x) const {
    require_peers(x);
    const Index n = static_cast<Index>(x.size());
    const Index d = x.front().size();
    const auto modulo_n = [n](Index i) { return ((i % n) + n) % n; };
    const auto segment = [&](Index peer, Index c) {
      const Chunk chunk = chunk_of(modulo_n(c), n, d);
      return x[static_cast<std::size_t>(modulo_n(peer))].segment(chunk.first, chunk.size);
    };
    Traffic traffic = Traffic::none(n);
    for (Index s = 0; s + 1 < n; ++s) {
      for (Index i = 0; i < n; ++i) {
        segment(i + 1, i - s) += segment(i, i - s);
        traffic.add(i, segment(i, i - s).size());
      }
      ++traffic.latency_steps;
    }
    for (Index i = 0; i < n; ++i) segment(i, i + 1) /= integer<S>(n);
    for (Index s = 0; s + 1 < n; ++s) {
      for (Index i = 0; i < n; ++i) {
        segment(i + 1, i + 1 - s) = segment(i, i + 1 - s);
        traffic.add(i, segment(i, i + 1 - s).size());
      }
      ++traffic.latency_steps;
    }
    return {std::move(x), std::move(traffic)};
  }

  /// A peer that fails breaks the ring: nobody receives anything.
  template <Field S>
  [[nodiscard]] PeerAverage<S> average(PeerVectors<S> x, const Indices& failed) const {
    if (failed.empty()) return average(std::move(x));
    require_peers(x);
    Traffic nothing = Traffic::none(static_cast<Index>(x.size()));
    return {std::move(x), std::move(nothing)};
  }
};

}  // namespace touchstone::inline v0
