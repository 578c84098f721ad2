#include "verify/program/report.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "verify/program/console.hpp"
#include "verify/program/picture_json.hpp"
#include "verify/program/xml.hpp"

namespace touchstone::inline v0 {

namespace {

const std::vector<Level> levels = {Level::proved,    Level::certificate, Level::identity, Level::exact,
                                   Level::certified, Level::measured,    Level::refuted};

std::string level_name(const ClaimResult& result) {
  return result.level ? to_string(*result.level) : "none";
}

/// A figure in at most `width` characters; "-" where there is none.
std::string short_figure(double value, int digits) {
  if (!std::isfinite(value)) return "-";
  return fmt::format("{:.{}g}", value, digits);
}

std::vector<std::string> complaints(const ClaimResult& result) {
  std::vector<std::string> lines;
  for (const Evidence& evidence : result.evidence)
    if (evidence.level && evidence.verdict != Verdict::holds)
      lines.push_back(
          fmt::format("{}: {}: {}", to_string(evidence.layer), to_string(evidence.verdict), evidence.detail));
  for (const std::string& mutant : result.mutants_survived) lines.push_back("mutant not caught: " + mutant);
  if (result.mutants.empty()) lines.emplace_back("no mutant was tried");
  return lines;
}

}  // namespace

std::string report_heading() {
  return fmt::format("{:5} {:11} {:>7} {:>7} {:>6} {}\n", "", "level", "ratio", "slack", "time", "claim");
}

std::string report_line(const ClaimResult& result) {
  const std::string mark = result.holds ? coloured("holds", Colour::green) : coloured("FAILS", Colour::red);
  std::string text = fmt::format("{} {:11} {:>7} {:>7} {:>5.1f}s {}\n", mark, level_name(result),
                                 short_figure(result.tightness.ratio, 4), short_figure(result.tightness.slack, 2),
                                 result.seconds, result.claim->id);
  if (!result.holds)
    for (const std::string& line : complaints(result)) text += "      " + line + "\n";
  return text;
}

std::string report_matrix(const std::vector<ClaimResult>& results) {
  const std::vector<Layer> layers = {Layer::kernel, Layer::z3, Layer::cvc5, Layer::certificate, Layer::coq};
  std::string lines;
  for (const ClaimResult& result : results) {
    std::string marks;
    bool any = false;
    for (const Layer layer : layers) {
      std::string mark = ".";
      for (const Evidence& evidence : result.evidence)
        if (evidence.layer == layer) mark = evidence.verdict == Verdict::holds ? "x" : evidence.level ? "!" : "-";
      any = any || mark != ".";
      marks += fmt::format(" {:^{}}", mark, to_string(layer).size());
    }
    if (any) lines += marks + "  " + result.claim->id + "\n";
  }
  if (lines.empty()) return "";
  std::string heading;
  for (const Layer layer : layers) heading += " " + to_string(layer);
  return "\n" + heading + "  (x holds, - abstains, ! fails)\n" + lines;
}

std::string report_summary(const std::vector<ClaimResult>& results, double seconds) {
  std::vector<std::string> areas;
  std::map<std::string, std::map<Level, int>> counts;
  std::map<std::string, int> failed;
  std::size_t mutants = 0;
  std::size_t mutants_caught = 0;
  int failures = 0;
  for (const ClaimResult& result : results) {
    const std::string area = result.claim->area();
    if (!counts.contains(area)) areas.push_back(area);
    auto& of_area = counts[area];
    if (result.holds && result.level) ++of_area[*result.level];
    if (!result.holds) {
      ++failed[area];
      ++failures;
    }
    mutants += result.mutants.size();
    mutants_caught += result.mutants_caught();
  }
  std::vector<Level> found;
  for (const Level level : levels)
    if (std::ranges::any_of(counts, [&](const auto& area) { return area.second.contains(level); }))
      found.push_back(level);
  std::string text = "\n" + std::string(15, ' ');
  for (const Level level : found) text += " " + to_string(level);
  for (const std::string& area : areas) {
    text += fmt::format("\n{:15}", area);
    for (const Level level : found) {
      const auto at = counts[area].find(level);
      text += fmt::format(" {:>{}}", at == counts[area].end() ? "." : std::to_string(at->second),
                          to_string(level).size());
    }
    if (failed.contains(area)) text += fmt::format("  {} FAILED", failed[area]);
  }
  text += "\n\n";
  text += fmt::format("{} claims hold, {} fail; {} of {} mutants caught; {:.1f} s\n",
                      static_cast<int>(results.size()) - failures, failures, mutants_caught, mutants, seconds);
  return text;
}

std::string report_json(const std::vector<ClaimResult>& results, const VerifyRun& run) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  std::map<std::string, int> by_level;
  int holding = 0;
  std::size_t mutants = 0;
  std::size_t mutants_caught = 0;
  for (const ClaimResult& result : results) {
    nlohmann::ordered_json evidence = nlohmann::ordered_json::array();
    for (const Evidence& piece : result.evidence)
      evidence.push_back({{"layer", to_string(piece.layer)},
                          {"level", piece.level ? nlohmann::ordered_json(to_string(*piece.level)) : nullptr},
                          {"verdict", to_string(piece.verdict)},
                          {"holds", piece.verdict == Verdict::holds},
                          {"detail", piece.detail},
                          {"seconds", piece.seconds}});
    const Claim& claim = *result.claim;
    all.push_back({{"id", claim.id},
                   {"area", claim.area()},
                   {"subject", claim.subject()},
                   {"title", claim.title},
                   {"source", claim.source},
                   {"level", level_name(result)},
                   {"holds", result.holds},
                   {"slack", number_or_null(result.tightness.slack)},
                   {"ratio", number_or_null(result.tightness.ratio)},
                   {"evidence", std::move(evidence)},
                   {"mutants",
                    {{"tried", result.mutants.size()},
                     {"caught", result.mutants_caught()},
                     {"names", result.mutants},
                     {"survived", result.mutants_survived}}},
                   {"pictures", json_of(result.pictures)},
                   {"seconds", result.seconds}});
    holding += result.holds ? 1 : 0;
    ++by_level[level_name(result)];
    mutants += result.mutants.size();
    mutants_caught += result.mutants_caught();
  }
  nlohmann::ordered_json levels_found = nlohmann::ordered_json::object();
  for (const Level level : levels)
    if (by_level.contains(to_string(level))) levels_found[to_string(level)] = by_level[to_string(level)];
  const nlohmann::ordered_json report = {{"touchstone", TOUCHSTONE_VERSION},
                                         {"seed", run.seed},
                                         {"patterns", run.patterns},
                                         {"shard", to_string(run.shard)},
                                         {"seconds", run.seconds},
                                         {"claims", std::move(all)},
                                         {"summary",
                                          {{"claims", results.size()},
                                           {"hold", holding},
                                           {"fail", static_cast<int>(results.size()) - holding},
                                           {"levels", std::move(levels_found)},
                                           {"mutants", {{"tried", mutants}, {"caught", mutants_caught}}}}}};
  return report.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string report_junit(const std::vector<ClaimResult>& results) {
  int failures = 0;
  for (const ClaimResult& result : results) failures += result.holds ? 0 : 1;
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += fmt::format("<testsuite name=\"touchstone\" tests=\"{}\" failures=\"{}\">\n", results.size(), failures);
  for (const ClaimResult& result : results) {
    const std::string name = result.claim->id.substr(result.claim->area().size() + 1);
    text += fmt::format("  <testcase classname=\"{}\" name=\"{}\" time=\"{:.3f}\"",
                        escaped_xml(result.claim->area()), escaped_xml(name), result.seconds);
    if (result.holds) {
      text += "/>\n";
      continue;
    }
    text += ">\n";
    for (const std::string& line : complaints(result))
      text += fmt::format("    <failure message=\"{}\"/>\n", escaped_xml(line));
    text += "  </testcase>\n";
  }
  return text + "</testsuite>\n";
}

}  // namespace touchstone::inline v0
