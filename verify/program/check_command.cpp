#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "verify/io/atomic_file.hpp"
#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/trace/trace_check.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/promised_bound.hpp"

namespace touchstone::inline v0 {

namespace {

using oracle::Departure;
using oracle::PlacedDeparture;
using oracle::TraceHeader;
using oracle::TraceReport;

struct CheckOptions {
  std::string trace;
  std::string json;
  std::optional<Index> limit;
};

std::string problem_of(const TraceHeader& header) {
  if (const auto* quadratic = std::get_if<Quadratic<Rational>>(&header.problem))
    return fmt::format("quadratic, {} worker{}, d = {}", quadratic->workers(), quadratic->workers() == 1 ? "" : "s",
                       quadratic->dimension());
  const auto& logistic = std::get<oracle::LogisticSpec>(header.problem);
  return fmt::format("logistic regression, {} rows, {} worker{}, d = {}", logistic.data.rows.rows(),
                     logistic.workers, logistic.workers == 1 ? "" : "s", logistic.data.rows.cols());
}

std::string place_of(const Departure& wrong) {
  std::string place = wrong.part;
  if (wrong.vector) place += fmt::format("[{}]", *wrong.vector);
  if (wrong.worker) place = fmt::format("worker {}, {}", *wrong.worker, place);
  return fmt::format("{}, coordinate {}", place, wrong.coordinate);
}

std::string multiple_of(const Departure& wrong) {
  return wrong.bound == 0 || !std::isfinite(wrong.error())
             ? "rounding allows none"
             : fmt::format("{:.3g} times what rounding allows", wrong.error());
}

std::string wrong_step(const TraceReport& report) {
  const Departure& wrong = report.first_wrong->departure;
  std::string text =
      fmt::format("FIRST WRONG   iteration {} (line {})", report.first_wrong->k, report.first_wrong->line);
  if (wrong.part == "choices" || wrong.part == "step")
    text += fmt::format("\n  {:<11} {}\n", wrong.part, wrong.reason);
  else if (!wrong.reason.empty())
    text += fmt::format("\n  {:<11} {}: found {} in {}\n", "state", wrong.reason, wrong.found, place_of(wrong));
  else
    text += fmt::format(", {}\n  expected    {:.17g}\n  found       {:.17g}\n  error       {}\n", place_of(wrong),
                        wrong.expected, wrong.found, multiple_of(wrong));
  if (report.failed == 0) return text;
  if (report.mistakes.empty()) text += "  mistake     none of those known explains it\n";
  for (const oracle::Explanation& mistake : report.mistakes)
    text += fmt::format("  mistake     {}{}:\n              {}\n", mistake.name,
                        mistake.worker ? fmt::format(", by worker {}", *mistake.worker) : "", mistake.says);
  return text;
}

std::string text_of(const TraceHeader& header, const TraceReport& report, const std::string& theorem) {
  const Index last = report.first_k + report.steps;
  std::string text =
      fmt::format("{} as implemented by {}, {}\n", header.method.name, header.implementation, header.format.name) +
      fmt::format("  problem     {}\n", problem_of(header)) +
      fmt::format("  choices     {}; messages {}\n", report.choices, report.messages ? "compared" : "none told") +
      fmt::format("  steps       {} (iterations {} to {}): {} pass, {} fail, {} undecided\n", report.steps,
                  report.first_k, last, report.passed, report.failed, report.undecided);
  if (report.closest)
    text += fmt::format(
        "  passing     largest error {:.3g} of what rounding allows (iteration {},\n              {})\n",
        report.closest->departure.error(), report.closest->k, place_of(report.closest->departure));
  else if (report.passed > 0)
    text += "  passing     without any error\n";
  if (report.not_of_format > 0)
    text += fmt::format("  numbers     {} are not of the format {}: rounded to it\n", report.not_of_format,
                        header.format.name);
  if (!report.acceptable.empty()) text += fmt::format("  acceptable  {}\n", fmt::join(report.acceptable, ", "));
  if (report.undecided > 0) text += fmt::format("  undecided   {}\n", report.first_reason);
  if (report.drift)
    text += fmt::format("  drift       |x - exact x| at most {:.3g}, in iteration {} of {}\n", *report.drift,
                        report.drift_at, report.drift_until);
  else
    text += "  drift       not known: the choices do not lead through the run\n";
  text += fmt::format("  theorem     {}\n", theorem);
  if (report.first_wrong) text += "\n" + wrong_step(report);
  return text;
}

nlohmann::ordered_json json_of(const PlacedDeparture& placed) {
  const Departure& d = placed.departure;
  nlohmann::ordered_json object = {{"iteration", placed.k}, {"line", placed.line}, {"part", d.part}};
  if (!d.reason.empty()) object["reason"] = d.reason;
  if (d.worker) object["worker"] = *d.worker;
  if (d.vector) object["vector"] = *d.vector;
  if (d.part == "choices" || d.part == "step") return object;
  object["coordinate"] = d.coordinate;
  object["expected"] = oracle::to_json(static_cast<double>(d.expected));
  object["found"] = oracle::to_json(d.found);
  object["bound"] = oracle::to_json(d.bound);
  object["error"] = oracle::to_json(d.error());
  return object;
}

std::string json_of(const TraceHeader& header, const TraceReport& report, const std::string& theorem) {
  nlohmann::ordered_json object = {{"format", "touchstone-check"},
                                   {"version", 1},
                                   {"touchstone", TOUCHSTONE_VERSION},
                                   {"implementation", header.implementation},
                                   {"method", header.method.name},
                                   {"dtype", header.format.name},
                                   {"holds", report.holds()},
                                   {"steps", report.steps},
                                   {"passed", report.passed},
                                   {"failed", report.failed},
                                   {"undecided", report.undecided},
                                   {"choices", report.choices},
                                   {"messages", report.messages},
                                   {"acceptable", report.acceptable},
                                   {"numbers_not_of_format", report.not_of_format}};
  if (report.first_wrong) object["first_wrong"] = json_of(*report.first_wrong);
  object["mistakes"] = nlohmann::ordered_json::array();
  for (const oracle::Explanation& mistake : report.mistakes) {
    object["mistakes"].push_back({{"name", mistake.name}, {"says", mistake.says}});
    if (mistake.worker) object["mistakes"].back()["worker"] = *mistake.worker;
  }
  if (report.closest) object["largest_passing_error"] = json_of(*report.closest);
  if (report.undecided > 0) object["undecided_reason"] = report.first_reason;
  if (report.drift)
    object["drift"] = {
        {"largest", oracle::to_json(*report.drift)}, {"iteration", report.drift_at}, {"until", report.drift_until}};
  object["theorem"] = theorem;
  return object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

ExitStatus check(const CheckOptions& options) {
  oracle::TraceReader reader(options.trace);
  PromisedBound theorem(reader.header());
  const auto look_at = [&](const oracle::TraceLine& line) {
    constexpr Index often = 100;
    theorem.look_at(line);
    if (line.k % often == 0) show_progress(fmt::format("iteration {}", line.k));
  };
  const TraceReport report = [&] {
    try {
      return oracle::check_trace(reader, look_at, options.limit);
    } catch (const oracle::spec_error& error) {
      throw input_error(fmt::format("{}:1: {}", options.trace, error.what()));
    } catch (const precondition_error& error) {
      throw input_error(fmt::format("{}:1: {}", options.trace, error.what()));
    }
  }();
  clear_progress();
  if (!options.json.empty()) write_file(options.json, json_of(reader.header(), report, theorem.conclusion()));
  print(text_of(reader.header(), report, theorem.conclusion()));
  return report.holds() ? ExitStatus::holds : ExitStatus::fails;
}

}  // namespace

void add_check_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("check", "Judge the trace of an implementation, step by step");
  command->footer(
      "Exit status 0: every step passes; 1: one fails, or cannot be decided;\n2: the trace cannot be read");
  auto options = std::make_shared<CheckOptions>();
  command->add_option("trace", options->trace, "JSON lines: verify/oracle/trace/README.md")
      ->required()
      ->type_name("TRACE");
  command->add_option("--json", options->json, "Write the report as JSON, too")->type_name("FILE");
  command->add_option("--limit", options->limit, "Judge the first STEPS only")
      ->check(at_least_one())
      ->type_name("STEPS");
  command->callback([options, &status] { status = check(*options); });
}

}  // namespace touchstone::inline v0
