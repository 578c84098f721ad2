#include <memory>
#include <thread>

#include <fmt/format.h>

#include "verify/io/text_file.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/conform_report.hpp"
#include "verify/program/report_files.hpp"
#include "verify/program/self_test_report.hpp"

namespace touchstone::inline v0 {

namespace {

struct ConformCall {
  oracle::conformance::ConformOptions options;
  std::string way;
  std::string expectations;
  std::uint64_t calls = 200'000;
  double seconds = 600;
  double patience = 10;
  bool self_test = false;
  std::uint64_t seeds = 1;
  std::uint64_t jobs = std::max(1U, std::thread::hardware_concurrency());
  ReportPaths paths;
};

CLI::Validator positive_seconds() {
  CLI::Validator check = CLI::Range(0.001, 1e6);
  check.description("");
  return check;
}

/// The specimens are served by this program.
ExitStatus run_self_test(const ConformCall& call) {
  if (!call.paths.junit.empty())
    throw usage_error("--junit: the self-test has no test cases; expected --json FILE");
  oracle::conformance::SelfTestOptions options;
  options.command = {"/proc/self/exe", "specimen"};
  options.budget.calls = static_cast<Index>(call.calls);
  options.first_seed = call.options.judge.seed;
  options.seeds = static_cast<Index>(call.seeds);
  options.jobs = call.jobs;
  options.patterns = call.options.command;
  ReportFiles files(call.paths);
  const bool json_alone = call.paths.json == "-";
  std::size_t done = 0;
  const std::vector<oracle::conformance::SpecimenResult> results =
      oracle::conformance::run_self_test(options, [&](const auto& result) {
        if (json_alone) return;
        clear_progress();
        print(oracle::conformance::self_test_line(result));
        flush_output();
        show_progress(fmt::format("{} specimens", ++done));
      });
  clear_progress();
  const oracle::conformance::SelfTestCounts counts = oracle::conformance::counts_of(results);
  if (!json_alone) print(oracle::conformance::self_test_summary(counts));
  files.write(oracle::conformance::self_test_json(results), "");
  return oracle::conformance::as_good_as_promised(counts) ? ExitStatus::holds : ExitStatus::fails;
}

ExitStatus run_conform(ConformCall call) {
  oracle::conformance::ConformOptions& options = call.options;
  if (call.self_test) return run_self_test(call);
  if (options.command.empty())
    throw usage_error("found no command, expected: touchstone conform [OPTIONS] -- COMMAND...");
  using Milliseconds = std::chrono::milliseconds;
  options.judge.budget.calls = static_cast<Index>(call.calls);
  options.judge.budget.time = Milliseconds(static_cast<std::int64_t>(call.seconds * 1000));
  options.limits.patience = Milliseconds(static_cast<std::int64_t>(call.patience * 1000));
  for (const oracle::conformance::Way way : {oracle::conformance::Way::injected, oracle::conformance::Way::replayed,
                                             oracle::conformance::Way::black_box})
    if (call.way == oracle::conformance::name_of(way)) options.judge.way = way;
  if (!call.expectations.empty())
    options.judge.expectations = oracle::conformance::Expectations(
        call.expectations, read_text(call.expectations, "a file of expectations"));
  ReportFiles files(call.paths);
  const bool json_alone = call.paths.json == "-";
  options.judge.finished = [&](const std::string& subject, const oracle::conformance::ContractResult& result) {
    if (json_alone) return;
    clear_progress();
    print(oracle::conformance::conform_line(subject, result));
    flush_output();
    show_progress(fmt::format("{}: after {}", subject, result.contract));
  };
  const oracle::conformance::ConformReport report = oracle::conformance::conform(options);
  clear_progress();
  if (!json_alone)
    print(oracle::conformance::conform_witnesses(report, options) + oracle::conformance::conform_summary(report));
  files.write(oracle::conformance::conform_json(report), oracle::conformance::conform_junit(report));
  return oracle::conformance::any_failure(report) ? ExitStatus::fails : ExitStatus::holds;
}

}  // namespace

void add_conform_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("conform", "Judge an implementation behind a harness");
  auto call = std::make_shared<ConformCall>();
  command->add_option("command", call->options.command, "The harness, after --")->type_name("COMMAND");
  command->add_option("--subject", call->options.subjects, "Only this subject of the harness")->type_name("NAME");
  command->add_option("--contract", call->options.judge.contracts, "Only contracts that match")->type_name("GLOB");
  command->add_option("--way", call->way, "injected, replayed or black-box\n(default: the strongest there is)")
      ->check(one_of({"injected", "replayed", "black-box"}))
      ->type_name("WAY");
  command->add_option("--budget", call->calls, "Calls of a subject (default 200000)")
      ->check(at_least_one())
      ->type_name("CALLS");
  command->add_option("--seconds", call->seconds, "For all of it (default 600)")
      ->check(positive_seconds())
      ->type_name("T");
  command->add_option("--patience", call->patience, "Seconds for an answer (default 10)")
      ->check(positive_seconds())
      ->type_name("T");
  command->add_option("--expect", call->expectations, "Lines skip or xfail SUBJECT/CONTRACT REASON")
      ->type_name("FILE");
  command->add_flag(
      "--self-test", call->self_test,
      "Judge the oracle: by implementations with known\nfaults and right ones; COMMAND: GLOBs of them");
  command->add_option("--seeds", call->seeds, "Of the self-test: for each right one (default 1)")
      ->check(at_least_one())
      ->type_name("N");
  command->add_option("--jobs", call->jobs, "Of the self-test: at a time; changes no result")
      ->check(at_least_one())
      ->type_name("N");
  command->add_option("--seed", call->options.judge.seed, "Of the seeds that are given (default 1)")
      ->check(seed())
      ->type_name("S");
  add_report_options(*command, call->paths);
  command->callback([call, &status] { status = run_conform(*call); });
}

}  // namespace touchstone::inline v0
