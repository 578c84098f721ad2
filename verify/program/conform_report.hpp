#pragma once
/// \file
/// What `touchstone conform` prints and writes.

#include "verify/oracle/conform/conform.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// Verdict, way, subject/contract, detail; at most 80 columns.
[[nodiscard]] std::string conform_line(const std::string& subject, const ContractResult& result);

/// For every failure its witness and the command that shows it again.
[[nodiscard]] std::string conform_witnesses(const ConformReport& report, const ConformOptions& options);

/// How many contracts of each verdict, calls and error probability.
[[nodiscard]] std::string conform_summary(const ConformReport& report);

/// The schema conform-report.schema.json. Ends with a newline.
[[nodiscard]] std::string conform_json(const ConformReport& report);

/// JUnit's XML: a test case a contract.
[[nodiscard]] std::string conform_junit(const ConformReport& report);

}  // namespace touchstone::inline v0::oracle::conformance
