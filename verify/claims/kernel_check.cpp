#include "verify/claims/kernel_check.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/ledger.hpp"

namespace touchstone::inline v0 {

namespace {

namespace kernel = proofs::kernel;

const kernel::Row& row_of(const std::string& claim) {
  for (const kernel::Row& row : kernel::rows())
    if (row.claim == claim) return row;
  throw std::logic_error("the kernel has no argument for " + claim);
}

/// Compares the statements' sides with those of the reference.
void compare(Inspection& inspection, const kernel::Argument& argument, const KernelCase& at) {
  for (const auto& [label, left, right] : at.sides)
    for (const kernel::Statement& statement : argument.statements()) {
      if (statement.label != label) continue;
      const auto where = [&, name = label] { return at.where + " " + name; };
      inspection.equal(at.model.value(statement.inequality.left), left, where);
      inspection.equal(at.model.value(statement.inequality.right), right, where);
    }
}

CheckResult check(const CheckContext& context, const KernelCases& cases) {
  const kernel::Row& row = row_of(context.claim);
  const std::unique_ptr<kernel::Argument> argument = row.derive({});
  Seeded random = context.random("kernel");
  Inspection inspection;
  kernel::Ledger ledger;
  for (const KernelCase& at : cases(random)) {
    ledger.add(*argument, at.model, at.where);
    compare(inspection, *argument, at);
  }
  inspection.holds(ledger.violation().empty(), [&] { return ledger.violation(); });
  const Finding finding = inspection.finding(
      fmt::format("{} statements from {} hypotheses, which hold in {} states of the reference",
                  argument->statements().size(), argument->hypotheses().size(), ledger.models()));
  CheckResult result;
  const std::string witness = finding.witness.empty() ? "" : "; " + finding.witness;
  result.evidence.push_back({Layer::kernel, Level::proved, finding.verdict, finding.detail + witness});
  for (const kernel::Change& change : row.near_misses) {
    bool refused = false;
    try {
      (void)row.derive(change);
    } catch (const kernel::proof_error&) {
      refused = true;
    }
    result.add_mutant(fmt::format("{} times {}", change.constant, change.factor.str()), refused);
  }
  return result;
}

std::string explanation(const std::string& claim, const KernelCases& cases) {
  const std::unique_ptr<kernel::Argument> argument = row_of(claim).derive({});
  Seeded random = CheckContext{1, claim}.random("kernel");
  kernel::Ledger ledger;
  for (const KernelCase& at : cases(random)) ledger.add(*argument, at.model, at.where);
  return "--- derivation, checked by the kernel\n" + kernel::to_text(*argument) + "\n" + ledger.to_text();
}

}  // namespace

KernelCases joined(std::vector<KernelCases> lists) {
  return [lists = std::move(lists)](Seeded& random) {
    std::vector<KernelCase> all;
    for (const KernelCases& list : lists)
      for (KernelCase& at : list(random)) all.push_back(std::move(at));
    return all;
  };
}

Claim with_kernel(Claim claim, const KernelCases& cases) {
  claim.checks.emplace_back([cases](const CheckContext& context) { return check(context, cases); });
  claim.derivation = [cases, id = claim.id] { return explanation(id, cases); };
  return claim;
}

}  // namespace touchstone::inline v0
