#pragma once
/// \file
/// What a peer does in a round of Moshpit All-Reduce, and whether the mean of all survives it.
///
///     takes_part   registers, contributes, receives                                            the mean is kept
///     offline      does not register: keeps its vector and its key; may be back in any round   kept
///     aborts       its group completes without averaging: all keep theirs, ranks are assigned  kept
///     drops_out    registers, but does not contribute: keeps its vector, has a rank; the group averages the others  kept
///     leaves       is gone for good before the round                                           the mean of those that remain
///     late         contributes, does not receive: keeps its vector, has a rank                 not kept
///
/// Source     derived; the slides only say that peers may fail

#include <vector>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

enum class Conduct { takes_part, offline, aborts, drops_out, leaves, late };

[[nodiscard]] constexpr bool registers(Conduct c) {
  return c != Conduct::offline && c != Conduct::leaves;
}
[[nodiscard]] constexpr bool contributes(Conduct c) {
  return c == Conduct::takes_part || c == Conduct::late;
}

/// One for every peer.
using RoundConduct = std::vector<Conduct>;

[[nodiscard]] inline RoundConduct all_take_part(Index n) {
  return RoundConduct(static_cast<std::size_t>(n), Conduct::takes_part);
}

/// What all do but some of the peers 0, ..., n-1. Throws precondition_error where one of them is none.
[[nodiscard]] inline RoundConduct all_but(Index n, const Indices& some, Conduct conduct) {
  RoundConduct all = all_take_part(n);
  for (const Index i : some) {
    require(0 <= i && i < n, "a fault is one of a peer 0, ..., n-1 (peer, n)", i, n);
    all[static_cast<std::size_t>(i)] = conduct;
  }
  return all;
}

}  // namespace touchstone::inline v0
