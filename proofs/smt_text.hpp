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

/// `0 relation sum`, turned round and with every monomial a variable of its own, which is added to `monomials`.
[[nodiscard]] std::string linear_text(const LaurentSum& sum, Relation relation, std::set<Monomial>& monomials);

}  // namespace touchstone::inline v0::proofs
