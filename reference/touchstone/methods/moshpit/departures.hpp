#pragma once
/// \file
/// Which peers of Moshpit SGD are still there after a step, and how many new ones come.
///
///     NoDepartures        all stay
///     RandomSurvivors     at a synchronization all sets of n' of the n peers are equally likely to stay; the others are replaced
///                         by as many new ones, or not
///
/// Draws      the set of those that stay

#include <numeric>

#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

/// staying(n, synchronized, random): peers of 0, ..., n-1, ascending, at least one; joining(n, stayed): how many new ones.
template <class T, class R>
concept PeerDepartures = requires(const T& departures, Index n, R& random) {
  { departures.staying(n, true, random) } -> std::same_as<Indices>;
  { departures.joining(n, n) } -> std::same_as<Index>;
};

struct NoDepartures {
  template <class R>
  [[nodiscard]] Indices staying(Index n, bool /*synchronized*/, R& /*random*/) const {
    Indices all(static_cast<std::size_t>(n));
    std::iota(all.begin(), all.end(), Index{0});
    return all;
  }
  [[nodiscard]] Index joining(Index /*n*/, Index /*stayed*/) const { return 0; }
};

struct RandomSurvivors {
  Index survivors;       ///< n', at least 1
  bool replaced = true;  ///< whether as many join as have left

  template <class R>
  [[nodiscard]] Indices staying(Index n, bool synchronized, R& random) const {
    require(1 <= survivors && survivors <= n, "1 <= n' <= n peers survive (n', n)", survivors, n);
    return random.subset(n, synchronized ? survivors : n);
  }
  [[nodiscard]] Index joining(Index n, Index stayed) const { return replaced ? n - stayed : 0; }
};

}  // namespace touchstone::inline v0
