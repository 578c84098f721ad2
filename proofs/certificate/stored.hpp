#pragma once
/// \file
/// The certificates in proofs/certificate/stored, embedded when the program is built (embed.cmake).

#include <string>
#include <vector>

namespace touchstone::inline v0::proofs {

struct StoredFile {
  std::string name;  ///< without folder, such as "saga-1.json"
  std::string text;
};

/// In the order of their names.
[[nodiscard]] const std::vector<StoredFile>& stored_certificates();

}  // namespace touchstone::inline v0::proofs
