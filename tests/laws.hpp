#pragma once
/// \file
/// Laws of compressors, by enumeration: what the tests of compressors ask of them.

#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::testing_support {

using Law = std::vector<std::pair<Rational, Vector<Rational>>>;

template <class C>
Law law(const C& compressor, const Vector<Rational>& x) {
  return distribution<Rational>([&](auto& random) { return compressor.compress(x, random); });
}

/// Coins and other choices that one outcome took.
template <class C, class S>
Index draws(const C& compressor, const Vector<S>& x) {
  Exhaustive<S> random;
  static_cast<void>(compressor.compress(x, random));
  return random.place().draw;
}

template <class S, class C>
bool is_unbiased(const C& compressor, const Vector<S>& x) {
  return expectation<S>([&](auto& random) { return compressor.compress(x, random); }) == x;
}

template <class S, class C>
S expected_squared_error(const C& compressor, const Vector<S>& x) {
  return expectation<S>(
      [&](auto& random) { return S(Vector<S>(compressor.compress(x, random) - x).squaredNorm()); });
}

/// E|Q(x) - x|^2 = omega |x|^2 at the stated worst case.
template <class S, class C>
void expect_attained(const C& compressor, Index d) {
  const std::optional<Vector<S>> x = compressor.template worst_case<S>(d);
  ASSERT_TRUE(x.has_value());
  EXPECT_FALSE(x->squaredNorm() == S(0));
  EXPECT_TRUE(is_unbiased<S>(compressor, *x));
  EXPECT_EQ(expected_squared_error<S>(compressor, *x), S(compressor.template omega<S>(d) * x->squaredNorm()));
}

/// The message that a seed gives, and where the randomness stands after it.
template <class S, class C>
auto sent(const C& c, const Vector<Rational>& x, std::uint64_t seed) {
  Seeded random(seed);
  auto message = c.message(convert<S>(x), random);
  return std::pair(std::move(message), random.place().draw);
}

}  // namespace touchstone::testing_support
