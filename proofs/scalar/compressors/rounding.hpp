#pragma once
/// \file
/// Unbiased rounding of one number to one of two neighbours.

#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs {

struct Rounding {
  Term p;  ///< probability of the upper neighbour
  Term mean, variance;
};

[[nodiscard]] inline Rounding rounding(const Term& value, const Term& lower, const Term& upper, const Term& p) {
  const auto error = [&](const Term& neighbour) { return (neighbour - value) * (neighbour - value); };
  return {p, (1 - p) * lower + p * upper, (1 - p) * error(lower) + p * error(upper)};
}

/// p is a probability and the mean is the value.
inline void conclude_unbiased(Statement& s, const Rounding& r, const Term& value) {
  s.conclude(less_equal(0, r.p));
  s.conclude(less_equal(r.p, 1));
  s.conclude(equal(r.mean, value));
}

}  // namespace touchstone::inline v0::proofs
