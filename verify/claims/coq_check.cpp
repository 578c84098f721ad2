#include "verify/claims/coq_check.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "proofs/bridge.hpp"
#include "proofs/coq_layer.hpp"

namespace touchstone::inline v0 {

namespace {

using proofs::CoqTheorem;
using proofs::CoqVerdict;

std::vector<CoqTheorem> theorems_of(const std::string& claim) {
  std::vector<CoqTheorem> all;
  std::ranges::copy_if(proofs::coq_theorems(), std::back_inserter(all), [&](const CoqTheorem& theorem) {
    return std::ranges::find(theorem.claims, claim) != theorem.claims.end();
  });
  return all;
}

Evidence evidence(const CoqVerdict& verdict, const std::string& what) {
  switch (verdict.answer) {
    case CoqVerdict::Answer::accepted:
      return {Layer::coq, Level::proved, Verdict::holds, what + "; " + verdict.words, verdict.seconds};
    case CoqVerdict::Answer::refused:
      return {Layer::coq, Level::proved, Verdict::fails, verdict.words, verdict.seconds};
    default:
      return {Layer::coq, std::nullopt, Verdict::undecided, verdict.words, verdict.seconds};
  }
}

CheckResult check_theorems(const CheckContext& context) {
  std::string names;
  for (const CoqTheorem& theorem : theorems_of(context.claim)) names += (names.empty() ? "" : ", ") + theorem.name;
  CheckResult result;
  result.evidence.push_back(evidence(proofs::coq_verdict(), names));
  return result;
}

/// The near misses are in the file: it compiles only where Coq refuses them.
CheckResult check_bridge(const CheckContext& /*context*/) {
  const std::vector<proofs::BridgeLemma> lemmas = proofs::bridge_lemmas();
  const CoqVerdict& verdict = proofs::coq_verdict();
  CheckResult result;
  result.evidence.push_back(evidence(verdict, fmt::format("{} lemmas of the bridge", lemmas.size())));
  if (verdict.answer == CoqVerdict::Answer::unavailable) return result;
  for (const proofs::BridgeLemma& lemma : lemmas) {
    if (!lemma.near_miss) continue;
    result.add_mutant(lemma.name + " plus one", verdict.answer == CoqVerdict::Answer::accepted);
  }
  return result;
}

}  // namespace

Claim with_coq(Claim claim) {
  const std::vector<CoqTheorem> theorems = theorems_of(claim.id);
  if (theorems.empty()) return claim;
  claim.checks.emplace_back(check_theorems, /*depends_on_seed=*/false);
  claim.derivation = [theorems, before = claim.derivation] {
    std::string text = before ? before() + "\n" : "";
    text += "--- in Coq (proofs/coq/Theorems.v)\n";
    for (const CoqTheorem& theorem : theorems) text += theorem.statement + "\n\n";
    return text;
  };
  return claim;
}

std::vector<Claim> bridge_claims() {
  return {{"proofs/coq/bridge",
           "the steps that Coq reasons about are the reference's",
           "E V after one and two steps of GD, L-SVRG, SAGA, DIANA, MARINA and a step of parallel GD with Top1, "
           "enumerated by the reference at rational states, is what the formal step gives",
           {},
           "derived",
           {{check_bridge, /*depends_on_seed=*/false}}}};
}

}  // namespace touchstone::inline v0
