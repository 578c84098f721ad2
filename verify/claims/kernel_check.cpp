#include "verify/claims/kernel_check.hpp"

namespace touchstone::inline v0 {

using namespace proofs::kernel;  // NOLINT(google-build-using-namespace)

const Row& kernel_row(const std::string& claim) {
  for (const Row& row : rows())
    if (row.claim == claim) return row;
  throw std::logic_error("the kernel has no argument for " + claim);
}

void try_near_misses(const Row& row, CheckResult& result) {
  for (const Change& change : row.near_misses) {
    ++result.mutants_tried;
    try {
      (void)row.derive(change);
      result.mutants_survived.push_back(fmt::format("{} times {}", change.factor.str(), change.constant));
    } catch (const proof_error&) {
      continue;  // refused, as it should be
    }
  }
}

std::string summary(const Argument& argument, const Ledger& ledger) {
  return fmt::format("{} statements from {} hypotheses, which hold in {} states of the reference",
                     argument.statements().size(), argument.hypotheses().size(), ledger.models());
}

}  // namespace touchstone::inline v0
