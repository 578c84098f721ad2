#pragma once
/// \file
/// The vectors of kind trajectory.

#include "verify/oracle/vectors/vector_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// A file for each method: the first states exactly, later ones as the nearest doubles. Throws std::logic_error where double
/// arithmetic with the same seed draws other choices or reaches other states.
[[nodiscard]] std::vector<VectorFile> trajectory_files();

}  // namespace touchstone::inline v0::oracle::vectors
