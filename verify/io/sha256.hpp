#pragma once
/// \file
/// What identifies the contents of a file.

#include <string>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0 {

/// 64 hexadecimal digits, lower case. Throws input_error where the file cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::string& path);

}  // namespace touchstone::inline v0
