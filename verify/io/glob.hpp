#pragma once
/// \file
/// Names that a user selects by patterns.

#include <algorithm>
#include <string>
#include <vector>

#include <fnmatch.h>

namespace touchstone::inline v0 {

/// A shell glob; `*` also matches `/`.
[[nodiscard]] inline bool matches(const std::string& pattern, const std::string& name) {
  return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
}

/// One of the patterns matches; without patterns everything is selected.
[[nodiscard]] inline bool selected_by(const std::vector<std::string>& patterns, const std::string& name) {
  return patterns.empty() ||
         std::any_of(patterns.begin(), patterns.end(), [&](const std::string& one) { return matches(one, name); });
}

}  // namespace touchstone::inline v0
