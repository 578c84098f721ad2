#pragma once
/// \file
/// Why a vector is there. Every flag is described once, here.

#include <string>

namespace touchstone::inline v0::oracle::vectors {

/// Throws std::logic_error for one that is not described.
[[nodiscard]] std::string description_of_flag(const std::string& flag);

}  // namespace touchstone::inline v0::oracle::vectors
