#pragma once
/// \file
/// The vectors of kind compressor-law.

#include "verify/oracle/vectors/vector_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// A file for each compressor. Throws std::logic_error where the two ways to a value disagree, or a mutant is not killed by the
/// vector that should.
[[nodiscard]] std::vector<VectorFile> law_files();

}  // namespace touchstone::inline v0::oracle::vectors
