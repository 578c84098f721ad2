#pragma once
/// \file
/// Formulas as SMT-LIB 2 text that every solver reads: no let, no powers, numbers as 2.0, (- 2.0), (/ 1.0 3.0), sums
/// and products flat.

#include <set>
#include <string>

#include "proofs/formula.hpp"
#include "proofs/quotient.hpp"

namespace touchstone::inline v0::proofs {

[[nodiscard]] std::string smt_text(const Rational& q);
[[nodiscard]] std::string smt_text(const Term& t);
[[nodiscard]] std::string smt_text(const Formula& f);

/// A symbol for a monomial: its printed form, quoted where SMT-LIB asks for it.
[[nodiscard]] std::string symbol(const Monomial& m);

/// f with every monomial a variable of its own, which is added to `monomials`. Linear, and implied by f wherever the
/// denominators are not zero. Throws std::logic_error where a denominator that is not a monomial is left.
[[nodiscard]] std::string linear_text(const Formula& f, std::set<Monomial>& monomials);

/// `value relation 0` likewise, turned round: the value is on the larger side.
[[nodiscard]] std::string linear_text(const Quotient& value, Relation relation, std::set<Monomial>& monomials);

}  // namespace touchstone::inline v0::proofs
