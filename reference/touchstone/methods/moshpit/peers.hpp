#pragma once
/// \file
/// What the averaging routines of chapter 6 share: one vector of every peer, what sending them costs, and how a vector is
/// cut into chunks.

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// theta_0, ..., theta_{n-1}, all of one length d.
template <Field S>
using PeerVectors = std::vector<Vector<S>>;

/// Throws precondition_error unless there is a peer and all vectors have the length of the first.
template <Field S>
void require_peers(const PeerVectors<S>& x) {
  require(!x.empty(), "averaging needs n >= 1 peers (n)", x.size());
  for (const Vector<S>& x_i : x)
    require(x_i.size() == x.front().size(),
            "averaging needs vectors of one length (length of a peer's, length of the first)", x_i.size(),
            x.front().size());
}

/// Scalars that were sent; times the bits of a scalar they are bits.
struct Traffic {
  Indices sent;             ///< by every peer
  Index server = 0;         ///< by the server, where there is one
  Index latency_steps = 0;  ///< messages of which each waits for the one before

  [[nodiscard]] static Traffic none(Index n) { return {Indices(static_cast<std::size_t>(n), 0)}; }

  /// What the busiest peer sent, n >= 1.
  [[nodiscard]] Index largest() const { return *std::max_element(sent.begin(), sent.end()); }
  /// What all peers and the server sent.
  [[nodiscard]] Index total() const { return std::accumulate(sent.begin(), sent.end(), server); }

  void add(Index peer, Index scalars) { sent[static_cast<std::size_t>(peer)] += scalars; }
  bool operator==(const Traffic&) const = default;
};

template <Field S>
struct PeerAverage {
  PeerVectors<S> x;
  Traffic traffic;
};

/// Coordinates first, ..., first + size - 1 of a vector.
struct Chunk {
  Index first, size;
};

/// Chunk c of n: coordinates floor(dc/n), ..., floor(d(c+1)/n) - 1. Empty chunks where d < n.
[[nodiscard]] inline Chunk chunk_of(Index c, Index n, Index d) {
  const Index first = d * c / n;
  return {first, d * (c + 1) / n - first};
}

}  // namespace touchstone::inline v0
