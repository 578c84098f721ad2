#pragma once
/// \file
/// Real numbers to many digits (MPFR), rounded to nearest, at a ladder of fixed precisions.
///
/// The precision is part of the type. With a precision chosen at run time an assignment would silently take over
/// the precision of its source.

#include <boost/multiprecision/eigen.hpp>
#include <boost/multiprecision/mpfr.hpp>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

namespace detail {
template <unsigned Digits>
using RealBackend = boost::multiprecision::mpfr_float_backend<Digits, boost::multiprecision::allocate_stack>;
}  // namespace detail

/// `Digits` decimal digits; 50, 100, 200 and 1000 are the ladder. The digits live in the object, not on the heap.
template <unsigned Digits>
using Real = boost::multiprecision::number<detail::RealBackend<Digits>, boost::multiprecision::et_off>;

template <unsigned Digits>
inline constexpr bool has_sqrt<Real<Digits>> = true;

template <unsigned Digits>
struct Operations<Real<Digits>> : GeneralOperations<Real<Digits>> {
  /// Rounded twice, as the two operations are. The product lives on the stack.
  static void add_product(Real<Digits>& sum, const Real<Digits>& a, const Real<Digits>& b) {
    Real<Digits> product;
    mpfr_mul(product.backend().data(), a.backend().data(), b.backend().data(), MPFR_RNDN);
    mpfr_add(sum.backend().data(), sum.backend().data(), product.backend().data(), MPFR_RNDN);
  }

  static bool larger_magnitude(const Real<Digits>& a, const Real<Digits>& b) {
    return mpfr_cmpabs(a.backend().data(), b.backend().data()) > 0;  // a square could round to a tie
  }

  static Real<Digits> positive_zero(const Real<Digits>& a) { return a == 0 ? Real<Digits>(0) : a; }

  static bool is_finite(const Real<Digits>& a) { return mpfr_number_p(a.backend().data()) != 0; }
};

}  // namespace touchstone::inline v0
