#pragma once
/// \file
/// A shard: every N-th claim of a run, beginning with the i-th. The N shards of a run hold each claim once.

#include <cstddef>
#include <string>
#include <vector>

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// Part i of N, 1 <= i <= N. 1 of 1 is the whole run.
struct Shard {
  std::size_t i = 1;
  std::size_t N = 1;
  bool operator==(const Shard&) const = default;
};

/// "i/N".
[[nodiscard]] std::string to_string(const Shard& shard);

/// The inverse of to_string. Throws usage_error, one line that begins with `where`, for any other text.
[[nodiscard]] Shard parse_shard(const std::string& where, const std::string& text);

/// The claims of the shard, in the same order.
[[nodiscard]] std::vector<const Claim*> part_of(const std::vector<const Claim*>& selected, const Shard& shard);

}  // namespace touchstone::inline v0
