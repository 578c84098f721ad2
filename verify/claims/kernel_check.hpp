#pragma once
/// \file
/// The kernel's argument as evidence for a row: it derives the row for all dimensions, all numbers of workers and all
/// parameters, and on exact cases its hypotheses hold and its two sides are those of the step's enumerated outcomes. That ties the
/// argument to the code.

#include "proofs/rows/rows.hpp"
#include "proofs/theory/ledger.hpp"
#include "verify/claims/row_models.hpp"

namespace touchstone::inline v0 {

/// The argument that is evidence for a claim. Throws std::logic_error where there is none.
[[nodiscard]] const proofs::kernel::Row& kernel_row(const std::string& claim);

/// Every near miss must be refused by the kernel; adds them to the mutants.
void try_near_misses(const proofs::kernel::Row& row, CheckResult& result);

/// One line: how many statements from how many hypotheses.
[[nodiscard]] std::string summary(const proofs::kernel::Argument& argument, const proofs::kernel::Ledger& ledger);

namespace detail {

/// Compares a statement's sides with those enumerated.
inline void compare_sides(Inspection& inspection, const proofs::kernel::Argument& argument,
                          const proofs::kernel::Model& model, const std::string& label, const Rational& left,
                          const Rational& right, const std::string& where) {
  for (const proofs::kernel::Statement& statement : argument.statements()) {
    if (statement.label != label) continue;
    inspection.equal(model.value(statement.inequality.left), left, [&] { return where + " " + label + " left"; });
    inspection.equal(model.value(statement.inequality.right), right,
                     [&] { return where + " " + label + " right"; });
  }
}

}  // namespace detail

/// The claim with the kernel's argument among its checks, and for `explain`.
template <class Method>
[[nodiscard]] Claim with_kernel(Claim claim, RowCases<Method> cases) {
  using namespace proofs::kernel;  // NOLINT(google-build-using-namespace)
  claim.checks.push_back([cases](const CheckContext& context) {
    const Row& row = kernel_row(context.claim);
    const std::unique_ptr<Argument> argument = row.derive({});
    Seeded random = context.random("kernel");
    Inspection inspection;
    Ledger ledger;
    for (const RowCase<Method>& at : cases(random)) {
      const Model model = model_of(at);
      const AssumptionSides<Rational> sides = sides_at(at, {});
      ledger.add(*argument, model, at.where);
      detail::compare_sides(inspection, *argument, model, "(K2) second moment", sides.second_moment,
                            sides.second_moment_bound, at.where);
      detail::compare_sides(inspection, *argument, model, "(K3) next sigma^2", sides.next_sigma_squared,
                            sides.next_sigma_bound, at.where);
    }
    inspection.holds(ledger.violation().empty(), [&] { return ledger.violation(); });
    const Finding finding = inspection.finding(summary(*argument, ledger));
    CheckResult result;
    const std::string witness = finding.witness.empty() ? "" : "; " + finding.witness;
    result.evidence.push_back({Layer::kernel, Level::proved, finding.verdict, finding.detail + witness});
    try_near_misses(row, result);
    return result;
  });
  claim.derivation = [cases, id = claim.id] {
    const std::unique_ptr<Argument> argument = kernel_row(id).derive({});
    Seeded random = CheckContext{1, id}.random("kernel");
    Ledger ledger;
    for (const RowCase<Method>& at : cases(random)) ledger.add(*argument, model_of(at), at.where);
    return to_text(*argument) + "\n" + ledger.to_text();
  };
  return claim;
}

}  // namespace touchstone::inline v0
