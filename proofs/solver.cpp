#include "proofs/solver.hpp"

#include <cstdlib>
#include <sstream>
#include <system_error>

#include "proofs/process.hpp"

namespace touchstone::inline v0::proofs {

namespace {

std::string binary(Solver solver) {
  // NOLINTNEXTLINE(concurrency-mt-unsafe): nothing here changes the environment
  const char* named = std::getenv(solver == Solver::z3 ? "TOUCHSTONE_Z3" : "TOUCHSTONE_CVC5");
  return named != nullptr && *named != '\0' ? named : to_string(solver);
}

std::string first_line(const std::string& text) {
  constexpr std::size_t most = 200;
  std::string line = text.substr(0, text.find('\n'));
  if (line.size() > most) line.replace(most, std::string::npos, " ...");
  return line;
}

std::string how_it_ended(const ProcessResult& process, const std::string& program, double wall_seconds) {
  std::ostringstream line;
  line << program;
  switch (process.end) {
    case ProcessResult::End::not_started:
      line << " could not be started: " << std::generic_category().message(process.code);
      return line.str();
    case ProcessResult::End::timed_out:
      line << " was killed after " << wall_seconds << " s";
      break;
    case ProcessResult::End::signalled:
      line << " died of signal " << process.code;
      break;
    case ProcessResult::End::exited:
      line << " ended with status " << process.code;
      break;
  }
  line << (process.output.empty() ? " and said nothing" : " and said: " + first_line(process.output));
  return line.str();
}

/// The answer, if the solver gave one before anything else but warnings.
Answer answer_in(const std::string& output, std::string& reason) {
  const auto says = [](const std::string& line, const char* what) { return line.find(what) != std::string::npos; };
  std::istringstream lines(output);
  for (std::string line; std::getline(lines, line);) {
    if (line == "unsat") return Answer::unsat;
    if (line == "sat") return Answer::sat;
    if (line.starts_with("unknown") || says(line, "resource") || says(line, "interrupted by")) {
      reason = line;
      return Answer::unknown;
    }
    if (!says(line, "WARNING") && !says(line, "warning")) break;
  }
  return Answer::died;
}

}  // namespace

std::string to_string(Solver solver) {
  return solver == Solver::z3 ? "z3" : "cvc5";
}

SolverRun run_solver(Solver solver, const std::filesystem::path& file, const SolverLimits& limits) {
  const std::string program = binary(solver);
  std::vector<std::string> arguments{program};
  std::string limit;
  if (solver == Solver::z3) {
    arguments.emplace_back("-smt2");
    limit = "rlimit=" + std::to_string(limits.z3_rlimit);
  } else {
    arguments.emplace_back("--lang=smt2");
    limit = "--rlimit=" + std::to_string(limits.cvc5_rlimit);
  }
  if ((solver == Solver::z3 ? limits.z3_rlimit : limits.cvc5_rlimit) != 0) arguments.push_back(limit);
  arguments.push_back(file.string());

  ProcessResult process = run_process(arguments, std::chrono::duration<double>(limits.wall_seconds));
  SolverRun run;
  run.seconds = process.seconds;
  std::string reason;
  if (process.end == ProcessResult::End::exited) run.answer = answer_in(process.output, reason);
  if (run.answer == Answer::died)
    run.words = how_it_ended(process, program, limits.wall_seconds);
  else if (run.answer == Answer::unknown)
    run.words = to_string(solver) + " said: " + reason + " (" + limit + ")";
  else
    run.words = to_string(run.answer);
  run.output = std::move(process.output);
  return run;
}

std::string solver_version(Solver solver) {
  const std::string program = binary(solver);
  const ProcessResult process = run_process({program, "--version"}, std::chrono::seconds(10));
  if (process.end == ProcessResult::End::exited && process.code == 0) return first_line(process.output);
  return how_it_ended(process, program, 10);
}

}  // namespace touchstone::inline v0::proofs
