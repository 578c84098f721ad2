// Dithering and natural compression: golden laws, constants attained where they say, codes, number types.

#include <algorithm>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "tests/laws.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/numbers/surd.hpp"

namespace touchstone {
namespace {

using testing_support::draws;
using testing_support::error_of;
using testing_support::expect_attained;
using testing_support::expected_squared_error;
using testing_support::is_unbiased;
using testing_support::law;
using testing_support::Law;
using testing_support::q;
using testing_support::sent;
using testing_support::vec;

constexpr auto two = NormIndex::two;
constexpr auto one = NormIndex::one;
constexpr auto infinity = NormIndex::infinity;

TEST(Dithering, LawOfAPythagoreanVector) {
  // |x| = 5, u = (6/5, 8/5) for s = 2.
  EXPECT_EQ(law(Dithering{two, 2}, vec({3, -4})), (Law{{q(8, 25), vec({q(5, 2), q(-5, 2)})},
                                                       {q(12, 25), vec({q(5, 2), -5})},
                                                       {q(2, 25), vec({5, q(-5, 2)})},
                                                       {q(3, 25), vec({5, -5})}}));
  EXPECT_EQ(law(Dithering{two, 5}, vec({3, -4})), (Law{{1, vec({3, -4})}})) << "whole levels take no coin";
  EXPECT_EQ(draws(Dithering{two, 5}, vec({3, -4})), 0);
  EXPECT_EQ(law(Dithering{two, 3}, vec({0, -7, 0})), (Law{{1, vec({0, -7, 0})}}));
  EXPECT_EQ(error_of<precondition_error>([] {
              static_cast<void>(law(Dithering{two, 2}, vec({1, 1})));
            }),
            "this number type does not hold the Euclidean norm (its square); Surd does; found 2");
}

TEST(Dithering, IsExactOverSurdsAtAnyRationalVector) {
  // |x| = sqrt(2), s = 1: p = 1/sqrt(2).
  const Vector<Surd> x = Vector<Surd>::Ones(2);
  const Surd root = Surd::root_of(2);
  const auto outcomes = distribution<Surd>([&](auto& random) { return Dithering{two, 1}.compress(x, random); });
  ASSERT_EQ(outcomes.size(), 4U);
  EXPECT_EQ(outcomes.front().first, (Surd(1) - Surd(1) / root) * (Surd(1) - Surd(1) / root));
  EXPECT_EQ(outcomes.back().second[0], root);
  const Vector<Surd> y = convert<Surd>(vec({1, q(-2, 3), 5}));
  for (Index s = 1; s <= 5; ++s) {
    const Dithering c{two, s};
    EXPECT_TRUE(is_unbiased<Surd>(c, y));
    EXPECT_LT(expected_squared_error<Surd>(c, y), Surd(c.omega<Surd>(3) * y.squaredNorm())) << s;
  }
}

TEST(Dithering, AttainsItsConstants) {
  for (Index d = 1; d <= 4; ++d)
    for (Index s = 1; s <= 4; ++s)
      for (const NormIndex norm_index : {one, two, infinity}) {
        const Dithering c{norm_index, s};
        if (c.worst_case<Surd>(d)) expect_attained<Surd>(c, d);
      }
  EXPECT_EQ(*(Dithering{two, 3}.worst_case<Rational>(4)), vec({5, 3, 1, 1}));
  EXPECT_EQ((Dithering{two, 3}.omega<Rational>(4)), q(1, 9));
  expect_attained<Rational>(Dithering{two, 3}, 4);
  EXPECT_FALSE((Dithering{two, 2}.worst_case<Rational>(3).has_value())) << "16 is no sum of three odd squares";
  EXPECT_EQ((*Dithering{infinity, 2}.worst_case<Rational>(13))[12], q(1, 6));
  EXPECT_EQ((Dithering{infinity, 2}.omega<Rational>(13)), q(1, 2));
  EXPECT_FALSE((Dithering{infinity, 1}.worst_case<Rational>(3).has_value())) << "t is irrational";
  EXPECT_EQ((Dithering{one, 3}.omega<Rational>(2)), q(1, 9)) << "2s/d is odd";
  EXPECT_TRUE((Dithering{one, 3}.worst_case<Rational>(2).has_value()));
}

TEST(Dithering, BoundsOmegaByRationals) {
  const Rational bound = Dithering{two, 1}.omega_upper_bound<Rational>(2);
  EXPECT_GT(Surd(bound), (Dithering{two, 1}.omega<Surd>(2)));
  EXPECT_LT(Surd(bound - q(1, 1'000'000'000)), (Dithering{two, 1}.omega<Surd>(2)));
  EXPECT_EQ((omega_bound<Rational>(Dithering{two, 1}, 9)), 2) << "a rational root is not rounded";
  EXPECT_EQ((omega_bound<Rational>(RandK{1}, 9)), 8);
  EXPECT_THROW(static_cast<void>(Dithering{infinity, 1}.omega<Rational>(3)), precondition_error);
}

TEST(Dithering, ExactConstantsLieBelowTheDeclaredOnes) {
  for (Index d = 1; d <= 9; ++d)
    for (Index s = 1; s <= 6; ++s) {
      const std::vector<Surd> bounds = Dithering{two, s}.exact_omega_bounds<Surd>(d);
      const Surd exact = *std::max_element(bounds.begin(), bounds.end());
      const Surd declared = Dithering{two, s}.omega<Surd>(d);
      EXPECT_LE(exact, declared);
      EXPECT_EQ(exact == declared, (Dithering{two, s}.worst_case<Surd>(d).has_value())) << d << ' ' << s;
      EXPECT_TRUE(d == 1 || exact < (Dithering{two, s}.omega_literature<Surd>(d)));
    }
}

TEST(Dithering, SendsAsManyNonzerosAsItsDensity) {
  for (Index d = 1; d <= 4; ++d)
    for (Index s = 1; s <= 3; ++s)
      for (const NormIndex norm_index : {one, two, infinity}) {
        const Dithering c{norm_index, s};
        const auto nonzeros = expectation<Surd>([&](auto& random) {
          const Vector<Surd> y = c.compress(flat_vector<Surd>(d), random);
          return Surd(static_cast<int>((y.array() != Surd(0)).count()));
        });
        EXPECT_EQ(nonzeros, c.density<Surd>(d)) << d << ' ' << s;
      }
}

TEST(TernGrad, IsDitheringWithOneLevelAndTheMaximumNorm) {
  const Vector<Rational> x = vec({1, -4, 2});
  EXPECT_EQ(law(TernGrad{}, x), law(Dithering{infinity, 1}, x));
  EXPECT_EQ(law(TernGrad{}, x), (Law{{q(3, 8), vec({0, -4, 0})},
                                     {q(3, 8), vec({0, -4, 4})},
                                     {q(1, 8), vec({4, -4, 0})},
                                     {q(1, 8), vec({4, -4, 4})}}));
  EXPECT_EQ(TernGrad{}.omega<Rational>(9), 1);
  expect_attained<Rational>(TernGrad{}, 4);
  EXPECT_EQ(TernGrad{}.message_bits(5, 32), 32 + 8);
  EXPECT_EQ(TernGrad{}.message_bits(1000, 64), 64 + 1585);
}

TEST(Natural, Law) {
  EXPECT_EQ(law(Natural{}, vec({3, q(-5, 4), 8})), (Law{{q(3, 8), vec({2, -1, 8})},
                                                        {q(1, 8), vec({2, -2, 8})},
                                                        {q(3, 8), vec({4, -1, 8})},
                                                        {q(1, 8), vec({4, -2, 8})}}));
  EXPECT_EQ(draws(Natural{}, vec({q(1, 16), -8, 0})), 0) << "powers of two take no coin";
  expect_attained<Rational>(Natural{}, 3);
  EXPECT_EQ(expected_squared_error<Rational>(Natural{}, vec({q(2, 3), q(-16, 3)})),
            q(1, 8) * (q(4, 9) + q(256, 9)));
  EXPECT_EQ(Natural{}.message_bits(3, 32), 27);
  EXPECT_EQ(Natural{}.message_bits(3, 64), 36);
}

/// The neighbours that natural compression of t has in floating point, and its probability, are exact.
template <class F>
void expect_exact_law(F t) {
  const Vector<F> x = Vector<F>::Constant(1, t);
  std::vector<std::pair<Rational, Rational>> rounded;
  for_each_outcome<F>([&](auto& random) { return Natural{}.compress(x, random); },
                      [&](F p, const Vector<F>& y) { rounded.emplace_back(Rational(p), Rational(y[0])); });
  std::vector<std::pair<Rational, Rational>> exact;
  for (const auto& [p, y] : law(Natural{}, convert<Rational>(x))) exact.emplace_back(p, y[0]);
  EXPECT_EQ(rounded, exact) << t;
}

TEST(Natural, IsExactInFloatingPointUpToTheLargestPower) {
  const float least = std::numeric_limits<float>::denorm_min();
  for (const float t : {least, 3 * least, -5 * least, std::numeric_limits<float>::min(), 0x1.fffffep-127F,
                        0x1.fffffep0F, -0x1.000002p0F, 0x1.8p100F, 0x1p127F, 0x1.fffffep126F, 0.0F, -0.0F})
    expect_exact_law(t);
  const double smallest = std::numeric_limits<double>::denorm_min();
  for (const double t : {smallest, 7 * smallest, 0x1.fffffffffffffp-1023, 0x1p1023, 0x1.fffffffffffffp1022, -0.1})
    expect_exact_law(t);
  EXPECT_EQ(error_of<precondition_error>([] { expect_exact_law(0x1.000002p127F); }),
            "rounding to powers needs |x_i| at most the largest power (coordinate, value); found 0, 1.70141e+38");
}

TEST(Natural, WritesSubnormalPowersWithAnEscape) {
  Vector<float> x(5);
  x << 0x1p-149F, -0x1p-127F, 0x1p-126F, 0, -0x1p127F;
  Seeded random(1);
  const auto message = Natural{}.message(x, random);
  BitWriter out;
  Natural{}.write(message, 5, out);
  EXPECT_EQ(out.size(), 5 * 9 + 2 * 5);
  EXPECT_EQ(Natural{}.bits(message, 5, 32), 55);
  BitReader in(out);
  EXPECT_EQ(Natural{}.reconstruct(Natural{}.read<float>(5, in), 5), x);
  BitWriter negative_zero;
  negative_zero.put(0b1'0000'0000, 9);
  BitReader bad(negative_zero);
  EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(Natural{}.read<float>(1, bad)); }),
            "a zero on the wire has no sign");
}

TEST(ExpStochastic, LawAndConstant) {
  EXPECT_EQ(law(ExpStochastic{{3, 1}}, vec({-5, q(1, 9)})),
            (Law{{q(2, 3), vec({-3, q(1, 9)})}, {q(1, 3), vec({-9, q(1, 9)})}}));
  for (const Fraction& base : {Fraction{3, 2}, Fraction{2, 1}, Fraction{7, 3}, Fraction{10, 1}})
    expect_attained<Rational>(ExpStochastic{base}, 2);
  const Vector<Rational> x = vec({q(7, 3), q(-1, 100), 12345});
  EXPECT_EQ(law(ExpStochastic{{2, 1}}, x), law(Natural{}, x));
  EXPECT_EQ((ExpStochastic{{2, 1}}.message_bits(3, 32)), 27);
  EXPECT_EQ((ExpStochastic{{2, 1}}.message_bits(3, 64)), 36);
  EXPECT_THROW(static_cast<void>(law(ExpStochastic{{1, 1}}, x)), precondition_error);
}

TEST(NaturalDithering, Law) {
  // y = (1/8, 3/4, 1), levels 0, 1/4, 1/2, 1.
  EXPECT_EQ(law(NaturalDithering{infinity, 3}, vec({1, -6, 8})), (Law{{q(1, 4), vec({0, -4, 8})},
                                                                      {q(1, 4), vec({0, -8, 8})},
                                                                      {q(1, 4), vec({2, -4, 8})},
                                                                      {q(1, 4), vec({2, -8, 8})}}));
  EXPECT_EQ(draws(NaturalDithering{infinity, 3}, vec({2, -4, 8})), 0);
  const Vector<Rational> x = vec({2, -1, 2});
  for (const Index s : {1, 2})
    for (const NormIndex norm_index : {one, two, infinity})
      EXPECT_EQ(law(NaturalDithering{norm_index, s}, x), law(Dithering{norm_index, s}, x));
  EXPECT_EQ((NaturalDithering{two, 3}.omega<Rational>(4)), q(1, 8) + q(1, 18));
  EXPECT_EQ((NaturalDithering{one, 3}.omega<Rational>(4)), q(1, 8) + 1);
  EXPECT_EQ((NaturalDithering{one, 4}.omega<Rational>(4)), q(1, 8) + q(1, 4));
  EXPECT_EQ((NaturalDithering{two, 3}.message_bits(10, 32)), 32 + 10 * 3);
}

TEST(NaturalDithering, KeepsItsConstants) {
  for (Index s = 1; s <= 5; ++s)
    for (const NormIndex norm_index : {one, two, infinity})
      for (const Vector<Rational>& v :
           {vec({1, 1, 1}), vec({1, q(1, 3), q(-1, 7)}), vec({1, q(2, 3), q(-1, 50)})}) {
        const Vector<Surd> x = convert<Surd>(v);
        const NaturalDithering c{norm_index, s};
        EXPECT_TRUE(is_unbiased<Surd>(c, x));
        const Surd error = expected_squared_error<Surd>(c, x);
        EXPECT_LE(error, Surd(c.omega<Surd>(3) * x.squaredNorm()));
        EXPECT_TRUE(norm_index != two || error <= Surd(c.omega_literature<Surd>(3) * x.squaredNorm()));
      }
}

// Intervals: an enclosure of the exact law where the comparisons are decided, an error where they are not.
TEST(Dithering, EnclosesOverIntervals) {
  using I = Interval<50>;
  Vector<I> x(2);
  x << I(1), I(2);
  const I mean = expectation<I>([&](auto& random) { return I(Dithering{two, 2}.compress(x, random)[0]); });
  EXPECT_TRUE(encloses(mean, 1));
  x << I(1), ratio<I>(1, 3) + ratio<I>(2, 3);
  EXPECT_THROW(static_cast<void>(draws(Dithering{infinity, 1}, x)), undecided_error) << "which is larger?";
  x << ratio<I>(1, 3), I(0);
  EXPECT_EQ(draws(Dithering{two, 3}, x), 0) << "a single coordinate is the norm";
}

TEST(Dithering, TakesTheSameChoicesInEveryNumberType) {
  const Vector<Rational> x = vec({1, -2, q(3, 8), 0, 5});
  for (const NormIndex norm_index : {one, two, infinity})
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      const auto compare = [&](const auto& c) {
        const auto [exact, draws_of_exact] = sent<Surd>(c, x, seed);
        EXPECT_EQ((sent<double>(c, x, seed).first.levels), exact.levels);
        EXPECT_EQ((sent<Real<50>>(c, x, seed).first.levels), exact.levels);
        const auto [enclosed, draws_of_enclosed] = sent<Interval<50>>(c, x, seed);
        EXPECT_EQ(enclosed.levels, exact.levels);
        EXPECT_EQ(draws_of_enclosed, draws_of_exact);
      };
      compare(Dithering{norm_index, 3});
      compare(NaturalDithering{norm_index, 4});
    }
}

TEST(Natural, TakesTheSameChoicesInEveryNumberType) {
  const Vector<Rational> x = vec({1, -3, q(3, 8), 0, q(-77, 64)});
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const auto exact = sent<Rational>(Natural{}, x, seed).first.powers;
    EXPECT_EQ(sent<float>(Natural{}, x, seed).first.powers, exact);
    EXPECT_EQ(sent<Real<50>>(Natural{}, x, seed).first.powers, exact);
    EXPECT_EQ(sent<Interval<50>>(Natural{}, x, seed).first.powers, exact);
  }
}

}  // namespace
}  // namespace touchstone
