#include "verify/program/self_test_report.hpp"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/program/console.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

/// Of a fault: i, r, b for the ways that catch it, - for those that do not, a point for those there are not.
std::string ways_of(const SpecimenResult& result) {
  constexpr std::array ways{Way::injected, Way::replayed, Way::black_box};
  std::string text;
  for (const Way way : ways) {
    const char letter = name_of(way)[0];
    text += result.caught(way) ? std::string(1, letter) : result.supports(way) ? "-" : ".";
  }
  return text;
}

std::string without_subject(const std::string& contract) {
  return contract.substr(contract.rfind('/') + 1);
}

Json row_of(const SpecimenResult& result) {
  Json row = {{"id", result.id}, {"correct", result.fault.empty()}};
  if (result.fault.empty()) {
    row["false_alarms"] = result.false_alarms;
    return row;
  }
  row["fault"] = result.fault;
  row["wrong_in_law"] = result.in_law;
  for (const WayFound& found : result.ways)
    row["ways"].push_back({{"way", name_of(found.way)},
                           {"contracts", found.contracts},
                           {"detail", found.detail},
                           {"witness", found.witness},
                           {"calls", found.calls}});
  return row;
}

}  // namespace

std::string self_test_line(const SpecimenResult& result) {
  constexpr std::size_t width = 80;
  std::string line;
  Colour colour = Colour::green;
  if (result.fault.empty()) {
    line = fmt::format("{:<6} {:<44}", result.false_alarms.empty() ? "passes" : "ALARM", result.id);
    if (!result.false_alarms.empty()) line += " " + result.false_alarms.front();
    if (!result.false_alarms.empty()) colour = Colour::red;
  } else {
    line = fmt::format("{:<6} {:<44}", ways_of(result), result.id);
    for (const WayFound& found : result.ways) {
      if (found.contracts.empty()) continue;
      line += " " + without_subject(found.contracts.front());
      break;
    }
    if (!result.caught(Way::black_box) || (result.in_law && !result.caught(Way::injected))) colour = Colour::yellow;
  }
  if (line.size() > width) line = line.substr(0, width - 3) + "...";
  const std::size_t end = line.find(' ');
  return coloured(line.substr(0, end), colour) + line.substr(end) + "\n";
}

std::string self_test_summary(const SelfTestCounts& counts) {
  return fmt::format(
      "\n{} faulty implementations\n"
      "  wrong in law or step         {:>4}, of them caught by injected choices {}\n"
      "  caught by injected choices   {:>4}\n"
      "  caught by replayed choices   {:>4}\n"
      "  caught in the black box      {:>4}, {:.1f} %\n"
      "{} right ones, of them called wrong {}\n",
      counts.faulty, counts.wrong_in_law, counts.wrong_in_law_caught_injected, counts.caught_injected,
      counts.caught_replayed, counts.caught_black_box,
      counts.faulty == 0
          ? 0.0
          : 100.0 * static_cast<double>(counts.caught_black_box) / static_cast<double>(counts.faulty),
      counts.correct, counts.false_alarms);
}

std::string self_test_json(const std::vector<SpecimenResult>& results) {
  const SelfTestCounts counts = counts_of(results);
  Json table = Json::array();
  for (const SpecimenResult& result : results) table.push_back(row_of(result));
  const Json document = {{"faulty",
                          {{"tried", counts.faulty},
                           {"wrong_in_law", counts.wrong_in_law},
                           {"wrong_in_law_caught_injected", counts.wrong_in_law_caught_injected},
                           {"caught_injected", counts.caught_injected},
                           {"caught_replayed", counts.caught_replayed},
                           {"caught_black_box", counts.caught_black_box}}},
                         {"correct", {{"tried", counts.correct}, {"false_alarms", counts.false_alarms}}},
                         {"table", table}};
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

bool as_good_as_promised(const SelfTestCounts& counts) {
  return counts.wrong_in_law_caught_injected == counts.wrong_in_law &&
         20 * counts.caught_black_box >= 19 * counts.faulty && counts.false_alarms == 0;
}

}  // namespace touchstone::inline v0::oracle::conformance
