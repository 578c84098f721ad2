#pragma once
/// \file
/// A fraction of two integers: a parameter that is the same number in every number type.

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

struct Fraction {
  Index numerator = 0;
  Index denominator = 1;

  template <Field S>
  [[nodiscard]] S value() const {
    return ratio<S>(numerator, denominator);
  }
  bool operator==(const Fraction&) const = default;
};

inline void require_probability(const Fraction& p) {
  require(0 < p.numerator && p.numerator <= p.denominator,
          "a probability needs 0 < p <= 1 (numerator, denominator)", p.numerator, p.denominator);
}

}  // namespace touchstone::inline v0
