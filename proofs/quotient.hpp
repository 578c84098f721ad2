#pragma once
/// \file
/// Terms in normal form: a sum of monomials over a product of polynomials. Two terms with the same normal form have
/// the same value wherever no denominator is zero; that is how products of hypotheses become linear arithmetic.

#include <set>
#include <string>

#include "proofs/laurent.hpp"
#include "proofs/term.hpp"

namespace touchstone::inline v0::proofs {

/// numerator / product of denominators. A denominator is a sum of at least two monomials, with least exponents zero
/// and leading coefficient one; single monomials are divided out at once.
struct Quotient {
  LaurentSum numerator;
  std::multiset<LaurentSum> denominators;
};

[[nodiscard]] Quotient operator+(const Quotient& a, const Quotient& b);
[[nodiscard]] Quotient operator*(const Quotient& a, const Quotient& b);
[[nodiscard]] Quotient negative(Quotient a);
/// 1/a. Throws std::domain_error for a = 0.
[[nodiscard]] Quotient inverse(const Quotient& a);

/// The normal form of a term. Throws std::logic_error for an operation other than + - * /.
[[nodiscard]] Quotient normal_form(const Term& t);

/// What the hypotheses say of the signs of variables and sums.
struct Signs {
  std::set<std::string> positive;
  std::set<std::string> nonnegative;  ///< contains the positive ones
  std::set<LaurentSum> positive_sums;
};

/// True only if the value is a number and >= 0 (or > 0) wherever the signs hold: it is a sum that they name, or no
/// coefficient is negative, every odd power is of a variable with a known sign and every negative one of a positive
/// variable. False says nothing.
[[nodiscard]] bool certainly_nonnegative(const Quotient& a, const Signs& signs);
[[nodiscard]] bool certainly_positive(const Quotient& a, const Signs& signs);

/// True only if no denominator is zero wherever the signs hold.
[[nodiscard]] bool certainly_defined(const Quotient& a, const Signs& signs);

}  // namespace touchstone::inline v0::proofs
