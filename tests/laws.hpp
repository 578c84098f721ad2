#pragma once
/// \file
/// Laws of compressors, by enumeration: what the tests of compressors ask of them.

#include <cstring>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/compressors/wire.hpp"
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

/// E|C(x) - x|^2 = (1 - delta)|x|^2 at the stated worst case.
template <class C>
void expect_delta_attained(const C& compressor, Index d) {
  const std::optional<Vector<Rational>> x = compressor.template worst_case<Rational>(d);
  ASSERT_TRUE(x.has_value());
  EXPECT_NE(x->squaredNorm(), 0);
  EXPECT_EQ(expected_squared_error<Rational>(compressor, *x),
            (1 - compressor.template delta<Rational>(d)) * x->squaredNorm());
}

/// NaN, infinity and an empty vector are refused in one line each, before anything is drawn.
template <class C>
void expect_refusals(const C& c) {
  const auto line = [&](const Vector<double>& x) {
    Seeded random(1);
    std::string what = error_of<precondition_error>([&] { static_cast<void>(c.compress(x, random)); });
    EXPECT_EQ(random.place().draw, 0);
    return what;
  };
  Vector<double> x(4);
  x << 3, 1, std::numeric_limits<double>::quiet_NaN(), 2;
  EXPECT_EQ(line(x), "a compressor needs finite coordinates (coordinate, value); found 2, nan");
  x[2] = std::numeric_limits<double>::infinity();
  EXPECT_EQ(line(x), "a compressor needs finite coordinates (coordinate, value); found 2, inf");
  EXPECT_EQ(line(Vector<double>(0)), "a compressor needs a vector of dimension d >= 1; found 0");
}

template <class S>
bool same_bits(const Vector<S>& a, const Vector<S>& b) {
  return a.size() == b.size() &&
         std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size()) * sizeof(S)) == 0;
}

template <class S, class C>
void expect_round_trip(const C& c, const Vector<S>& x) {
  const Index d = x.size();
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    Seeded random(seed);
    Seeded again(seed);
    const auto message = c.message(x, random);
    BitWriter out;
    c.write(message, d, out);
    EXPECT_EQ(out.size(), c.bits(message, d, scalar_width<S>));
    EXPECT_LE(out.size(), c.message_bits(d, scalar_width<S>));
    BitReader in(out);
    const auto received = c.template read<S>(d, in);
    EXPECT_EQ(in.left(), 0);
    EXPECT_EQ(received, message);
    EXPECT_TRUE(same_bits(c.reconstruct(received, d), c.compress(x, again)));
    BitReader cut(out.bytes(), out.size() - 1);
    const std::string line = error_of<precondition_error>([&] { static_cast<void>(c.template read<S>(d, cut)); });
    EXPECT_TRUE(line.starts_with("the message is cut short (bits needed, bits left); found ")) << line;
  }
}

}  // namespace touchstone::testing_support
