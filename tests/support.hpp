#pragma once
/// \file
/// What the tests share: short ways to write exact numbers and vectors, and the line an exception says.

#include <initializer_list>
#include <string>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::testing_support {

/// The exact fraction p/r.
[[nodiscard]] inline Rational q(Index p, Index r = 1) {
  return ratio<Rational>(p, r);
}

/// A vector of exact numbers: vec({q(1, 2), 3}).
[[nodiscard]] inline Vector<Rational> vec(std::initializer_list<Rational> entries) {
  Vector<Rational> v(static_cast<Index>(entries.size()));
  Index i = 0;
  for (const Rational& entry : entries) v[i++] = entry;
  return v;
}

[[nodiscard]] inline Rational squared_distance(const Vector<Rational>& a, const Vector<Rational>& b) {
  return (a - b).squaredNorm();
}

/// What `run` throws as an Error; "nothing thrown" if it throws nothing. Other exceptions pass through.
template <class Error, class Run>
[[nodiscard]] std::string error_of(Run&& run) {
  try {
    run();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing thrown";
}

}  // namespace touchstone::testing_support
