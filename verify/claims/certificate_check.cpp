#include "verify/claims/certificate_check.hpp"

#include <fmt/format.h>

#include "proofs/certificate/certificate.hpp"

namespace touchstone::inline v0 {

Check certificate_check() {
  const auto check = [](const CheckContext& context) {
    CheckResult result;
    Inspection inspection;
    std::string certified;
    for (const proofs::CertificateProblem& problem : proofs::certificate_problems()) {
      if (problem.claim != context.claim) continue;
      const proofs::StoredCertificate stored = proofs::stored_certificate(problem);
      const proofs::CheckedCertificate checked = proofs::check_certificate(problem, stored);
      inspection.holds(checked.holds, [&] { return problem.id + ": " + checked.reason; });
      inspection.less_equal(stored.certificate.rate, problem.stated_rate, [&] { return problem.id; });
      certified += (certified.empty() ? "" : "; ") + problem.id + ": " + checked.reason;
      for (const proofs::CertificateMutant& mutant : proofs::certificate_mutants(problem, stored)) {
        result.add_mutant(problem.id + ": " + mutant.name,
                          !proofs::check_certificate(mutant.problem, mutant.stored).holds);
      }
    }
    const Finding finding = inspection.finding(certified);
    const std::string witness = finding.witness.empty() ? "" : "; " + finding.witness;
    result.tightness = finding.tightness;
    result.evidence.push_back({Layer::certificate, Level::certificate, finding.verdict, finding.detail + witness});
    return result;
  };
  return {check, /*depends_on_seed=*/false};
}

}  // namespace touchstone::inline v0
