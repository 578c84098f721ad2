#pragma once
/// \file
/// SMT solvers as subprocesses. A file goes in, an answer and the solver's own words come out.
///
/// The binaries are `z3` and `cvc5` on PATH, or what TOUCHSTONE_Z3 and TOUCHSTONE_CVC5 name. Work is limited twice: by
/// the solver's own resource counter, which is the same on every machine, and by a wall clock that kills a solver that
/// does not keep to it. Safe to call from several threads at once.

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "proofs/obligation.hpp"

namespace touchstone::inline v0::proofs {

enum class Solver { z3, cvc5 };

[[nodiscard]] std::string to_string(Solver solver);

struct SolverLimits {
  std::uint64_t z3_rlimit = 20'000'000;  ///< z3's units; 0 is no limit
  std::uint64_t cvc5_rlimit = 200'000;   ///< cvc5's units; 0 is no limit
  double wall_seconds = 60;              ///< the process is killed after this many seconds
};

struct SolverRun {
  Answer answer = Answer::died;
  std::string output;  ///< standard output and standard error, in the order they came
  std::string words;   ///< one line: the answer, and the reason where it is unknown or died
  double seconds = 0;  ///< wall clock
};

/// Runs the solver on an SMT-LIB file. Never throws for what the solver does: a missing binary, a crash and a kill are
/// Answer::died with a line that says so. Throws std::system_error where no pipe can be made.
[[nodiscard]] SolverRun run_solver(Solver solver, const std::filesystem::path& file,
                                   const SolverLimits& limits = {});

/// Name and version as the solver prints them, or why there is none.
[[nodiscard]] std::string solver_version(Solver solver);

/// The model in a solver's output, in the order it was printed: names and values, fractions as 1/2, algebraic numbers in
/// the solver's notation. Empty where there is none.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> model_values(const std::string& solver_output);

/// "gamma = 1/2, mu = 1": the same on one line.
[[nodiscard]] std::string model_text(const std::string& solver_output);

}  // namespace touchstone::inline v0::proofs
