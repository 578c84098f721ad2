#pragma once
/// \file
/// Rational bounds of square roots: what an irrational stepsize formula is given where it must stay exact.

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0 {

/// A rational t with t^2 > q, above the root by at most 2^(1-bits). Throws precondition_error unless q >= 0.
[[nodiscard]] inline Rational square_root_upper_bound(const Rational& q, unsigned bits = 64) {
  using Integer = boost::multiprecision::mpz_int;
  require(q >= 0, "a square root needs q >= 0", q);
  const Integer scaled = (Integer(numerator(q)) << (2 * bits)) / Integer(denominator(q));
  return Rational(Rational(Integer(sqrt(scaled) + 1)) / Rational(Integer(Integer(1) << bits)));
}

}  // namespace touchstone::inline v0
