#pragma once
/// \file
/// The parameters of the main theorem as symbols, with the ranges that the theorem asks for.

#include "proofs/statement.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0::proofs {

inline constexpr const char* main_theorem_source =
    "slides \"Key Parametric Assumption\" and \"Main Theorem\" (part 1)";

[[nodiscard]] inline ParametricConstants<Term> parametric_constants(Statement& s) {
  ParametricConstants<Term> c{.A = s.nonnegative("A", "before 2 D(x) in (K2)"),
                              .B = s.nonnegative("B", "before sigma_squared in (K2)"),
                              .rho = s.positive("rho", "decay of sigma_squared in (K3)"),
                              .C = s.nonnegative("C", "before 2 D(x) in (K3)"),
                              .D1 = s.nonnegative("D1", "noise in (K2)"),
                              .D2 = s.nonnegative("D2", "noise in (K3)")};
  s.assume("rho-at-most-one", less_equal(c.rho, 1), "0 < rho <= 1");
  return c;
}

/// gamma <= every stepsize bound, the bounds multiplied by `factor`.
inline void assume_stepsize(Statement& s, const ParametricConstants<Term>& c, const Term& gamma, const Term& mu,
                            const Term& M, const Rational& factor = 1) {
  const std::vector<Term> bounds = s.evaluate([&] { return stepsize_bounds(c, mu, M); });
  for (std::size_t i = 0; i < bounds.size(); ++i)
    s.assume("stepsize-" + std::to_string(i + 1), less_equal(gamma, Term(factor) * bounds[i]),
             "gamma <= stepsize_bounds(c, mu, M)[" + std::to_string(i) + "]");
}

}  // namespace touchstone::inline v0::proofs
