#include "proofs/certificate/certificate.hpp"

namespace touchstone::inline v0::proofs {

std::vector<CertificateMutant> certificate_mutants(const CertificateProblem& problem,
                                                   const StoredCertificate& stored) {
  std::vector<CertificateMutant> mutants;
  const Rational below = ratio<Rational>(999, 1000);
  const auto mutant = [&](const std::string& name) -> CertificateMutant& {
    return mutants.emplace_back(CertificateMutant{name, problem, stored});
  };
  mutant("a rate is promised that the witness excludes").problem.stated_rate = below * stored.witness.bound;
  mutant("the rate is lowered").stored.certificate.rate *= below;
  for (const auto& [name, multiplier] : stored.certificate.multipliers) {
    mutant("the multiplier of " + name + " is changed").stored.certificate.multipliers[name] += 1 - below;
    mutant("the multiplier of " + name + " is missing").stored.certificate.multipliers.erase(name);
    if (multiplier == 0) continue;
    CertificateMutant& dropped = mutant(name + " is not assumed");
    std::erase_if(dropped.problem.hypotheses,
                  [&dropped_name = name](const auto& h) { return h.name == dropped_name; });
    dropped.stored.certificate.multipliers.erase(name);
  }
  for (const auto& [name, P] : stored.certificate.matrices)
    mutant("the matrix of " + name + " has a negative pivot").stored.certificate.matrices[name](0, 0) =
        -1 - P(0, 0);
  mutant("the witness claims more").stored.witness.bound = problem.stated_rate + 1;
  return mutants;
}

}  // namespace touchstone::inline v0::proofs
