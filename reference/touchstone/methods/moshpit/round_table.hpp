#pragma once
/// \file
/// A table in the place of the distributed hash table in which the peers of Moshpit All-Reduce find each other. What was entered stays;
/// nothing expires.

#include <map>
#include <utility>
#include <vector>

#include "touchstone/methods/moshpit/grid_key.hpp"

namespace touchstone::inline v0 {

class RoundTable {
 public:
  void add(const GridKey& key, Index round, Index peer) { rounds_[round][key].push_back(peer); }

  /// Who entered this key in this round, in the order in which they did; empty if nobody.
  [[nodiscard]] Indices get(const GridKey& key, Index round) const {
    const auto of_round = rounds_.find(round);
    if (of_round == rounds_.end()) return {};
    const auto group = of_round->second.find(key);
    return group == of_round->second.end() ? Indices{} : group->second;
  }

  /// The keys of a round, in lexicographic order.
  [[nodiscard]] std::vector<GridKey> keys(Index round) const {
    std::vector<GridKey> keys;
    if (const auto of_round = rounds_.find(round); of_round != rounds_.end())
      for (const auto& [key, group] : of_round->second) keys.push_back(key);
    return keys;
  }

  bool operator==(const RoundTable&) const = default;

 private:
  std::map<Index, std::map<GridKey, Indices>> rounds_;
};

}  // namespace touchstone::inline v0
