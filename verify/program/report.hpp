#pragma once
/// \file
/// What came of the claims, for people and for machines.

#include <cstdint>
#include <string>
#include <vector>

#include "verify/claim.hpp"
#include "verify/program/shard.hpp"

namespace touchstone::inline v0 {

/// What was asked of `touchstone verify`, and how long it took.
struct VerifyRun {
  std::uint64_t seed = 1;
  std::vector<std::string> patterns;  ///< as given; none means all claims
  Shard shard;
  double seconds = 0;  ///< by the clock
};

/// One line: verdict, level, largest ratio, least slack, seconds, id; below it what did not hold, if anything.
[[nodiscard]] std::string report_line(const ClaimResult& result);

/// The heading of these lines.
[[nodiscard]] std::string report_heading();

/// Which proof layers hold for which claim: a line for every claim that has one. Empty where none has.
[[nodiscard]] std::string report_matrix(const std::vector<ClaimResult>& results);

/// Claims by area and level, and what failed.
[[nodiscard]] std::string report_summary(const std::vector<ClaimResult>& results, double seconds);

/// The schema of `touchstone verify --json`, described in the README. Ends with a newline.
[[nodiscard]] std::string report_json(const std::vector<ClaimResult>& results, const VerifyRun& run);

/// JUnit's XML: a test case a claim.
[[nodiscard]] std::string report_junit(const std::vector<ClaimResult>& results);

}  // namespace touchstone::inline v0
