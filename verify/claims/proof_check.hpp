#pragma once
/// \file
/// The obligations of a claim as evidence: z3 and cvc5 on the written files, near misses as mutants.

#include <string>

#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// Checks every obligation whose claim is the context's. Proved where both solvers refuted every negated goal; where
/// the second solver abstained, the first one alone counts as measured, and the abstention is shown. The twins, near
/// misses that must have a counterexample, are the mutants.
[[nodiscard]] Check proof_check();

}  // namespace touchstone::inline v0
