#pragma once
/// \file
/// The multipliers of a combination as a question of linear arithmetic, and out of the answer.

#include <string>
#include <vector>

#include "proofs/obligation.hpp"

namespace touchstone::inline v0::proofs {

/// False where the goal says 0 = 0 or 0 <= 0: no multiplier is needed.
[[nodiscard]] bool needs_multipliers(const Combination& combination);

/// Signs of the multipliers c1, c2, ..., and an equation for every monomial.
[[nodiscard]] Question multipliers_question(const Combination& combination);

/// In a solver's output, zero where it names none. Throws std::invalid_argument for values that are no fractions.
[[nodiscard]] std::vector<Rational> multipliers_in(const std::string& solver_output, std::size_t count);

}  // namespace touchstone::inline v0::proofs
