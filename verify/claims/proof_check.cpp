#include "verify/claims/proof_check.hpp"

#include <fmt/format.h>

#include "proofs/check.hpp"
#include "proofs/page.hpp"

namespace touchstone::inline v0 {

namespace {

const std::vector<proofs::Obligation>& all_obligations() {
  static const std::vector<proofs::Obligation> all = proofs::obligations();
  return all;
}

/// What a layer decided of the obligations of one claim.
struct Tally {
  int decided = 0;
  std::string abstention;  ///< why it did not decide the first that it did not
  double seconds = 0;

  void add(bool did, const std::string& otherwise, double took) {
    seconds += took;
    if (did)
      ++decided;
    else if (abstention.empty())
      abstention = otherwise;
  }

  /// Proved where every obligation was decided, else a second opinion that abstained.
  [[nodiscard]] Evidence evidence(Layer layer, int obligations, const std::string& what) const {
    if (decided == obligations)
      return {layer, Level::proved, Verdict::holds, fmt::format("{} {}", decided, what), seconds};
    return {layer, std::nullopt, Verdict::undecided,
            fmt::format("{} of {} {}; {}", decided, obligations, what, abstention), seconds};
  }
};

struct Tallies {
  int obligations = 0;
  Tally z3, cvc5, certificate;
  std::string solver_failure;
  std::string certificate_failure;
  std::string model;

  void add(const proofs::ObligationResult& result) {
    ++obligations;
    z3.add(true, "", result.z3_seconds);
    cvc5.add(result.cvc5.answer == proofs::Answer::unsat, result.id + ": " + result.cvc5.words,
             result.cvc5_seconds);
    certificate.add(result.certified(), result.id + ": goes by cases", result.certificate_seconds);
    if (solver_failure.empty()) solver_failure = result.solver_failure();
    if (certificate_failure.empty()) certificate_failure = result.certificate_failure();
    if (model.empty()) model = result.model;
  }

  /// z3 always; cvc5 where it decided or abstained; certificates where there are any.
  [[nodiscard]] std::vector<Evidence> evidence() const {
    std::vector<Evidence> all{
        z3.evidence(Layer::z3, obligations, model.empty() ? "unsat" : "unsat; hypotheses hold for " + model)};
    if (!solver_failure.empty()) all.back().verdict = Verdict::fails;
    if (!solver_failure.empty()) all.back().detail = solver_failure;
    all.push_back(cvc5.evidence(Layer::cvc5, obligations, "unsat"));
    if (!certificate_failure.empty())
      all.push_back({Layer::certificate, Level::proved, Verdict::fails, certificate_failure, certificate.seconds});
    else if (certificate.decided > 0)
      all.push_back(certificate.evidence(Layer::certificate, obligations,
                                         "added up to the goals, in exact arithmetic without a solver"));
    return all;
  }
};

void add_mutants(CheckResult& result, const proofs::ObligationResult& found) {
  const auto add = [&](bool caught, const std::string& name) {
    result.add_mutant(fmt::format("{}: {}", found.id, name), caught);
  };
  for (const proofs::TwinVerdict& twin : found.twins) add(twin.answer == proofs::Answer::sat, twin.name);
  for (const proofs::OmissionVerdict& o : found.omissions)
    if (o.omission.declared == proofs::Need::needed) add(o.as_declared(), "without " + o.omission.hypothesis);
  for (const proofs::CertificateVerdict& certificate : found.certificates)
    if (!certificate.multipliers.empty()) add(certificate.tampering_was_refused, "a wrong multiplier");
}

/// Calls visit(result) for every obligation of the claim; returns how many there are.
template <class Visit>
std::size_t check_obligations(const std::string& claim, Visit&& visit) {
  std::size_t count = 0;
  for (const proofs::Obligation& obligation : all_obligations()) {
    if (obligation.claim != claim) continue;
    visit(proofs::check_obligation(obligation));
    ++count;
  }
  return count;
}

}  // namespace

Check proof_check() {
  const auto check = [](const CheckContext& context) {
    CheckResult result;
    Tallies tallies;
    const std::size_t obligations = check_obligations(context.claim, [&](const proofs::ObligationResult& found) {
      tallies.add(found);
      add_mutants(result, found);
    });
    if (obligations == 0) throw std::logic_error("no obligation belongs to " + context.claim);
    result.evidence = tallies.evidence();
    return result;
  };
  return {check, /*depends_on_seed=*/false};
}

std::string proof_pages(const std::string& claim) {
  std::string text;
  check_obligations(claim, [&](const proofs::ObligationResult& found) { text += proofs::page(found); });
  return text;
}

}  // namespace touchstone::inline v0
