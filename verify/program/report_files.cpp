#include "verify/program/report_files.hpp"

#include <algorithm>

namespace touchstone::inline v0 {

void add_report_options(CLI::App& command, ReportPaths& paths) {
  command.add_option("--json", paths.json, "Write the results as JSON")->type_name("FILE");
  command.add_option("--junit", paths.junit, "Write the results as JUnit XML")->type_name("FILE");
}

ReportFiles::ReportFiles(const ReportPaths& paths) {
  const auto file = [](const std::string& path) { return path == "-" ? "/dev/stdout" : path; };
  if (!paths.json.empty()) json_.emplace(file(paths.json));
  if (!paths.junit.empty()) junit_.emplace(file(paths.junit));
}

void ReportFiles::write(const std::string& json, const std::string& junit) {
  const auto deliver = [](std::optional<AtomicFile>& file, const std::string& text) {
    if (!file) return;
    file->write(text);
    file->commit();
  };
  deliver(json_, json);
  deliver(junit_, junit);
}

ExitStatus conclude(const std::vector<ClaimResult>& results, const VerifyRun& run, ReportFiles& files) {
  print(report_matrix(results));
  print(report_summary(results, run.seconds));
  files.write(report_json(results, run), report_junit(results));
  return std::ranges::all_of(results, &ClaimResult::holds) ? ExitStatus::holds : ExitStatus::fails;
}

}  // namespace touchstone::inline v0
