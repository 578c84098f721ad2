#include "verify/program/report_reading.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "verify/io/errors.hpp"
#include "verify/io/text_file.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/picture_json.hpp"

namespace touchstone::inline v0 {

namespace report_reading {

using Json = nlohmann::json;

const std::string whole_report = "a report of 'touchstone verify --json', whole and as written";

Json parsed(const std::string& path, const std::string& text) {
  std::size_t read = text.size();
  try {
    Json json = Json::parse(text);
    if (text.ends_with('\n')) return json;
  } catch (const Json::parse_error& error) {
    read = std::min(error.byte, text.size());
  }
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(read), '\n');
  throw input_error(fmt::format("{}:{}: found text that is cut or no JSON, expected {}", path, line, whole_report));
}

/// The value with this name.
template <class Named>
Named named(const std::string& name, Named last) {
  for (int value = 0; value <= static_cast<int>(last); ++value)
    if (to_string(static_cast<Named>(value)) == name) return static_cast<Named>(value);
  throw input_error("found '" + name + "'");
}

const Claim& claim_named(const std::string& id) {
  const auto found = std::ranges::find(claims(), id, &Claim::id);
  if (found == claims().end())
    throw input_error(fmt::format("found the unknown claim '{}', expected one that 'touchstone claims' lists", id));
  return *found;
}

Evidence evidence_of(const Json& json) {
  Evidence evidence;
  evidence.layer = named(json.at("layer"), Layer::sampled);
  if (!json.at("level").is_null()) evidence.level = named(json.at("level"), Level::refuted);
  evidence.verdict = named(json.at("verdict"), Verdict::undecided);
  json.at("detail").get_to(evidence.detail);
  json.at("seconds").get_to(evidence.seconds);
  return evidence;
}

ClaimResult result_of(const Json& json) {
  ClaimResult result;
  result.claim = &claim_named(json.at("id"));
  if (!json.at("slack").is_null()) json.at("slack").get_to(result.tightness.slack);
  if (!json.at("ratio").is_null()) json.at("ratio").get_to(result.tightness.ratio);
  for (const Json& piece : json.at("evidence")) result.evidence.push_back(evidence_of(piece));
  json.at("mutants").at("names").get_to(result.mutants);
  json.at("mutants").at("survived").get_to(result.mutants_survived);
  result.pictures = pictures_of(json.at("pictures"));
  json.at("seconds").get_to(result.seconds);
  judge(result);
  return result;
}

void require_claims_of(const VerifyRun& run, const std::vector<ClaimResult>& results) {
  const std::vector<const Claim*> expected = part_of(select_claims(run.patterns), run.shard);
  for (std::size_t k = 0; k < std::max(expected.size(), results.size()); ++k) {
    const std::string found = k < results.size() ? results[k].claim->id : "none";
    const std::string due = k < expected.size() ? expected[k]->id : "none";
    if (found != due)
      throw input_error(
          fmt::format("claim {} of shard {}: found {}, expected {}", k + 1, to_string(run.shard), found, due));
  }
}

Report report_of(const std::string& path, const Json& json) {
  try {
    const std::string version = json.at("touchstone");
    if (version != TOUCHSTONE_VERSION)
      throw input_error(fmt::format("found a report of touchstone {}, expected one of this version, {}", version,
                                    TOUCHSTONE_VERSION));
    Report report{path, {}, {}};
    json.at("seed").get_to(report.run.seed);
    json.at("patterns").get_to(report.run.patterns);
    report.run.shard = parse_shard("shard", json.at("shard"));
    json.at("seconds").get_to(report.run.seconds);
    for (const Json& claim : json.at("claims")) report.results.push_back(result_of(claim));
    require_claims_of(report.run, report.results);
    return report;
  } catch (const Json::exception& error) {
    throw input_error(fmt::format("{}: found {}, expected {}", path, error.what(), whole_report));
  } catch (const std::runtime_error& error) {
    throw input_error(path + ": " + error.what());
  }
}

/// What follows from the rest is then what it should be too: verdicts, levels, the summary.
void require_as_written(const Report& report, const std::string& text) {
  std::istringstream found_lines(text);
  std::istringstream expected_lines(report_json(report.results, report.run));
  std::string found;
  std::string expected;
  for (int line = 1; std::getline(expected_lines, expected); ++line)
    if (!std::getline(found_lines, found) || found != expected)
      throw input_error(fmt::format("{}:{}: found '{}', expected '{}', as the evidence says", report.path, line,
                                    found, expected));
  if (std::getline(found_lines, found))
    throw input_error(report.path + ": found more after the end of the report, expected none");
}

}  // namespace report_reading

Report read_report(const std::string& path) {
  const std::string text = read_text(path, report_reading::whole_report);
  Report report = report_reading::report_of(path, report_reading::parsed(path, text));
  report_reading::require_as_written(report, text);
  return report;
}

}  // namespace touchstone::inline v0
