// What every combinator makes of zeros, ties, NaN and infinity, what it refuses, and its messages to the bit.

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "tests/combinators.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/scaled_sign.hpp"

namespace touchstone {
namespace {

using testing_support::all_combinators;
using testing_support::Combinator;
using testing_support::error_of;
using testing_support::error_stated;
using testing_support::expect_refusals;
using testing_support::expect_round_trip;
using testing_support::for_each_combinator;
using testing_support::Law;
using testing_support::law;
using testing_support::same_bits;
using testing_support::vec;

std::vector<Vector<double>> vectors_with_zeros() {
  std::vector<Vector<double>> all(5, Vector<double>::Zero(4));
  all[1] = Vector<double>::Constant(4, -0.0);
  all[2] << -0.0, 3, 0, -0.7;
  all[3] << 0, -0.0, -1e-300, 0;
  all[4] << 1e-9, -7, -0.0, 1e200;
  return all;
}

bool has_negative_zero(const Vector<double>& y) {
  return std::ranges::any_of(y, [](double entry) { return entry == 0 && std::signbit(entry); });
}

TEST(AnyCombinator, SendsZeroAsPositiveZero) {
  const Vector<Rational> zero = Vector<Rational>::Zero(4);
  int number = 0;
  for (const Combinator& c : all_combinators()) {
    SCOPED_TRACE(++number);
    EXPECT_EQ(c.law(zero), (Law{{1, zero}}));
    for (const Vector<double>& x : vectors_with_zeros())
      for (std::uint64_t seed = 0; seed < 8; ++seed) {
        Seeded random(seed);
        const Vector<double> y = c.sent_in_double(x, random);
        EXPECT_FALSE(has_negative_zero(y));
        for (Index i = 0; i < 4; ++i) EXPECT_TRUE(x[i] != 0 || y[i] == 0) << seed << ' ' << i;
      }
  }
}

/// A third of the smallest number is 0, and so is half of it; omega = 1.
TEST(AnyCombinator, UnderflowsToPositiveZero) {
  const Vector<double> x = Vector<double>::Constant(9, -std::numeric_limits<double>::denorm_min());
  const Vector<double> zero = Vector<double>::Zero(9);
  Seeded random(1);
  const ConvexCombination<TopK, TopK, TopK> thirds{{1, 1, 1}, {{9}, {9}, {9}}};
  EXPECT_TRUE(same_bits(thirds.compress(x, random), zero));
  EXPECT_TRUE(same_bits(Composed<TopK, Dithering>{{9}, {NormIndex::infinity, 1}}.compress(x, random), zero));
}

TEST(AnyCombinator, GivesTiesToTheLowerIndexWhereItsPartDoes) {
  const Vector<Rational> x = vec({1, -2, 2, -2});
  const Law second{{1, vec({0, -2, 0, 0})}};
  EXPECT_EQ(law(Composed<TopK, Identity>{{1}, {}}, x), second);
  EXPECT_EQ(law(ComposedOnKept<TopK, Identity>{{1}, {}}, x), second);
  EXPECT_EQ(law(ConvexCombination<TopK>{{5}, {{1}}}, x), second);
  EXPECT_EQ(law(Block<TopK>{{1, 3}, {{1}, {1}}}, x), (Law{{1, vec({1, -2, 0, 0})}}));
  EXPECT_EQ(law(Induced<TopK, RandK>{{2}, {4}}, x), (Law{{1, x}}));
}

TEST(AnyCombinator, WritesItsMessageAndReadsItBack) {
  int number = 0;
  for_each_combinator([&](const auto& c) {
    SCOPED_TRACE(++number);
    for (const Vector<double>& x : vectors_with_zeros()) expect_round_trip(c, x);
  });
}

TEST(AnyCombinator, RefusesNaNInfinityAndNoCoordinates) {
  int number = 0;
  for_each_combinator([&](const auto& c) {
    SCOPED_TRACE(++number);
    expect_refusals(c);
  });
}

/// compress at (1, 1, 1, 1) and the constant, in one line each, before anything is drawn.
template <class C>
void expect_refused(const C& c, const std::string& line) {
  Seeded random(1);
  const Vector<double> x = Vector<double>::Ones(4);
  EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(c.compress(x, random)); }), line);
  EXPECT_EQ(random.place().draw, 0);
  EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(error_stated(c)); }), line);
}

TEST(AnyCombinator, RefusesParametersOfItsPartsBeforeItDraws) {
  const std::string five = "the number of coordinates kept needs 1 <= K <= d (K, d); found 5, 4";
  expect_refused(Scaled<RandK>{{5}}, five);
  expect_refused(Composed<RandKUnscaled, RandK>{{2}, {5}}, five);
  expect_refused(Composed<RandKUnscaled, RandK>{{5}, {2}}, five);
  expect_refused(ComposedOnKept<RandKUnscaled, RandK>{{5}, {2}}, five);
  expect_refused(ComposedOnKept<RandKUnscaled, RandK>{{4}, {5}}, five);
  expect_refused(ComposedUnbiased<RandK, RandK>{{5}, {2}}, five);
  expect_refused(ComposedUnbiased<RandK, RandK>{{2}, {5}}, five);
  expect_refused(Induced<RandKUnscaled, RandK>{{2}, {5}}, five);
  expect_refused(Participation<RandK>{{1, 2}, {5}}, five);
  expect_refused(Averaged<RandK>{2, {5}}, five);
  expect_refused(ConvexCombination<RandKUnscaled, RandKUnscaled>{{1, 1}, {{2}, {5}}}, five);
  expect_refused(Block<RandK>{{2, 2}, {{1}, {3}}},
                 "the number of coordinates kept needs 1 <= K <= d (K, d); found 3, 2");
}

TEST(AnyCombinator, RefusesItsOwnParametersBeforeItDraws) {
  expect_refused(Averaged<RandK>{0, {2}}, "an average needs n >= 1 copies; found 0");
  expect_refused(ConvexCombination<TopK, RandKUnscaled>{{1, 0}, {{1}, {1}}},
                 "a convex combination needs weights w >= 1; found 0");
  expect_refused(Block<RandK>{{}, {}}, "blocks need a size and a compressor each (sizes, compressors); found 0, 0");
  expect_refused(Block<RandK>{{4}, {{1}, {1}}},
                 "blocks need a size and a compressor each (sizes, compressors); found 1, 2");
  expect_refused(Block<RandK>{{4, 0}, {{1}, {1}}}, "a block has at least one coordinate; found 0");
  expect_refused(Block<RandK>{{2, 3}, {{1}, {1}}}, "the sizes of the blocks sum to d (sum, d); found 5, 4");
  for (const Fraction& p : {Fraction{0, 1}, Fraction{3, 2}, Fraction{1, 0}, Fraction{-1, 2}})
    expect_refused(Participation<RandK>{p, {2}}, error_of<precondition_error>([&] { require_probability(p); }));
}

/// Unlike NaN: what a number is to a part is the part's business, and it may not be asked at all.
TEST(AnyCombinator, LeavesTheRangeOfNumbersToItsParts) {
  Vector<double> x = Vector<double>::Constant(4, std::numeric_limits<double>::max());
  Seeded random(1);
  const ConvexCombination<RandKUnscaled, ScaledSign<0>> second_refuses{{1, 1}, {{1}, {}}};
  EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(second_refuses.compress(x, random)); }),
            "scaled sign needs a finite |x|_1; found inf");
  EXPECT_EQ(random.place().draw, 1);
}

}  // namespace
}  // namespace touchstone
