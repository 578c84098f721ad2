#include "verify/program/report_files.hpp"

#include <algorithm>

namespace touchstone::inline v0 {

void add_report_options(CLI::App& command, ReportPaths& paths) {
  command.add_option("--json", paths.json, "Write the results as JSON")->type_name("FILE");
  command.add_option("--junit", paths.junit, "Write the results as JUnit XML")->type_name("FILE");
}

ReportFiles::ReportFiles(const ReportPaths& paths) {
  if (!paths.json.empty()) json_.emplace(paths.json);
  if (!paths.junit.empty()) junit_.emplace(paths.junit);
}

void ReportFiles::write(const std::vector<ClaimResult>& results, const VerifyRun& run) {
  const auto deliver = [](std::optional<AtomicFile>& file, const std::string& text) {
    if (!file) return;
    file->write(text);
    file->commit();
  };
  deliver(json_, report_json(results, run));
  deliver(junit_, report_junit(results));
}

ExitStatus conclude(const std::vector<ClaimResult>& results, const VerifyRun& run, ReportFiles& files) {
  print(report_matrix(results));
  print(report_summary(results, run.seconds));
  files.write(results, run);
  return std::ranges::all_of(results, &ClaimResult::holds) ? ExitStatus::holds : ExitStatus::fails;
}

}  // namespace touchstone::inline v0
