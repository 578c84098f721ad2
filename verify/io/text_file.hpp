#pragma once
/// \file
/// A file as one text.

#include <string>

namespace touchstone::inline v0 {

/// All bytes of the file. Throws input_error where it cannot be read; `expected` says there what it should be, as in "a LIBSVM
/// file".
[[nodiscard]] std::string read_text(const std::string& path, const std::string& expected);

}  // namespace touchstone::inline v0
