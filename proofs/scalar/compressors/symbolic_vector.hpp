#pragma once
/// \file
/// A vector of R^d whose coordinates are variables.

#include <string>

#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs {

[[nodiscard]] inline Vector<Term> symbolic_vector(Statement& s, Index d) {
  Vector<Term> x(d);
  for (Index i = 0; i < d; ++i) {
    const std::string place = std::to_string(i + 1);
    x[i] = s.variable("x" + place, "coordinate " + place + " of x");
  }
  return x;
}

}  // namespace touchstone::inline v0::proofs
