#pragma once
/// \file
/// Averaging in random groups: the model of Moshpit averaging whose rate the chapter computes.
///
///     all        split the peers at random into groups
///     group      theta_i <- (1/|G|) sum_{j in G} theta_j for i in G
///
/// How the peers are split, each with a law that does not change when peers are renamed:
///
///     FixedSizes          sizes M_1, ..., M_r, all assignments equally likely
///     IndependentLabels   every peer one of r labels, on its own; the peers of a label are a group
///     AbortingGroups      of another split each group aborts with probability phi: nobody in it averages
///     FailingMembers      of another split each peer fails with probability phi: its group aborts
///     LosingMembers       of another split each peer fails with probability phi: the others of its group average
///
/// Thesis     chapter 6, "mixing properties"
/// State      theta_0, ..., theta_{n-1} in R^d
/// Draws      for each group its members among the peers that are left, or for i = 1..n the label; then the coins of the groups in their order, or of the peers
/// Theory     theory/moshpit/random_split.hpp
/// Reductions r = 1: the exact mean; sizes 2, 1, ..., 1: random pairwise gossip; r = n: nothing happens

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/peers.hpp"

namespace touchstone::inline v0 {

/// Nonempty groups of peers, every peer in one of them.
using Groups = std::vector<Indices>;

/// draw(n, random) splits the peers 0, ..., n-1.
template <class T, class R>
concept PeerSplit = requires(const T& split, Index n, R& random) {
  { split.draw(n, random) } -> std::same_as<Groups>;
};

struct FixedSizes {
  Indices sizes;  ///< each at least 1, n altogether

  template <class R>
  [[nodiscard]] Groups draw(Index n, R& random) const {
    for (const Index size : sizes) require(size >= 1, "a group has a member or more (size)", size);
    const Index all = std::accumulate(sizes.begin(), sizes.end(), Index{0});
    require(all == n, "the sizes of groups add up to the peers there are (sum of sizes, n)", all, n);
    Indices left(static_cast<std::size_t>(n));
    std::iota(left.begin(), left.end(), Index{0});
    Groups groups;
    for (const Index size : sizes) {
      const Indices places = random.subset(static_cast<Index>(left.size()), size);
      groups.emplace_back();
      for (const Index place : places) groups.back().push_back(left[static_cast<std::size_t>(place)]);
      std::erase_if(left,
                    [&](Index i) { return std::binary_search(groups.back().begin(), groups.back().end(), i); });
    }
    return groups;
  }
};

/// As equal as n allows: r groups of ceil(n/r) or floor(n/r) peers. Throws precondition_error unless 1 <= r <= n.
[[nodiscard]] inline FixedSizes equal_sizes(Index n, Index r) {
  require(1 <= r && r <= n, "n peers make 1 <= r <= n groups (r, n)", r, n);
  FixedSizes split;
  for (Index g = 0; g < r; ++g) split.sizes.push_back(n / r + (g < n % r ? 1 : 0));
  return split;
}

struct IndependentLabels {
  Index r;  ///< labels, at least 1

  template <class R>
  [[nodiscard]] Groups draw(Index n, R& random) const {
    require(r >= 1, "peers need r >= 1 labels (r)", r);
    Groups groups(static_cast<std::size_t>(r));
    for (Index i = 0; i < n; ++i) groups[static_cast<std::size_t>(random.choose(r))].push_back(i);
    std::erase_if(groups, [](const Indices& group) { return group.empty(); });
    return groups;
  }
};

namespace detail {

/// Every member a group of its own.
inline void add_alone(const Indices& members, Groups& groups) {
  for (const Index i : members) groups.push_back({i});
}

}  // namespace detail

template <Field S, class Split>
struct AbortingGroups {
  Split split;
  S phi;

  template <Randomness<S> R>
  [[nodiscard]] Groups draw(Index n, R& random) const {
    Groups groups;
    for (Indices& group : split.draw(n, random))
      if (random.bernoulli(phi))
        detail::add_alone(group, groups);
      else
        groups.push_back(std::move(group));
    return groups;
  }
};

template <Field S, class Split>
struct FailingMembers {
  Split split;
  S phi;

  template <Randomness<S> R>
  [[nodiscard]] Groups draw(Index n, R& random) const {
    Groups groups;
    for (Indices& group : split.draw(n, random)) {
      Index failed = 0;
      for (std::size_t i = 0; i < group.size(); ++i) failed += random.bernoulli(phi) ? 1 : 0;
      if (failed > 0)
        detail::add_alone(group, groups);
      else
        groups.push_back(std::move(group));
    }
    return groups;
  }
};

template <Field S, class Split>
struct LosingMembers {
  Split split;
  S phi;

  template <Randomness<S> R>
  [[nodiscard]] Groups draw(Index n, R& random) const {
    Groups groups;
    for (const Indices& group : split.draw(n, random)) {
      Indices failed, others;
      for (const Index i : group) (random.bernoulli(phi) ? failed : others).push_back(i);
      detail::add_alone(failed, groups);
      if (!others.empty()) groups.push_back(std::move(others));
    }
    return groups;
  }
};

/// Every group's vectors become their mean.
template <Field S>
[[nodiscard]] PeerVectors<S> averaged_in_groups(PeerVectors<S> x, const Groups& groups) {
  for (const Indices& group : groups) {
    PeerVectors<S> members;
    for (const Index i : group) members.push_back(x[static_cast<std::size_t>(i)]);
    const Vector<S> mean = touchstone::average(members);
    for (const Index i : group) x[static_cast<std::size_t>(i)] = mean;
  }
  return x;
}

template <class Split>
struct RandomSplit {
  Split split;

  /// One round. Throws precondition_error where vectors do not fit each other or the split does not fit n.
  template <Field S, Randomness<S> R>
  requires PeerSplit<Split, R>
  [[nodiscard]] PeerVectors<S> average(PeerVectors<S> x, R& random) const {
    require_peers(x);
    const Groups groups = split.draw(static_cast<Index>(x.size()), random);
    return averaged_in_groups(std::move(x), groups);
  }
};
template <class Split>
RandomSplit(Split) -> RandomSplit<Split>;

}  // namespace touchstone::inline v0
