#pragma once
/// \file
/// The obligations of a claim as evidence: z3, cvc5 and certificates on the written files.

#include <string>

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// Checks every obligation whose claim is the context's. Every layer that decided all of them is evidence of its own:
/// z3; cvc5; certificates, whose multipliers z3 finds but exact arithmetic checks. One that abstained says where and
/// bears no level. Mutants: the twins, near misses that must have a counterexample; every needed hypothesis, left out;
/// every certificate, with a multiplier changed.
[[nodiscard]] Check proof_check();

/// The certificates and the needed hypotheses of a claim's obligations, which are checked for it. Empty where the claim
/// has none.
[[nodiscard]] std::string proof_pages(const std::string& claim);

}  // namespace touchstone::inline v0
