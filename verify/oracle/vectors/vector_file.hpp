#pragma once
/// \file
/// A file of vectors before it is written: a header and the vectors of one compressor or method.
///
///     {"format": "touchstone-vectors/1", "kind": .., "subject": .., "schema": .., "generator": {..}, "provenance": {..},
///      "flags": {FLAG: what it means, ..}, "problems": {NAME: problem, ..}, "counts": {"vectors": .., "valid": .., ..},
///      "vectors": [{"id": .., "tests": CLAIM, "comment": .., "result": .., "flags": [..], ..}, ..]}
///
/// What else a vector holds depends on its kind: README.md.

#include <string>
#include <vector>

#include "verify/oracle/catalog/json_spec.hpp"

namespace touchstone::inline v0::oracle::vectors {

/// `minimal` is a subset of `full`, and runs in about a second.
enum class Preset { minimal, full };

[[nodiscard]] std::string to_string(Preset preset);

struct TestVector {
  Json json;
  bool minimal = false;
};

/// How its values were obtained: twice, and found to agree.
struct Provenance {
  std::string first;
  std::string second;
  std::string agreement;  ///< what "agree" means
};

struct VectorFile {
  std::string kind;  ///< "compressor-law", "step", "trajectory", "constants"; the folder, and the schema
  std::string subject;
  Provenance provenance;
  std::vector<TestVector> vectors;
};

/// The document. Takes what the preset has; describes the flags and problems that these vectors use. Throws
/// std::logic_error for a flag or a problem that nobody described.
[[nodiscard]] Json document_of(const VectorFile& file, Preset preset);

/// As text: a vector a line.
[[nodiscard]] std::string text_of(const Json& document);

}  // namespace touchstone::inline v0::oracle::vectors
