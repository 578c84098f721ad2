#pragma once
/// \file
/// Moshpit All-Reduce: in every round peers with the same key average among themselves, and by where they end in their group
/// they find others in the next. With n = M^N peers everybody has the exact mean after N rounds.
///
///     peer i     enter the key C_i into the table of round t
///     group      a = (1/|G|) sum_{j in G} x_j          G: who entered this key, in an order of its own
///                x_j <- a for j in G                   by Butterfly All-Reduce
///     peer i     C_i <- (C_i without its first entry, the rank of i in its group)
///
/// Thesis     Algorithm 37; the slide's index formulas do not give what it states (grid_key.hpp)
/// State      x_0, ..., x_{n-1} in R^d; keys; who has not left; the table, the round
/// Parameters M >= 1 peers on a line, N >= 1 dimensions of the grid; any n; the order in a group
/// Draws      with RandomOrder, for every group in the order of the keys: its order
/// Sends      a peer 2 (M - 1) d/M scalars a round where M divides d and groups are of size M; 2 steps of latency a round
/// Theory     theory/moshpit/all_reduce.hpp; faults: faults.hpp
/// Reductions N = 1: Butterfly All-Reduce of all

#include <algorithm>
#include <utility>
#include <vector>

#include "touchstone/methods/moshpit/butterfly_all_reduce.hpp"
#include "touchstone/methods/moshpit/faults.hpp"
#include "touchstone/methods/moshpit/round_table.hpp"

namespace touchstone::inline v0 {

/// Groups are ordered as their members entered: ascending.
struct AscendingOrder {
  template <class R>
  [[nodiscard]] Indices arranged(Indices group, R& /*random*/) const {
    return group;
  }
};

/// All orders are equally likely.
struct RandomOrder {
  template <class R>
  [[nodiscard]] Indices arranged(const Indices& group, R& random) const {
    Indices order = random.permutation(static_cast<Index>(group.size()));
    for (Index& at : order) at = group[static_cast<std::size_t>(at)];
    return order;
  }
};

template <Field S>
struct MoshpitState {
  PeerVectors<S> x;           ///< n vectors, length d each
  std::vector<GridKey> keys;  ///< n
  std::vector<bool> present;  ///< n: false of those that left for good
  RoundTable table;
  Index round = 0;  ///< rounds made
  Traffic traffic;  ///< of all rounds
  bool operator==(const MoshpitState&) const = default;
};

template <Field S, class Order = AscendingOrder>
struct MoshpitAllReduce {
  using State = MoshpitState<S>;

  Index M;  ///< peers on a line of the grid
  Index N;  ///< dimensions of the grid
  Order order{};

  /// With the first keys. Throws precondition_error unless M, N >= 1 and the vectors fit each other.
  [[nodiscard]] State initial(PeerVectors<S> x) const {
    std::vector<GridKey> keys;
    for (Index i = 0; i < static_cast<Index>(x.size()); ++i) keys.push_back(initial_key(i, M, N));
    return initial(std::move(x), std::move(keys));
  }

  /// With any keys of one length. Throws precondition_error unless there is one for every peer.
  [[nodiscard]] State initial(PeerVectors<S> x, std::vector<GridKey> keys) const {
    require(M >= 1, "a grid has M >= 1 peers on a line (M)", M);
    require(N >= 1, "a grid has N >= 1 dimensions (N)", N);
    require_peers(x);
    require(keys.size() == x.size(), "every peer has a key (keys, peers)", keys.size(), x.size());
    for (const GridKey& key : keys)
      require(key.size() == keys.front().size(), "keys have one length (length, that of the first)", key.size(),
              keys.front().size());
    const Index n = static_cast<Index>(x.size());
    return {std::move(x),    std::move(keys), std::vector<bool>(static_cast<std::size_t>(n), true), {}, 0,
            Traffic::none(n)};
  }

  /// One round. Throws precondition_error unless `conduct` has an entry for every peer.
  template <Randomness<S> R>
  [[nodiscard]] State step(State s, const RoundConduct& conduct, R& random) const {
    require(conduct.size() == s.x.size(), "every peer has a conduct (conducts, peers)", conduct.size(), s.x.size());
    for (std::size_t i = 0; i < s.x.size(); ++i) {
      if (conduct[i] == Conduct::leaves) s.present[i] = false;
      if (s.present[i] && registers(conduct[i])) s.table.add(s.keys[i], s.round, static_cast<Index>(i));
    }
    for (const GridKey& key : s.table.keys(s.round)) {
      const Indices group = order.arranged(s.table.get(key, s.round), random);
      average_group(group, conduct, s);
      for (std::size_t rank = 0; rank < group.size(); ++rank)
        s.keys[static_cast<std::size_t>(group[rank])] = next_key(key, static_cast<Index>(rank));
    }
    s.traffic.latency_steps += 2;
    ++s.round;
    return s;
  }

  /// A round without faults.
  template <Randomness<S> R>
  [[nodiscard]] State step(State s, R& random) const {
    const RoundConduct conduct = all_take_part(static_cast<Index>(s.x.size()));
    return step(std::move(s), conduct, random);
  }

 private:
  static Conduct of(Index peer, const RoundConduct& conduct) { return conduct[static_cast<std::size_t>(peer)]; }

  static void average_group(const Indices& group, const RoundConduct& conduct, State& s) {
    Indices members;
    PeerVectors<S> contributions;
    for (const Index i : group) {
      if (of(i, conduct) == Conduct::aborts) return;
      if (!contributes(of(i, conduct))) continue;
      members.push_back(i);
      contributions.push_back(s.x[static_cast<std::size_t>(i)]);
    }
    if (members.empty()) return;
    const PeerAverage<S> averaged = ButterflyAllReduce{}.average(std::move(contributions));
    for (std::size_t r = 0; r < members.size(); ++r) {
      const Index i = members[r];
      if (of(i, conduct) != Conduct::late) s.x[static_cast<std::size_t>(i)] = averaged.x[r];
      s.traffic.add(i, averaged.traffic.sent[r]);
    }
  }
};

}  // namespace touchstone::inline v0
