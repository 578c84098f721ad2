#pragma once
/// \file
/// The keys by which Moshpit All-Reduce finds its groups. The key of a peer is what it shares with its group: N - 1 numbers, of which
/// each round drops the oldest and appends the peer's rank in the group.
///
///     first key of peer i     (floor(i/M^{N-1}) mod M, ..., floor(i/M) mod M): its N - 1 most significant digits in base M
///     next key                (C_2, ..., C_{N-1}, rank)
///
/// Source     Algorithm 37. The slide has keys of N entries and, as printed, a first key that does not depend on the entry: neither
///            gives the exact mean after N rounds

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// N - 1 numbers >= 0, none for N = 1; as large as groups are, not reduced modulo M.
using GridKey = Indices;

/// Of peer i >= 0 in a grid of N dimensions with M peers on a line. Throws precondition_error unless M >= 1, N >= 1.
[[nodiscard]] inline GridKey initial_key(Index i, Index M, Index N) {
  require(M >= 1, "a grid has M >= 1 peers on a line (M)", M);
  require(N >= 1, "a grid has N >= 1 dimensions (N)", N);
  require(i >= 0, "peers are 0, 1, ... (peer)", i);
  GridKey key(static_cast<std::size_t>(N - 1));
  Index rest = i / M;
  for (std::size_t j = key.size(); j-- > 0; rest /= M) key[j] = rest % M;
  return key;
}

/// Of the peer with this rank in the group that has this key.
[[nodiscard]] inline GridKey next_key(const GridKey& key, Index rank) {
  if (key.empty()) return key;
  GridKey next(key.begin() + 1, key.end());
  next.push_back(rank);
  return next;
}

}  // namespace touchstone::inline v0
