#include "proofs/check.hpp"

#include "proofs/temporary_directory.hpp"

namespace touchstone::inline v0::proofs {

namespace {

struct Form {
  std::string name;
  std::filesystem::path file;
};

/// Asks about one form after the other until one is decided.
SolverVerdict decide(Solver solver, const std::vector<Form>& forms, const SolverLimits& limits) {
  SolverVerdict verdict;
  for (const Form& form : forms) {
    const SolverRun run = run_solver(solver, form.file, limits);
    verdict.seconds += run.seconds;
    verdict.answer = run.answer;
    verdict.form = form.name;
    verdict.words = run.words;
    // A model of the hinted form is none of the hypotheses: it forgets what the monomials have to do with each other.
    if (form.name == "hinted" && run.answer == Answer::sat) {
      verdict.answer = Answer::unknown;
      verdict.words = to_string(solver) + " said: sat, of the hinted form, which decides nothing";
    }
    if (verdict.answer == Answer::unsat || verdict.answer == Answer::sat) break;
  }
  return verdict;
}

}  // namespace

std::size_t ObligationResult::twins_refuted() const {
  std::size_t refuted = 0;
  for (const TwinVerdict& twin : twins) refuted += twin.answer == Answer::sat ? 1 : 0;
  return refuted;
}

std::string ObligationResult::failure() const {
  if (z3.answer != Answer::unsat) return id + ": z3 was to refute the negated goal: " + z3.words;
  if (cvc5.answer == Answer::sat) return id + ": cvc5 contradicts z3: sat, in the " + cvc5.form + " form";
  if (hypotheses != Answer::sat) return id + ": the hypotheses were to have a model: " + hypotheses_words;
  if (twins.empty()) return id + ": has no twin, so nothing shows that it could fail";
  for (const TwinVerdict& twin : twins)
    if (twin.answer != Answer::sat) return id + ": the twin " + twin.name + " was to be satisfiable: " + twin.words;
  return {};
}

ObligationResult check_obligation(const Obligation& obligation, const std::filesystem::path& directory,
                                  const SolverLimits& limits) {
  const std::vector<std::filesystem::path> paths = write_obligation(obligation, directory);
  auto path = paths.begin();
  const Form raw{"raw", *path++};
  std::vector<Form> hinted;
  if (obligation.hinted) hinted.push_back({"hinted", *path++});

  ObligationResult result;
  result.id = obligation.id;
  result.claim = obligation.claim;
  std::vector<Form> raw_first{raw};
  raw_first.insert(raw_first.end(), hinted.begin(), hinted.end());
  std::vector<Form> hinted_first = hinted;
  hinted_first.push_back(raw);
  result.z3 = decide(Solver::z3, raw_first, limits);
  result.cvc5 = decide(Solver::cvc5, hinted_first, limits);
  result.cvc5_seconds = result.cvc5.seconds;

  const SolverRun model = run_solver(Solver::z3, *path++, limits);
  result.hypotheses = model.answer;
  result.hypotheses_words = model.words;
  if (model.answer == Answer::sat) result.model = model_text(model.output);
  result.z3_seconds = result.z3.seconds + model.seconds;
  for (const Twin& twin : obligation.twins) {
    const SolverRun run = run_solver(Solver::z3, *path++, limits);
    const bool refuted = run.answer == Answer::sat;
    result.twins.push_back({twin.name, twin.change, run.answer, refuted ? model_text(run.output) : "", run.words});
    result.z3_seconds += run.seconds;
  }
  return result;
}

ObligationResult check_obligation(const Obligation& obligation, const SolverLimits& limits) {
  const TemporaryDirectory directory;
  return check_obligation(obligation, directory.path(), limits);
}

}  // namespace touchstone::inline v0::proofs
