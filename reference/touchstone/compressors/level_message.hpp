#pragma once
/// \file
/// The message of a quantiser with levels: a norm, and for every coordinate its signed level, from -s to s.

#include <vector>

#include "touchstone/compressors/wire.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct LevelMessage {
  S norm = S(0);
  std::vector<Index> levels;
  bool operator==(const LevelMessage&) const = default;
};

/// The level is at most s; the message of the vector 0 is all zeros. Throws precondition_error otherwise.
template <WireScalar S>
void require_levels(const LevelMessage<S>& message, Index s) {
  for (const Index level : message.levels)
    require(-s <= level && level <= s && (level == 0 || message.norm > 0),
            "a level on the wire needs |level| <= s, and 0 for the norm 0 (level, s, norm)", level, s,
            message.norm);
}

inline void require_level_count(Index s) {
  require(1 <= s && s <= (Index{1} << 30), "the number of levels needs 1 <= s <= 2^30", s);
}

}  // namespace touchstone::inline v0
