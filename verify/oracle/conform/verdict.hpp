#pragma once
/// \file
/// What the oracle finds about an implementation, contract by contract.

#include <optional>
#include <string>
#include <vector>

#include "verify/oracle/catalog/json_spec.hpp"
#include "verify/oracle/conform/subject.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// acceptable: a freedom that the method leaves. undecided: the budget ended before the evidence sufficed; neither good nor bad.
/// xfail: it fails, as its owner says it does; xpass: it was to fail and does not.
enum class Verdict { holds, acceptable, skip, undecided, fails, xfail, xpass };

[[nodiscard]] const char* name_of(Verdict verdict);

struct ContractResult {
  std::string contract;
  Verdict verdict = Verdict::holds;
  std::optional<Way> way;  ///< by which it was judged; none for what needs no random choices
  std::string detail;      ///< a line: the figure that decided, or why it was skipped
  Json witness;            ///< of a failure: the request, what came back, what is allowed; null otherwise
};

struct SubjectResult {
  std::string subject;
  std::vector<ContractResult> contracts;
  Index calls = 0;
};

struct ConformReport {
  std::string implementation;
  std::vector<SubjectResult> subjects;
  double error_probability = 0;
  std::optional<std::string> harness_failure;  ///< what the harness did, where it did not last to the end
};

}  // namespace touchstone::inline v0::oracle::conformance
