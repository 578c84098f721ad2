#pragma once
/// \file
/// What the program carries of its source tree and writes beside the vectors (cmake/embed.cmake).

#include "proofs/embedded.hpp"

namespace touchstone::inline v0::oracle::vectors {

using proofs::EmbeddedFile;

/// verify/oracle/schemas and the README of the vectors.
[[nodiscard]] const std::vector<EmbeddedFile>& vector_pages();

}  // namespace touchstone::inline v0::oracle::vectors
