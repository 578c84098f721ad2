#pragma once
/// \file
/// Sums of monomials with rational coefficients and integer powers, negative ones included. Plain values: no solver.

#include <map>
#include <string>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0::proofs {

/// Powers of the variables, zero ones left out. Printed a*a*b/c.
using Monomial = std::map<std::string, int>;

[[nodiscard]] std::string to_string(const Monomial& m);

/// A sum of monomials with rational coefficients, none zero.
using LaurentSum = std::map<Monomial, Rational>;

[[nodiscard]] LaurentSum constant(const Rational& c);

/// sum += c m
void add(LaurentSum& sum, const Monomial& m, const Rational& c);

[[nodiscard]] LaurentSum product(const LaurentSum& p, const LaurentSum& q);

/// As on paper, what is added first: "1 + gamma^2/(2 L) - L gamma". In brackets where `bracketed` and there is more than one monomial.
[[nodiscard]] std::string readable(const LaurentSum& sum, bool bracketed = false);

}  // namespace touchstone::inline v0::proofs
