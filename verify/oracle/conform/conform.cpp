#include "verify/oracle/conform/conform.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/io/glob.hpp"
#include "verify/oracle/catalog/spec_error.hpp"

namespace touchstone::inline v0::oracle::conformance {

namespace {

using Deadline = std::chrono::steady_clock::time_point;

SubjectResult judged(Harness& harness, const Subject& subject, const ConformOptions& options, ErrorLedger& ledger,
                     Deadline deadline) {
  switch (subject.kind) {
    case SubjectKind::compressor:
      return judge_compressor(harness, subject, options.judge, ledger, deadline);
    case SubjectKind::average:
      return judge_average(harness, subject, options.judge, ledger, deadline);
    case SubjectKind::error_feedback:
      return judge_error_feedback(harness, subject, options.judge, ledger, deadline);
    case SubjectKind::method:
      return judge_method(harness, subject, options.judge, ledger, deadline);
  }
  throw std::logic_error("a kind of subject that nobody judges");
}

void require_known(const std::vector<std::string>& wanted, const std::vector<Subject>& subjects) {
  for (const std::string& name : wanted) {
    const bool known =
        std::any_of(subjects.begin(), subjects.end(), [&](const Subject& one) { return one.name == name; });
    if (known) continue;
    std::vector<std::string> names;
    for (const Subject& one : subjects) names.push_back(one.name);
    throw spec_error(fmt::format("--subject: found '{}', the harness has {}", name, fmt::join(names, ", ")));
  }
}

/// A pattern that selects nothing would let anything pass.
void require_matched(const std::vector<std::string>& patterns, const ConformReport& report) {
  for (const std::string& pattern : patterns) {
    const bool matched =
        std::any_of(report.subjects.begin(), report.subjects.end(), [&](const SubjectResult& subject) {
          return std::any_of(subject.contracts.begin(), subject.contracts.end(),
                             [&](const ContractResult& result) { return matches(pattern, result.contract); });
        });
    if (!matched) throw spec_error(fmt::format("--contract: found '{}', which matches no contract", pattern));
  }
}

bool is_among(const std::vector<std::string>& wanted, const std::string& name) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
}

}  // namespace

ConformReport conform(const ConformOptions& options) {
  ConformReport report;
  report.error_probability = options.error_probability;
  const Deadline deadline = std::chrono::steady_clock::now() + options.judge.budget.time;
  ErrorLedger ledger(options.error_probability);
  try {
    Harness harness(options.command, options.limits);
    report.implementation = harness.implementation();
    require_known(options.subjects, harness.subjects());
    for (const Subject& subject : harness.subjects())
      if (is_among(options.subjects, subject.name))
        report.subjects.push_back(judged(harness, subject, options, ledger, deadline));
    harness.stop();
    require_matched(options.judge.contracts, report);
  } catch (const harness_failure& failure) {
    report.harness_failure = failure.what();
  } catch (const unsupported_call& failure) {
    report.harness_failure = fmt::format("a call that every harness has is not supported: {}", failure.what());
  } catch (const refused_call& failure) {
    report.harness_failure = fmt::format("a call that every harness has is refused: {}", failure.what());
  }
  return report;
}

bool any_failure(const ConformReport& report) {
  if (report.harness_failure) return true;
  for (const SubjectResult& subject : report.subjects)
    for (const ContractResult& result : subject.contracts)
      if (result.verdict == Verdict::fails || result.verdict == Verdict::xpass) return true;
  return false;
}

}  // namespace touchstone::inline v0::oracle::conformance
