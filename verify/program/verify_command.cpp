#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <mutex>
#include <optional>
#include <thread>

#include <fmt/format.h>

#include "verify/io/atomic_file.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/report.hpp"

namespace touchstone::inline v0 {

namespace {

struct VerifyOptions {
  std::vector<std::string> patterns;
  std::string json;
  std::string junit;
  std::size_t jobs = std::max(1U, std::thread::hardware_concurrency());
  std::uint64_t seed = 1;
  std::string shard;
};

/// "i/N", 1 <= i <= N: every N-th claim, beginning with the i-th.
std::vector<const Claim*> shard_of(const std::vector<const Claim*>& selected, const std::string& shard) {
  if (shard.empty()) return selected;
  std::size_t i = 0;
  std::size_t n = 0;
  char rest = 0;
  if (std::sscanf(shard.c_str(), "%zu/%zu%c", &i, &n, &rest) != 2 || i < 1 || i > n)  // NOLINT(cert-err34-c)
    throw usage_error(fmt::format("--shard: found '{}', expected i/N with 1 <= i <= N", shard));
  std::vector<const Claim*> part;
  for (std::size_t k = i - 1; k < selected.size(); k += n) part.push_back(selected[k]);
  return part;
}

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
          ClaimResult result = verify(*selected[k], options.seed);
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

ExitStatus run_verify(const VerifyOptions& options) {
  const std::vector<const Claim*> selected = shard_of(select_claims(options.patterns), options.shard);
  std::optional<AtomicFile> json;
  std::optional<AtomicFile> junit;
  if (!options.json.empty()) json.emplace(options.json);
  if (!options.junit.empty()) junit.emplace(options.junit);

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
  print(report_matrix(results));
  print(report_summary(results, std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count()));

  const auto deliver = [](std::optional<AtomicFile>& file, const std::string& text) {
    if (!file) return;
    file->write(text);
    file->commit();
  };
  deliver(json, report_json(results, options.seed));
  deliver(junit, report_junit(results));
  const bool all_hold = std::all_of(results.begin(), results.end(), [](const ClaimResult& r) { return r.holds; });
  return all_hold ? ExitStatus::holds : ExitStatus::fails;
}

}  // namespace

void add_verify_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("verify", "Check the claims: one line each, then a summary");
  auto options = std::make_shared<VerifyOptions>();
  command->add_option("pattern", options->patterns, "Claim ids, or globs such as 'unified-sgd/*'")
      ->type_name("GLOB");
  command->add_option("--json", options->json, "Write the results as JSON")->type_name("FILE");
  command->add_option("--junit", options->junit, "Write the results as JUnit XML")->type_name("FILE");
  command->add_option("--jobs", options->jobs, "Claims checked at a time; changes no result")
      ->check(at_least_one())
      ->type_name("N");
  command->add_option("--seed", options->seed, "Seed of random instances, states (default 1)")
      ->check(seed())
      ->type_name("S");
  command->add_option("--shard", options->shard, "Check part i of N")->type_name("i/N");
  command->callback([options, &status] { status = run_verify(*options); });
}

}  // namespace touchstone::inline v0
