#include <memory>

#include <fmt/format.h>

#include "verify/io/text_file.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/conform_report.hpp"
#include "verify/program/report_files.hpp"

namespace touchstone::inline v0 {

namespace {

struct ConformCall {
  oracle::ConformOptions options;
  std::string way;
  std::string expectations;
  std::uint64_t calls = 200'000;
  double seconds = 600;
  double patience = 10;
  ReportPaths paths;
};

ExitStatus run_conform(ConformCall call) {
  oracle::ConformOptions& options = call.options;
  if (options.command.empty())
    throw usage_error("found no command, expected: touchstone conform [OPTIONS] -- COMMAND...");
  using Milliseconds = std::chrono::milliseconds;
  options.judge.budget.calls = static_cast<Index>(call.calls);
  options.judge.budget.time = Milliseconds(static_cast<std::int64_t>(call.seconds * 1000));
  options.limits.patience = Milliseconds(static_cast<std::int64_t>(call.patience * 1000));
  for (const oracle::Way way : {oracle::Way::injected, oracle::Way::replayed, oracle::Way::black_box})
    if (call.way == oracle::name_of(way)) options.judge.way = way;
  if (!call.expectations.empty())
    options.judge.expectations =
        oracle::Expectations(call.expectations, read_text(call.expectations, "a file of expectations"));
  ReportFiles files(call.paths);
  const bool json_alone = call.paths.json == "-";
  options.judge.finished = [&](const std::string& subject, const oracle::ContractResult& result) {
    if (json_alone) return;
    clear_progress();
    print(oracle::conform_line(subject, result));
    flush_output();
    show_progress(fmt::format("{}: after {}", subject, result.contract));
  };
  const oracle::ConformReport report = oracle::conform(options);
  clear_progress();
  if (!json_alone) print(oracle::conform_witnesses(report, options) + oracle::conform_summary(report));
  files.write(oracle::conform_json(report), oracle::conform_junit(report));
  return oracle::any_failure(report) ? ExitStatus::fails : ExitStatus::holds;
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
      ->check(CLI::PositiveNumber)
      ->type_name("T");
  command->add_option("--patience", call->patience, "Seconds for an answer (default 10)")
      ->check(CLI::PositiveNumber)
      ->type_name("T");
  command->add_option("--expect", call->expectations, "Lines skip or xfail SUBJECT/CONTRACT REASON")
      ->type_name("FILE");
  command->add_option("--seed", call->options.judge.seed, "Of the seeds that are given (default 1)")
      ->check(seed())
      ->type_name("S");
  add_report_options(*command, call->paths);
  command->callback([call, &status] { status = run_conform(*call); });
}

}  // namespace touchstone::inline v0
