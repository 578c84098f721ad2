#pragma once
/// \file
/// What is embedded in the program for the book: its texts (book/) and the reference's headers.

#include <string>
#include <vector>

#include "proofs/embedded.hpp"

namespace touchstone::inline v0::book {

using proofs::EmbeddedFile;

/// Named by their path below book/, such as "chapters/local.md".
[[nodiscard]] const std::vector<EmbeddedFile>& texts();

/// Named by their path below reference/touchstone, such as "methods/unified_sgd/diana.hpp".
[[nodiscard]] const std::vector<EmbeddedFile>& headers();

/// Of a text. Throws std::logic_error where there is none of this name.
[[nodiscard]] const std::string& file(const std::string& name);

}  // namespace touchstone::inline v0::book
