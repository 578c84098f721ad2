#pragma once
/// \file
/// Exact rational numbers (GMP). No square root: a formula that needs one does not compile.

#include <boost/multiprecision/eigen.hpp>
#include <boost/multiprecision/gmp.hpp>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// Expression templates are off, here and in the other multiprecision types: `auto`, std::max and the conditional
/// operator then mean what they say.
using Rational = boost::multiprecision::number<boost::multiprecision::gmp_rational, boost::multiprecision::et_off>;

template <>
inline constexpr bool is_exact<Rational> = true;

template <>
struct Operations<Rational> : GeneralOperations<Rational> {
  /// In a scratch variable of the thread: no temporary is allocated.
  static void add_product(Rational& sum, const Rational& a, const Rational& b) {
    thread_local Rational product;
    mpq_mul(product.backend().data(), a.backend().data(), b.backend().data());
    mpq_add(sum.backend().data(), sum.backend().data(), product.backend().data());
  }
};

}  // namespace touchstone::inline v0
