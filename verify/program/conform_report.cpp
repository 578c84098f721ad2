#include "verify/program/conform_report.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "verify/program/console.hpp"
#include "verify/program/xml.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

constexpr std::array verdicts{Verdict::holds, Verdict::acceptable, Verdict::skip, Verdict::undecided,
                              Verdict::fails, Verdict::xfail,      Verdict::xpass};

const char* way_of(const ContractResult& result) {
  return result.way ? name_of(*result.way) : "-";
}

bool is_failure(const ContractResult& result) {
  return result.verdict == Verdict::fails || result.verdict == Verdict::xpass;
}

Colour colour_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
    case Verdict::acceptable:
      return Colour::green;
    case Verdict::fails:
    case Verdict::xpass:
      return Colour::red;
    case Verdict::undecided:
    case Verdict::xfail:
      return Colour::yellow;
    case Verdict::skip:
      return Colour::dim;
  }
  throw std::logic_error("a verdict without a colour");
}

/// As one word of a shell.
std::string shell_word(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:=,+@%";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? "'\\''" : std::string(1, c);
  return quoted + "'";
}

std::string command_again(const std::string& subject, const std::string& contract, const ConformOptions& options) {
  std::string text = fmt::format("touchstone conform --subject {} --contract {} --seed {}", shell_word(subject),
                                 shell_word(contract), options.judge.seed);
  if (options.judge.way) text += fmt::format(" --way {}", name_of(*options.judge.way));
  text += " --";
  for (const std::string& word : options.command) text += " " + shell_word(word);
  return text;
}

}  // namespace

std::string conform_line(const std::string& subject, const ContractResult& result) {
  constexpr std::size_t width = 80;
  std::string line =
      fmt::format("{:<10} {:<9}  {:<26}", name_of(result.verdict), way_of(result), subject + "/" + result.contract);
  if (!result.detail.empty()) line += "  " + result.detail;
  if (line.size() > width) line = line.substr(0, width - 3) + "...";
  const std::size_t end = line.find(' ');
  return coloured(line.substr(0, end), colour_of(result.verdict)) + line.substr(end) + "\n";
}

std::string conform_witnesses(const ConformReport& report, const ConformOptions& options) {
  std::string text;
  for (const SubjectResult& subject : report.subjects)
    for (const ContractResult& result : subject.contracts) {
      if (!is_failure(result)) continue;
      text += fmt::format("\n{}/{}: {}\n", subject.subject, result.contract, result.detail);
      for (const auto& [name, value] : result.witness.items())
        text += fmt::format("  {:<12} {}\n", name, value.dump(-1, ' ', true, Json::error_handler_t::replace));
      text += "  again        " + command_again(subject.subject, result.contract, options) + "\n";
    }
  if (report.harness_failure) text += fmt::format("\nthe harness fails: {}\n", *report.harness_failure);
  return text;
}

std::string conform_summary(const ConformReport& report) {
  Index calls = 0;
  std::map<Verdict, int> counts;
  for (const SubjectResult& subject : report.subjects) {
    calls += subject.calls;
    for (const ContractResult& result : subject.contracts) ++counts[result.verdict];
  }
  std::string text = "\n";
  for (const Verdict verdict : verdicts)
    if (counts[verdict] > 0) text += fmt::format("{} {}, ", counts[verdict], name_of(verdict));
  return text + fmt::format("{} calls;\na right implementation would fail with a probability of at most {:.0e}\n",
                            calls, report.error_probability);
}

std::string conform_json(const ConformReport& report) {
  Json subjects = Json::array();
  for (const SubjectResult& subject : report.subjects) {
    Json contracts = Json::array();
    for (const ContractResult& result : subject.contracts) {
      Json one = {{"contract", result.contract}, {"verdict", name_of(result.verdict)}};
      one["way"] = result.way ? Json(name_of(*result.way)) : Json(nullptr);
      one["detail"] = result.detail;
      one["witness"] = result.witness;
      contracts.push_back(one);
    }
    subjects.push_back({{"name", subject.subject}, {"calls", subject.calls}, {"contracts", contracts}});
  }
  Json document = {{"format", "touchstone-conform"},
                   {"version", 1},
                   {"implementation", report.implementation},
                   {"error_probability", report.error_probability},
                   {"harness_failure", nullptr},
                   {"subjects", subjects}};
  if (report.harness_failure) document["harness_failure"] = *report.harness_failure;
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string conform_junit(const ConformReport& report) {
  int tests = report.harness_failure ? 1 : 0;
  int failures = tests;
  int skipped = 0;
  std::string cases;
  for (const SubjectResult& subject : report.subjects)
    for (const ContractResult& result : subject.contracts) {
      ++tests;
      cases +=
          fmt::format("  <testcase classname=\"{}\" name=\"{}\"", escaped_xml(subject.subject), result.contract);
      if (is_failure(result)) {
        ++failures;
        cases +=
            fmt::format(">\n    <failure message=\"{}\">{}</failure>\n  </testcase>\n", escaped_xml(result.detail),
                        escaped_xml(result.witness.dump(-1, ' ', true, Json::error_handler_t::replace)));
      } else if (result.verdict == Verdict::holds || result.verdict == Verdict::acceptable) {
        cases += "/>\n";
      } else {
        ++skipped;
        cases += fmt::format(">\n    <skipped message=\"{}: {}\"/>\n  </testcase>\n", name_of(result.verdict),
                             escaped_xml(result.detail));
      }
    }
  if (report.harness_failure)
    cases += fmt::format(
        "  <testcase classname=\"harness\" name=\"lasts\">\n    <failure message=\"{}\"/>\n  </testcase>\n",
        escaped_xml(*report.harness_failure));
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"touchstone conform\" tests=\"{}\" "
      "failures=\"{}\" skipped=\"{}\">\n{}</testsuite>\n",
      tests, failures, skipped, cases);
}

}  // namespace touchstone::inline v0::oracle::conformance
