#pragma once
/// \file
/// Rational bounds of square roots: what an irrational stepsize formula is given where it must stay exact.

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0 {

/// A rational t with t^2 > q, above the root by at most 2^(1-bits). Throws precondition_error unless q >= 0.
[[nodiscard]] inline Rational square_root_upper_bound(const Rational& q, unsigned bits = 64) {
  return Operations<Rational>::square_root_upper_bound(q, bits);
}

}  // namespace touchstone::inline v0
