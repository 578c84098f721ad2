#pragma once
/// \file
/// An implementation, judged: all its subjects, all contracts that apply to them.

#include "verify/oracle/conform/judge.hpp"

namespace touchstone::inline v0::oracle::conformance {

struct ConformOptions {
  std::vector<std::string> command;  ///< the harness
  ChildLimits limits;
  JudgeOptions judge;
  double error_probability = 1e-9;    ///< of calling a right implementation wrong, over the whole run
  std::vector<std::string> subjects;  ///< only these; all without any
};

/// Throws command_error where the command cannot be run, spec_error for a subject that it does not have and a
/// pattern that no contract matches. What the harness does wrong is
/// in the report.
[[nodiscard]] ConformReport conform(const ConformOptions& options);

/// Whether a contract fails, or the harness did.
[[nodiscard]] bool any_failure(const ConformReport& report);

}  // namespace touchstone::inline v0::oracle::conformance
