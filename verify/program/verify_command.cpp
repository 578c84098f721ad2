#include <chrono>
#include <thread>

#include <fmt/format.h>

#include "verify/in_order.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/report.hpp"
#include "verify/program/report_files.hpp"

namespace touchstone::inline v0 {

namespace {

struct VerifyOptions {
  VerifyRun run;
  std::string shard;
  ReportPaths paths;
  std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
};

ExitStatus run_verify(VerifyOptions options) {
  VerifyRun& run = options.run;
  if (!options.shard.empty()) run.shard = parse_shard("--shard", options.shard);
  const std::vector<const Claim*> selected = part_of(select_claims(run.patterns), run.shard);
  ReportFiles files(options.paths);

  const auto start = std::chrono::steady_clock::now();
  std::vector<ClaimResult> results;
  print(report_heading());
  show_progress(fmt::format("0 of {} claims", selected.size()));
  run_in_order(
      selected.size(), options.jobs, [&](std::size_t k) { return verify(*selected[k], options.run.seed); },
      [&](ClaimResult result) {
        clear_progress();
        print(report_line(result));
        flush_output();
        results.push_back(std::move(result));
        show_progress(fmt::format("{} of {} claims", results.size(), selected.size()));
      });
  clear_progress();
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return conclude(results, run, files);
}

}  // namespace

void add_verify_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("verify", "Check the claims: one line each, then a summary");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("pattern", options->run.patterns, "Claim ids, or globs such as 'unified-sgd/*'")
      ->type_name("GLOB");
  add_report_options(*command, options->paths);
  command->add_option("--jobs", options->jobs, "Claims checked at a time; changes no result")
      ->check(at_least_one())
      ->type_name("N");
  command->add_option("--seed", options->run.seed, "Seed of random instances, states (default 1)")
      ->check(seed())
      ->type_name("S");
  command->add_option("--shard", options->shard, "Check part i of N; 'touchstone merge' joins them")
      ->type_name("i/N");
  command->callback([options, &status] { status = run_verify(*options); });
}

}  // namespace touchstone::inline v0
