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

  /// Of a square of a rational; nothing otherwise.
  static std::optional<Rational> square_root(const Rational& q) {
    const mpq_t& fraction = q.backend().data();  // in lowest terms: a square iff both parts are
    if (mpz_perfect_square_p(mpq_numref(fraction)) == 0 || mpz_perfect_square_p(mpq_denref(fraction)) == 0)
      return std::nullopt;
    Rational root;
    mpz_sqrt(mpq_numref(root.backend().data()), mpq_numref(fraction));
    mpz_sqrt(mpq_denref(root.backend().data()), mpq_denref(fraction));
    return root;
  }

  /// A rational t with t^2 > q, above the root by at most 2^(1-bits). Throws precondition_error unless q >= 0.
  static Rational square_root_upper_bound(const Rational& q, unsigned bits) {
    using Integer = boost::multiprecision::mpz_int;
    require(q >= 0, "a square root needs q >= 0", q);
    const Integer scaled = (Integer(numerator(q)) << (2 * bits)) / Integer(denominator(q));
    return Rational(Rational(Integer(sqrt(scaled) + 1)) / Rational(Integer(Integer(1) << bits)));
  }
};

}  // namespace touchstone::inline v0
