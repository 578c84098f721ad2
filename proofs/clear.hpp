#pragma once
/// \file
/// Formulas without division. Both sides of a comparison are multiplied by the denominators in it, which the
/// hypotheses must show to be positive; otherwise the comparison keeps the form in which the theory writes it.

#include "proofs/formula.hpp"
#include "proofs/quotient.hpp"

namespace touchstone::inline v0::proofs {

/// An equivalent formula, wherever the signs hold, that divides by constants only. Throws std::logic_error where a
/// denominator is not certainly positive.
[[nodiscard]] Formula without_division(const Formula& f, const Signs& signs);

/// What without_division multiplies by, and has to be positive.
[[nodiscard]] std::vector<Term> denominators(const Formula& f);

/// The largest degree of a product in f, counting symbols: at most 1 is linear arithmetic.
[[nodiscard]] int degree(const Formula& f);

}  // namespace touchstone::inline v0::proofs
