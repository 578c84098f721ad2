#include "verify/oracle/conform/self_test.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "verify/in_order.hpp"
#include "verify/io/glob.hpp"
#include "verify/oracle/catalog/spec_error.hpp"
#include "verify/oracle/self_test/catalogue.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

using self_test::Specimen;

constexpr std::array all_ways{Way::injected, Way::replayed, Way::black_box};

std::vector<Subject> subjects_of_specimen(const std::vector<std::string>& command) {
  return Harness(command, ChildLimits{}).subjects();
}

ConformReport judged(const std::vector<std::string>& command, Way way, std::uint64_t seed, const Budget& budget) {
  ConformOptions options;
  options.command = command;
  options.judge.budget = budget;
  options.judge.seed = seed;
  options.judge.way = way;
  return conform(options);
}

/// What failed, as subject/contract.
std::vector<std::pair<std::string, const ContractResult*>> failures(const ConformReport& report) {
  std::vector<std::pair<std::string, const ContractResult*>> found;
  for (const SubjectResult& subject : report.subjects)
    for (const ContractResult& result : subject.contracts)
      if (result.verdict == Verdict::fails) found.emplace_back(subject.subject + "/" + result.contract, &result);
  return found;
}

SpecimenResult tested(const Specimen& specimen, const SelfTestOptions& options) {
  SpecimenResult result{specimen.id, specimen.fault, specimen.in_law, {}, {}};
  std::vector<std::string> command = options.command;
  command.push_back(specimen.id);
  const std::vector<Subject> subjects = subjects_of_specimen(command);
  for (const Way way : all_ways) {
    const bool supported = std::any_of(subjects.begin(), subjects.end(),
                                       [way](const Subject& subject) { return subject.supports(way); });
    if (!supported) continue;
    const Index seeds = specimen.fault.empty() ? options.seeds : 1;
    for (Index s = 0; s < seeds; ++s) {
      const std::uint64_t seed = options.first_seed + static_cast<std::uint64_t>(s);
      const ConformReport report = judged(command, way, seed, options.budget);
      WayFound found{way, {}, report.harness_failure.value_or(""), nullptr, 0};
      if (report.harness_failure) found.contracts.emplace_back("harness");
      for (const auto& [contract, failure] : failures(report)) {
        if (found.contracts.empty()) {
          found.detail = failure->detail;
          found.witness = failure->witness;
        }
        found.contracts.push_back(contract);
      }
      for (const SubjectResult& subject : report.subjects) found.calls += subject.calls;
      if (!specimen.fault.empty()) {
        result.ways.push_back(std::move(found));
      } else if (!found.contracts.empty()) {
        result.false_alarms.push_back(
            fmt::format("{}, seed {}: {}: {}", name_of(way), seed, found.contracts.front(), found.detail));
      }
    }
  }
  return result;
}

}  // namespace

bool SpecimenResult::supports(Way way) const {
  return std::any_of(ways.begin(), ways.end(), [way](const WayFound& found) { return found.way == way; });
}

bool SpecimenResult::caught(Way way) const {
  return std::any_of(ways.begin(), ways.end(),
                     [way](const WayFound& found) { return found.way == way && !found.contracts.empty(); });
}

std::vector<SpecimenResult> run_self_test(const SelfTestOptions& options,
                                          const std::function<void(const SpecimenResult&)>& finished) {
  std::vector<const Specimen*> selected;
  for (const Specimen& specimen : self_test::catalogue())
    if (selected_by(options.patterns, specimen.id)) selected.push_back(&specimen);
  for (const std::string& pattern : options.patterns)
    if (std::none_of(selected.begin(), selected.end(),
                     [&](const Specimen* one) { return matches(pattern, one->id); }))
      throw spec_error(
          fmt::format("found '{}', which matches no specimen; 'touchstone specimen --list' names them", pattern));
  std::vector<SpecimenResult> results;
  run_in_order(
      selected.size(), options.jobs, [&](std::size_t k) { return tested(*selected[k], options); },
      [&](SpecimenResult result) {
        finished(result);
        results.push_back(std::move(result));
      });
  return results;
}

SelfTestCounts counts_of(const std::vector<SpecimenResult>& results) {
  SelfTestCounts counts;
  for (const SpecimenResult& result : results) {
    if (result.fault.empty()) {
      ++counts.correct;
      counts.false_alarms += result.false_alarms.empty() ? 0 : 1;
      continue;
    }
    ++counts.faulty;
    counts.wrong_in_law += result.in_law && result.supports(Way::injected) ? 1 : 0;
    counts.caught_injected += result.caught(Way::injected) ? 1 : 0;
    counts.wrong_in_law_caught_injected += result.in_law && result.caught(Way::injected) ? 1 : 0;
    counts.caught_replayed += result.caught(Way::replayed) ? 1 : 0;
    counts.caught_black_box += result.caught(Way::black_box) ? 1 : 0;
  }
  return counts;
}

}  // namespace touchstone::inline v0::oracle::conformance
