#pragma once
/// \file
/// What identifies the contents of a file.

#include <string>
#include <string_view>

#include "verify/io/errors.hpp"

namespace touchstone::inline v0 {

/// 64 hexadecimal digits, lower case. Throws input_error where the file cannot be read.
[[nodiscard]] std::string sha256_of_file(const std::string& path);

/// The same, of a file with this content.
[[nodiscard]] std::string sha256_of_text(std::string_view text);

}  // namespace touchstone::inline v0
