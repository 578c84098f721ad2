#pragma once
/// \file
/// The vectors of kind constants.

#include "verify/oracle/vectors/vector_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// A file for each method whose row the reference has. Throws std::logic_error where a constant is not what it says: L, mu, L_i,
/// L_ij that are no bounds or not attained, a stepsize that the theorem does not admit, a row that an enumerated second moment
/// exceeds.
[[nodiscard]] std::vector<VectorFile> constants_files();

}  // namespace touchstone::inline v0::oracle::vectors
