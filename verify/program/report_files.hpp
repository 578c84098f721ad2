#pragma once
/// \file
/// What a run of the claims ends with: matrix, summary, report files, exit status.

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "verify/io/atomic_file.hpp"
#include "verify/program/console.hpp"
#include "verify/program/report.hpp"

namespace touchstone::inline v0 {

/// Empty where no file is asked for; - is standard output.
struct ReportPaths {
  std::string json;
  std::string junit;
};

/// The options --json and --junit.
void add_report_options(CLI::App& command, ReportPaths& paths);

/// The files, opened at once: a path that cannot be written is known before the work begins.
class ReportFiles {
 public:
  explicit ReportFiles(const ReportPaths& paths);
  /// Each file whole or not at all.
  void write(const std::string& json, const std::string& junit);

 private:
  std::optional<AtomicFile> json_, junit_;
};

/// Prints the matrix and the summary, writes the files. Whether all claims hold.
[[nodiscard]] ExitStatus conclude(const std::vector<ClaimResult>& results, const VerifyRun& run,
                                  ReportFiles& files);

}  // namespace touchstone::inline v0
