#pragma once
/// \file
/// Files of the source tree that the program carries with it (cmake/embed.cmake).

#include <string>
#include <vector>

namespace touchstone::inline v0::proofs {

struct EmbeddedFile {
  std::string name;  ///< without folder, such as "saga-1.json"
  std::string text;
};

/// proofs/certificate/stored, in the order of the names.
[[nodiscard]] const std::vector<EmbeddedFile>& stored_certificates();

/// proofs/coq: the Coq files, the list of axioms that they may use, and the script that checks them.
[[nodiscard]] const std::vector<EmbeddedFile>& coq_files();

}  // namespace touchstone::inline v0::proofs
