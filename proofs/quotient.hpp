#pragma once
/// \file
/// Terms in normal form: a sum of monomials over a product of polynomials. Two terms with the same normal form have
/// the same value wherever no denominator is zero; that is how products of hypotheses become linear arithmetic.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "proofs/term.hpp"

namespace touchstone::inline v0::proofs {

/// Powers of the variables, negative ones included, zero ones left out. Printed a*a*b/c.
using Monomial = std::map<std::string, int>;

[[nodiscard]] std::string to_string(const Monomial& m);

/// A sum of monomials with rational coefficients, none zero.
using LaurentSum = std::map<Monomial, Rational>;

[[nodiscard]] LaurentSum product(const LaurentSum& p, const LaurentSum& q);

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

/// True only if the value is >= 0 (or > 0) wherever the signs hold: it is a sum that they name, or no coefficient is
/// negative and every odd power is of a variable with a known sign. False says nothing.
[[nodiscard]] bool certainly_nonnegative(const Quotient& a, const Signs& signs);
[[nodiscard]] bool certainly_positive(const Quotient& a, const Signs& signs);

}  // namespace touchstone::inline v0::proofs
