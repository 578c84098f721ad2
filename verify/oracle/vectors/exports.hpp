#pragma once
/// \file
/// The vectors as source text of other languages, without dependencies: numbers are the nearest doubles.

#include "verify/oracle/vectors/folder.hpp"
#include "verify/oracle/vectors/vector_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// touchstone_vectors.hpp, C++17, and example.cpp, which reads it. `documents` are those of vector_file.hpp.
[[nodiscard]] std::vector<TextFile> cpp_export(const std::vector<Json>& documents);

/// touchstone_vectors.py: dictionaries and lists of floats, which numpy.array takes.
[[nodiscard]] std::vector<TextFile> numpy_export(const std::vector<Json>& documents);

/// The double that a hexadecimal literal of a vector means.
[[nodiscard]] double double_of(const std::string& hex);

}  // namespace touchstone::inline v0::oracle::vectors
