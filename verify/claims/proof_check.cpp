#include "verify/claims/proof_check.hpp"

#include <fmt/format.h>

#include "proofs/check.hpp"

namespace touchstone::inline v0 {

namespace {

const std::vector<proofs::Obligation>& all_obligations() {
  static const std::vector<proofs::Obligation> all = proofs::obligations();
  return all;
}

/// What the obligations of one claim came to.
struct Tally {
  int obligations = 0;
  int agreed = 0;  ///< refuted by cvc5 too
  std::string failure;
  std::string abstention;
  std::string model;
  double z3_seconds = 0;
  double cvc5_seconds = 0;

  void add(const proofs::ObligationResult& result) {
    ++obligations;
    z3_seconds += result.z3_seconds;
    cvc5_seconds += result.cvc5_seconds;
    if (failure.empty()) failure = result.failure();
    if (model.empty()) model = result.model;
    if (result.cvc5.answer == proofs::Answer::unsat)
      ++agreed;
    else if (abstention.empty())
      abstention = result.id + ": " + result.cvc5.words;
  }
};

}  // namespace

Check proof_check() {
  return [](const CheckContext& context) {
    CheckResult result;
    Tally tally;
    for (const proofs::Obligation& obligation : all_obligations()) {
      if (obligation.claim != context.claim) continue;
      const proofs::ObligationResult found = proofs::check_obligation(obligation);
      tally.add(found);
      for (const proofs::TwinVerdict& twin : found.twins) {
        ++result.mutants_tried;
        if (twin.answer != proofs::Answer::sat) result.mutants_survived.push_back(obligation.id + ": " + twin.name);
      }
    }
    if (tally.obligations == 0) throw std::logic_error("no obligation belongs to " + context.claim);
    const bool both = tally.agreed == tally.obligations;
    result.evidence.push_back(
        {Layer::z3, both ? Level::proved : Level::measured, tally.failure.empty() ? Verdict::holds : Verdict::fails,
         tally.failure.empty() ? fmt::format("{} unsat{}", tally.obligations,
                                             tally.model.empty() ? "" : "; hypotheses hold for " + tally.model)
                               : tally.failure,
         tally.z3_seconds});
    Evidence second{Layer::cvc5, std::nullopt, Verdict::undecided, {}, tally.cvc5_seconds};
    if (both) second.level = Level::proved;
    if (both) second.verdict = Verdict::holds;
    second.detail = both ? fmt::format("{} unsat", tally.agreed)
                         : fmt::format("{} of {} unsat; {}", tally.agreed, tally.obligations, tally.abstention);
    result.evidence.push_back(std::move(second));
    return result;
  };
}

}  // namespace touchstone::inline v0
