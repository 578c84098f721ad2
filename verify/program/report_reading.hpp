#pragma once
/// \file
/// Reader of what `touchstone verify --json` writes.

#include <string>
#include <vector>

#include "verify/program/report.hpp"

namespace touchstone::inline v0 {

/// A run and what came of its claims, in registry order.
struct Report {
  std::string path;  ///< for messages
  VerifyRun run;
  std::vector<ClaimResult> results;
};

/// Throws input_error, one line, for a file that cannot be read, that another version wrote, or that is not to the byte what
/// this version writes of the run it describes: a cut or edited file, a claim that is unknown, missing or one too many, a
/// verdict that its evidence does not bear out.
[[nodiscard]] Report read_report(const std::string& path);

}  // namespace touchstone::inline v0
