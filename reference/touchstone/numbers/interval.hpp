#pragma once
/// \file
/// Intervals with MPFR end points (MPFI): the result of an operation encloses the exact result for all values
/// enclosed by the operands. Two rules:
///
/// 1. An interval is never compared with operators (Boost throws from a noexcept comparison when the answer is
///    unclear, which ends the program). certainly_less_equal and encloses answer what can be answered.
/// 2. A constant enters as an exact quotient (ratio) or from a rational, never from a decimal literal: the interval
///    made from the double 2.3 encloses another number.

#include <boost/multiprecision/eigen.hpp>
#include <boost/multiprecision/mpfi.hpp>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/real.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// End points with `Digits` decimal digits; 50, 100, 200 and 1000 are the ladder.
template <unsigned Digits>
using Interval =
    boost::multiprecision::number<boost::multiprecision::mpfi_float_backend<Digits>, boost::multiprecision::et_off>;

template <unsigned Digits>
inline constexpr bool has_decidable_order<Interval<Digits>> = false;

template <unsigned Digits>
inline constexpr bool has_sqrt<Interval<Digits>> = true;

/// The end points, exactly.
template <unsigned Digits>
[[nodiscard]] Real<Digits> lower_end(const Interval<Digits>& a) {
  Real<Digits> end;
  mpfr_set(end.backend().data(), &a.backend().data()[0].left, MPFR_RNDD);
  return end;
}
template <unsigned Digits>
[[nodiscard]] Real<Digits> upper_end(const Interval<Digits>& a) {
  Real<Digits> end;
  mpfr_set(end.backend().data(), &a.backend().data()[0].right, MPFR_RNDU);
  return end;
}

/// True only if every value of a is <= every value of b.
template <unsigned Digits>
[[nodiscard]] bool certainly_less_equal(const Interval<Digits>& a, const Interval<Digits>& b) {
  return upper_end(a) <= lower_end(b);
}

/// Whether q lies in the interval, exactly. An end may be infinite; NaN encloses nothing.
template <unsigned Digits>
[[nodiscard]] bool encloses(const Interval<Digits>& a, const Rational& q) {
  const auto* const ends = a.backend().data();
  if (mpfi_nan_p(ends) != 0) return false;
  return mpfr_cmp_q(&ends->left, q.backend().data()) <= 0 && mpfr_cmp_q(&ends->right, q.backend().data()) >= 0;
}

template <unsigned Digits>
struct Operations<Interval<Digits>> : GeneralOperations<Interval<Digits>> {
  static void add_product(Interval<Digits>& sum, const Interval<Digits>& a, const Interval<Digits>& b) {
    thread_local Interval<Digits> product;
    mpfi_mul(product.backend().data(), a.backend().data(), b.backend().data());
    mpfi_add(sum.backend().data(), sum.backend().data(), product.backend().data());
  }

  /// Both end points are finite numbers.
  static bool is_finite(const Interval<Digits>& a) { return mpfi_bounded_p(a.backend().data()) != 0; }

  static bool certainly_negative(const Interval<Digits>& a) {
    return mpfi_is_strictly_neg(a.backend().data()) != 0;
  }

  static Real<Digits> lower(const Interval<Digits>& a) { return lower_end(a); }
  static Real<Digits> upper(const Interval<Digits>& a) { return upper_end(a); }

  static bool less(const Interval<Digits>& a, const Interval<Digits>& b) {
    if (upper_end(a) < lower_end(b)) return true;
    if (certainly_less_equal(b, a)) return false;
    throw undecided_error("intervals do not decide whether a < b");
  }

  /// Decided for points and for intervals without a common value.
  static bool equal(const Interval<Digits>& a, const Interval<Digits>& b) {
    if (upper_end(a) < lower_end(b) || upper_end(b) < lower_end(a)) return false;
    if (certainly_less_equal(a, b) && certainly_less_equal(b, a)) return true;
    throw undecided_error("intervals do not decide whether a = b");
  }
};

}  // namespace touchstone::inline v0
