#pragma once
/// \file
/// What can be read off the signs of variables and sums, without a solver.

#include <optional>

#include "proofs/formula.hpp"
#include "proofs/quotient.hpp"

namespace touchstone::inline v0::proofs {

/// Adds what the hypothesis says, if it bounds a variable or a sum from below by a constant that is not negative.
void learn(Signs& known, const Formula& hypothesis);

/// The answer to a comparison wherever the signs hold. None says nothing.
[[nodiscard]] std::optional<bool> decided_by_signs(const Formula& comparison, const Signs& known);

}  // namespace touchstone::inline v0::proofs
