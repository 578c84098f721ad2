#include "proofs/check.hpp"

#include <algorithm>
#include <stdexcept>

#include "proofs/multipliers.hpp"
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

/// z3 without one hypothesis.
OmissionVerdict decide(const Omission& omission, const SolverRun& run) {
  const bool failed = run.answer == Answer::sat;
  return {omission, run.answer, failed ? model_text(run.output) : "", run.words};
}

/// Whether one wrong multiplier is noticed, wherever it is.
bool refuses_tampering(const Combination& combination, const std::vector<Rational>& multipliers) {
  for (std::size_t k = 0; k < multipliers.size(); ++k) {
    std::vector<Rational> changed = multipliers;
    changed[k] += ratio<Rational>(1, 1000);
    if (!combination.products[k].value.empty() && refusal(combination, changed).empty()) return false;
  }
  return true;
}

CertificateVerdict check(const Combination& combination, const SolverRun& run) {
  CertificateVerdict verdict;
  if (run.answer != Answer::sat) {
    verdict.refusal = "multipliers were to be found: " + run.words;
    return verdict;
  }
  try {
    verdict.multipliers = multipliers_in(run.output, combination.products.size());
  } catch (const std::invalid_argument& error) {
    verdict.refusal = error.what();
    return verdict;
  }
  verdict.refusal = refusal(combination, verdict.multipliers);
  if (needs_multipliers(combination)) verdict.formula = readable(combination, verdict.multipliers);
  verdict.tampering_was_refused = refuses_tampering(combination, verdict.multipliers);
  return verdict;
}

/// Where no multiplier is needed, what a solver would say of it.
SolverRun nothing_to_find() {
  SolverRun run;
  run.answer = Answer::sat;
  return run;
}

}  // namespace

std::size_t ObligationResult::twins_refuted() const {
  return static_cast<std::size_t>(
      std::ranges::count_if(twins, [](const TwinVerdict& twin) { return twin.answer == Answer::sat; }));
}

bool ObligationResult::certified() const {
  return !certificates.empty() && std::ranges::all_of(certificates, &CertificateVerdict::proves);
}

std::string ObligationResult::failure() const {
  const std::string failed = solver_failure();
  return failed.empty() ? certificate_failure() : failed;
}

std::string ObligationResult::solver_failure() const {
  if (z3.answer != Answer::unsat) return id + ": z3 was to refute the negated goal: " + z3.words;
  if (cvc5.answer == Answer::sat) return id + ": cvc5 contradicts z3: sat, in the " + cvc5.form + " form";
  if (hypotheses != Answer::sat) return id + ": the hypotheses were to have a model: " + hypotheses_words;
  if (twins.empty()) return id + ": has no twin, so nothing shows that it could fail";
  for (const TwinVerdict& twin : twins)
    if (twin.answer != Answer::sat) return id + ": the twin " + twin.name + " was to be satisfiable: " + twin.words;
  for (const OmissionVerdict& o : omissions)
    if (!o.as_declared())
      return id + ": the hypothesis " + o.omission.hypothesis + " was to be " + to_string(o.omission.declared) +
             ", without it: " + o.words;
  return {};
}

std::string ObligationResult::certificate_failure() const {
  for (const CertificateVerdict& certificate : certificates)
    if (!certificate.proves()) return id + ": the certificate was to prove the goal: " + certificate.refusal;
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
  result.z3_seconds = result.z3.seconds;
  result.cvc5 = decide(Solver::cvc5, hinted_first, limits);
  result.cvc5_seconds = result.cvc5.seconds;

  const auto ask_z3 = [&] {
    SolverRun run = run_solver(Solver::z3, *path++, limits);
    result.z3_seconds += run.seconds;
    return run;
  };
  const SolverRun model = ask_z3();
  result.hypotheses = model.answer;
  result.hypotheses_words = model.words;
  if (model.answer == Answer::sat) result.model = model_text(model.output);
  for (const Twin& twin : obligation.twins) {
    const SolverRun run = ask_z3();
    const bool refuted = run.answer == Answer::sat;
    result.twins.push_back({twin.name, twin.change, run.answer, refuted ? model_text(run.output) : "", run.words});
  }
  for (const Omission& omission : obligation.omissions) result.omissions.push_back(decide(omission, ask_z3()));
  for (const Combination& combination : obligation.combinations) {
    const bool asks = needs_multipliers(combination);
    const SolverRun run = asks ? run_solver(Solver::z3, *path++, limits) : nothing_to_find();
    result.certificate_seconds += run.seconds;
    result.certificates.push_back(check(combination, run));
  }
  return result;
}

ObligationResult check_obligation(const Obligation& obligation, const SolverLimits& limits) {
  const TemporaryDirectory directory;
  return check_obligation(obligation, directory.path(), limits);
}

}  // namespace touchstone::inline v0::proofs
