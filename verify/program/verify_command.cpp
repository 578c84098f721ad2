#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

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

/// Runs the claims on `jobs` threads and hands the results to `finished` in registry order.
template <class Finished>
void verify_all(const std::vector<const Claim*>& selected, const VerifyOptions& options, Finished&& finished) {
  std::vector<std::optional<ClaimResult>> results(selected.size());
  std::atomic<std::size_t> next = 0;
  std::mutex mutex;
  std::condition_variable one_more;
  {
    std::vector<std::jthread> workers;
    for (std::size_t job = 0; job < std::min(options.jobs, selected.size()); ++job)
      workers.emplace_back([&] {
        for (std::size_t k = next++; k < selected.size(); k = next++) {
          ClaimResult result = verify(*selected[k], options.run.seed);
          const std::lock_guard lock(mutex);
          results[k] = std::move(result);
          one_more.notify_one();
        }
      });
    try {
      for (std::size_t k = 0; k < selected.size(); ++k) {
        std::unique_lock lock(mutex);
        one_more.wait(lock, [&] { return results[k].has_value(); });
        ClaimResult result = std::move(*results[k]);
        lock.unlock();
        finished(std::move(result));
      }
    } catch (...) {
      next = selected.size();  // output failed: what has not begun need not
      throw;
    }
  }
}

ExitStatus run_verify(VerifyOptions options) {
  VerifyRun& run = options.run;
  if (!options.shard.empty()) run.shard = parse_shard("--shard", options.shard);
  const std::vector<const Claim*> selected = part_of(select_claims(run.patterns), run.shard);
  ReportFiles files(options.paths);

  const auto start = std::chrono::steady_clock::now();
  std::vector<ClaimResult> results;
  print(report_heading());
  show_progress(fmt::format("0 of {} claims", selected.size()));
  verify_all(selected, options, [&](ClaimResult result) {
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
