#pragma once
/// \file
/// Why Moshpit All-Reduce averages.
///
/// Theorem    n = M^N peers, no faults: after N rounds all x_i are the mean, whatever the order in each group, and so after any N rounds
///            in a row before which groups may have been aborted.
///
///            Invariant after t < N rounds, a_1, ..., a_N the digits of peer i in base M, most significant first, c_1, ..., c_t its ranks:
///
///            keys       the key of i is (a_{t+1}, ..., a_{N-1}, c_1, ..., c_t); there are M peers of every key
///            blocks     x_i is the mean over moshpit_block(i): the M^t peers that share the digits a_t, ..., a_{N-1} with i
///            groups     the M peers of a key have blocks that do not meet: a_t differs (a_N for t = 0)
///
/// Lemma      For any n, M, N, keys and orders the groups of N rounds in a row without faults, as edges, connect all peers: of every set
///            of peers that is closed under them somebody has the key (0, ..., 0) in the last round.
///
/// So x_i -> mean where operations keep the mean and N rounds in a row are without faults with a probability that does not vanish.
///
/// Source     Algorithm 37, slide "correctness"; derived in a stronger form: the order need not be random. The slide writes
///            theta_i^0 for x_i^0, and N for the rounds as well as for the dimensions of the grid

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// M^N. Throws precondition_error unless M, N >= 1.
[[nodiscard]] inline Index grid_size(Index M, Index N) {
  require(M >= 1 && N >= 1, "a grid needs M >= 1 and N >= 1 (M, N)", M, N);
  Index size = 1;
  for (Index j = 0; j < N; ++j) size *= M;
  return size;
}

/// Digit j = 1, ..., N of peer i in base M, most significant first.
[[nodiscard]] inline Index grid_digit(Index i, Index j, Index M, Index N) {
  for (Index k = j; k < N; ++k) i /= M;
  return i % M;
}

/// The peers of whose first vectors x_i is the mean after t rounds, 0 <= t <= N, ascending.
[[nodiscard]] inline Indices moshpit_block(Index i, Index M, Index N, Index t) {
  if (t == 0) return {i};
  Indices block;
  for (Index l = 0; l < grid_size(M, N); ++l) {
    bool shared = true;
    for (Index j = t; j < N; ++j) shared = shared && grid_digit(i, j, M, N) == grid_digit(l, j, M, N);
    if (shared) block.push_back(l);
  }
  return block;
}

}  // namespace touchstone::inline v0
