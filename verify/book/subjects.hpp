#pragma once
/// \file
/// What has a page of its own: methods and compressors, from the reference's headers, with their claims from the registry.

#include <string>
#include <vector>

#include "verify/book/docstring.hpp"
#include "verify/book/files.hpp"
#include "verify/claim.hpp"

namespace touchstone::inline v0::book {

struct Chapter {
  std::string id;      ///< the claims' area, except for compressors: "unified-sgd"
  std::string folder;  ///< of its headers, below reference/touchstone
  std::string title;
  std::string area;  ///< of its claims
};

/// In the order of the thesis; compressors first.
[[nodiscard]] const std::vector<Chapter>& chapters();

struct Subject {
  std::string id;  ///< the header's name with - for _; with the chapter's before it where two chapters have one
  bool is_compressor = false;
  const Chapter* chapter = nullptr;
  const EmbeddedFile* header = nullptr;
  Docstring docstring;
  std::vector<const Claim*> claims;

  /// Below the book's folder: "methods/diana.html".
  [[nodiscard]] std::string path() const;
};

/// In the order of chapters, then of the headers' names.
[[nodiscard]] const std::vector<Subject>& subjects();

/// The header's name, without folder and ending, that a claim's subject is about; empty where it is about no single header.
[[nodiscard]] std::string header_of(const std::string& area, const std::string& claim_subject);

/// The docstring of a header, such as "theory/unified_sgd/diana.hpp"; empty where there is none.
[[nodiscard]] std::string comment_of(const std::string& header);

}  // namespace touchstone::inline v0::book
