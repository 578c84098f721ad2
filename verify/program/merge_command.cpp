#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "verify/io/errors.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/report_files.hpp"
#include "verify/program/report_reading.hpp"

namespace touchstone::inline v0 {

namespace {

struct MergeOptions {
  std::vector<std::string> reports;
  ReportPaths paths;
};

std::string listed(const std::vector<std::string>& patterns) {
  std::string text;
  for (const std::string& pattern : patterns) text += (text.empty() ? "'" : " '") + pattern + "'";
  return text.empty() ? "none" : text;
}

/// Both are shards of one run, by seed, patterns and N.
void require_same_run(const Report& first, const Report& other) {
  const auto require_same = [&](const char* what, const std::string& found, const std::string& expected) {
    if (found != expected)
      throw input_error(
          fmt::format("{}: {}: found {}, expected {} as in {}", other.path, what, found, expected, first.path));
  };
  require_same("seed", fmt::to_string(other.run.seed), fmt::to_string(first.run.seed));
  require_same("patterns", listed(other.run.patterns), listed(first.run.patterns));
  require_same("number of shards", fmt::to_string(other.run.shard.N), fmt::to_string(first.run.shard.N));
}

/// Shards 1, ..., N are there, each once. `reports` are in the order of their shards.
void require_every_shard(const std::vector<Report>& reports) {
  const std::size_t N = reports.front().run.shard.N;
  for (std::size_t k = 0; k < reports.size(); ++k) {
    const Shard& found = reports[k].run.shard;
    if (k > 0 && found == reports[k - 1].run.shard)
      throw input_error(fmt::format("{}: found shard {} a second time, expected it in {} only", reports[k].path,
                                    to_string(found), reports[k - 1].path));
    if (found.i != k + 1) throw usage_error(fmt::format("shard {}/{}: found no report, expected one", k + 1, N));
  }
  if (reports.size() < N)
    throw usage_error(fmt::format("shard {}/{}: found no report, expected one", reports.size() + 1, N));
}

/// One run after the other: its seconds are those of the shards, added up.
Report merged(std::vector<Report> reports) {
  for (const Report& report : reports) require_same_run(reports.front(), report);
  std::ranges::stable_sort(reports, {}, [](const Report& report) { return report.run.shard.i; });
  require_every_shard(reports);
  Report whole{"", {reports.front().run.seed, reports.front().run.patterns, {}, 0}, {}};
  for (Report& report : reports) {
    whole.run.seconds += report.run.seconds;
    std::ranges::move(report.results, std::back_inserter(whole.results));
  }
  std::ranges::sort(whole.results, {}, &ClaimResult::claim);  // where they stand in the registry
  return whole;
}

ExitStatus merge(const MergeOptions& options) {
  ReportFiles files(options.paths);
  std::vector<Report> reports;
  for (const std::string& path : options.reports) reports.push_back(read_report(path));
  const Report whole = merged(std::move(reports));
  print(report_heading());
  for (const ClaimResult& result : whole.results) print(report_line(result));
  return conclude(whole.results, whole.run, files);
}

}  // namespace

void add_merge_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("merge", "Join the reports of the shards of one verify");
  auto options = std::make_shared<MergeOptions>();
  command
      ->add_option("report", options->reports, "What 'verify --shard i/N --json' wrote, for every i;\nin any order")
      ->required()
      ->type_name("FILE");
  add_report_options(*command, options->paths);
  command->footer(
      "Prints and writes what 'verify' without --shard does. Its seconds are those of\n"
      "the shards, added up.");
  command->callback([options, &status] { status = merge(*options); });
}

}  // namespace touchstone::inline v0
