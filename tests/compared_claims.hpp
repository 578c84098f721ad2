#pragma once
/// \file
/// Claims that the program checks several times over with one seed: they need no other run with that seed.

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "verify/io/glob.hpp"

namespace touchstone::testing_support {

/// A part of what draws.
inline const std::vector<std::string> compared_claims{"unified-sgd/*", "error-feedback/*/rate",
                                                      "compressor/*/seeded-law"};
inline constexpr std::uint64_t compared_seed = 0;

[[nodiscard]] inline bool is_compared(const std::string& claim, std::uint64_t seed) {
  return seed == compared_seed &&
         std::ranges::any_of(compared_claims, [&](const std::string& pattern) { return matches(pattern, claim); });
}

}  // namespace touchstone::testing_support
