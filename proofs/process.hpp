#pragma once
/// \file
/// A program run to its end or to a deadline, its output captured.

#include <chrono>
#include <string>
#include <vector>

namespace touchstone::inline v0::proofs {

struct ProcessResult {
  enum class End { exited, signalled, timed_out, not_started };
  End end = End::not_started;
  int code = 0;        ///< exit status, signal number, or errno of the start
  std::string output;  ///< standard output and standard error, at most 16 MiB
  double seconds = 0;  ///< wall clock
};

/// Runs arguments[0], found on PATH, with empty standard input, in a process group of its own. At the deadline the
/// whole group is killed. Leaves no zombie and passes no descriptor on. Throws std::system_error where the system has
/// no pipe left.
[[nodiscard]] ProcessResult run_process(const std::vector<std::string>& arguments,
                                        std::chrono::duration<double> limit);

}  // namespace touchstone::inline v0::proofs
