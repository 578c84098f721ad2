#pragma once
/// \file
/// Averaging by a parameter server: everybody uploads, the server averages, everybody downloads.
///
///     server     theta = (1/|U|) sum_{i in U} theta_i          U: the peers that did not fail, in ascending order
///     peer i     theta_i <- theta for i in U
///
/// Thesis     chapter 6, what Moshpit All-Reduce is compared with
/// State      theta_0, ..., theta_{n-1} in R^d
/// Draws      nothing
/// Sends      d scalars a peer, n d the server; 2 steps of latency
/// Theory     theory/moshpit/traffic.hpp; the exact mean of the peers that did not fail

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/peers.hpp"

namespace touchstone::inline v0 {

struct ParameterServer {
  /// `failed` are peers, ascending; they keep what they have and send nothing. Throws precondition_error where vectors do not
  /// fit each other or a failed peer is none.
  template <Field S>
  [[nodiscard]] PeerAverage<S> average(PeerVectors<S> x, const Indices& failed = {}) const {
    require_peers(x);
    const Index n = static_cast<Index>(x.size());
    const Index d = x.front().size();
    for (const Index i : failed) require(0 <= i && i < n, "a failed peer is one of 0, ..., n-1 (peer, n)", i, n);
    Traffic traffic = Traffic::none(n);
    traffic.latency_steps = 2;
    Indices alive;
    PeerVectors<S> received;
    for (Index i = 0; i < n; ++i) {
      if (std::binary_search(failed.begin(), failed.end(), i)) continue;
      alive.push_back(i);
      received.push_back(x[static_cast<std::size_t>(i)]);
      traffic.add(i, d);
    }
    if (alive.empty()) return {std::move(x), std::move(traffic)};
    const Vector<S> mean = touchstone::average(received);
    for (const Index i : alive) {
      x[static_cast<std::size_t>(i)] = mean;
      traffic.server += d;
    }
    return {std::move(x), std::move(traffic)};
  }
};

}  // namespace touchstone::inline v0
