#pragma once
/// \file
/// One problem in many number types: conversion of an exact number (double or Rational) to every scalar. Exact
/// where the scalar can hold the number, else rounded once (double, float, Real) or outward (Interval).

#include "touchstone/numbers/interval.hpp"
#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/numbers/rational.hpp"
#include "touchstone/numbers/real.hpp"

namespace touchstone::inline v0 {

namespace detail {
template <class S>
inline constexpr bool is_interval = false;
template <unsigned Digits>
inline constexpr bool is_interval<Interval<Digits>> = true;
}  // namespace detail

template <Field S>
[[nodiscard]] S convert(const Rational& q) {
  if constexpr (detail::is_interval<S>) {
    S enclosure;
    mpfi_set_q(enclosure.backend().data(), q.backend().data());
    return enclosure;
  } else if constexpr (requires(S s) { s.backend().data()[0]._mpfr_prec; }) {
    S rounded;
    mpfr_set_q(rounded.backend().data(), q.backend().data(), MPFR_RNDN);
    return rounded;
  } else {
    return static_cast<S>(q);
  }
}

template <Field S>
[[nodiscard]] S convert(double a) {
  if constexpr (std::floating_point<S> || std::constructible_from<S, double>)
    return static_cast<S>(a);
  else
    return convert<S>(Rational(a));
}

template <Field S, class T>
[[nodiscard]] Vector<S> convert(const Vector<T>& v) {
  Vector<S> converted(v.size());
  for (Index i = 0; i < v.size(); ++i) converted[i] = convert<S>(v[i]);
  return converted;
}

template <Field S, class T>
[[nodiscard]] Matrix<S> convert(const Matrix<T>& A) {
  Matrix<S> converted(A.rows(), A.cols());
  for (Index j = 0; j < A.cols(); ++j)
    for (Index i = 0; i < A.rows(); ++i) converted(i, j) = convert<S>(A(i, j));
  return converted;
}

}  // namespace touchstone::inline v0
