#pragma once
/// \file
/// What `touchstone compare` prints and writes of a comparison.

#include <functional>
#include <string>
#include <vector>

#include "verify/experiment/comparison.hpp"
#include "verify/experiment/stationary_comparison.hpp"

namespace touchstone::inline v0 {

struct ComparisonFile {
  std::string name;
  std::function<std::string()> content;
};

struct ComparisonReport {
  std::string text;  ///< title, setting, table
  std::vector<Statement> statements;
  std::vector<ComparisonFile> files;  ///< those of comparison_files, in this order
};

/// Of the methods of chapter 3, and of chapter 5.
[[nodiscard]] std::vector<std::string> comparison_files();
[[nodiscard]] std::vector<std::string> stationary_comparison_files();

[[nodiscard]] ComparisonReport report_of(Comparison comparison);
[[nodiscard]] ComparisonReport report_of(StationaryComparison comparison);

}  // namespace touchstone::inline v0
