#pragma once
/// \file
/// The vectors as files: what `touchstone vectors DIR` writes.
///
///     manifest.json                 {"format": "touchstone-vectors/1", "preset": .., "counts": {..},
///                                    "files": [{"path": .., "kind": .., "vectors": .., "bytes": .., "sha256": ..}, ..]}
///     README.md                     for each kind: files, fields, condition
///     KIND/SUBJECT.json             vector_file.hpp
///     schemas/KIND.schema.json      JSON Schema 2020-12
///     export/...                    where asked for

#include "verify/oracle/vectors/folder.hpp"
#include "verify/oracle/vectors/vector_file.hpp"

namespace touchstone::inline v0::oracle::vectors {

inline constexpr const char* vectors_format = "touchstone-vectors";
inline constexpr const char* vectors_manifest = "manifest.json";

struct SuiteCounts {
  std::size_t files = 0;
  std::size_t valid = 0;
  std::size_t acceptable = 0;
  std::size_t invalid = 0;
};

struct Suite {
  std::vector<TextFile> files;  ///< manifest.json last
  std::vector<std::string> ids;
  SuiteCounts counts;  ///< of vectors, and of the files that hold them
};

struct SuiteExports {
  bool cpp = false;
  bool numpy = false;
};

/// All of it, a function of its arguments. Throws std::logic_error where a value's two ways disagree.
[[nodiscard]] Suite make_suite(Preset preset, const SuiteExports& exports);

}  // namespace touchstone::inline v0::oracle::vectors
