#pragma once
/// \file
/// What averaging d scalars over n peers costs. A peer sends
///
///     parameter server        d                   2 steps of latency; the server sends n d
///     ring                    2 (n - 1) d/n       2 (n - 1) steps
///     butterfly               2 (n - 1) d/n       2 steps
///     Moshpit, a round        2 (M - 1) d/M       2 steps; N rounds for the exact mean of n = M^N
///     gossip, a step          (neighbours) d      1 step
///
/// where n or M divides d.

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// 2 (g - 1) d/g: of a peer in an All-Reduce of g peers.
template <Field S>
[[nodiscard]] S all_reduce_scalars(const S& g, const S& d) {
  return S(S(2) * S(g - S(1)) * d / g);
}

/// N 2 (M - 1) d/M: of a peer until all of M^N have the exact mean.
template <Field S>
[[nodiscard]] S moshpit_scalars(const S& M, const S& N, const S& d) {
  return S(N * all_reduce_scalars(M, d));
}

}  // namespace touchstone::inline v0
