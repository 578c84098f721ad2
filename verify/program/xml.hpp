#pragma once
/// \file
/// Text inside XML.

#include <string>

namespace touchstone::inline v0 {

/// With &, <, >, quotation marks and newlines written as entities; control characters, which XML does not have, as ?.
[[nodiscard]] std::string escaped_xml(const std::string& text);

}  // namespace touchstone::inline v0
