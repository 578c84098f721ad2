#pragma once
/// \file
/// What the check of an obligation found, for people: the certificate as on paper, and which hypotheses it needs.

#include <string>

#include "proofs/check.hpp"

namespace touchstone::inline v0::proofs {

/// Lines of at most 80 columns, as far as a single word is not longer. Every name in brackets stands for the slack of
/// that hypothesis, the larger side minus the smaller. Counterexamples of few variables are shown.
[[nodiscard]] std::string page(const ObligationResult& result);

}  // namespace touchstone::inline v0::proofs
