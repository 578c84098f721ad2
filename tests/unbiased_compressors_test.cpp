// The unbiased compressors: golden laws, constants attained where they say, messages to the bit, refused arguments.

#include <cmath>
#include <cstring>
#include <limits>
#include <string>
#include <tuple>

#include <gtest/gtest.h>

#include "tests/support.hpp"
#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/perm_k.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/shared_rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/numbers/surd.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::q;
using testing_support::vec;

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

static_assert(OrderedField<Surd> && !FieldWithSqrt<Surd> && is_exact<Surd> &&
              !std::constructible_from<Surd, double>);
static_assert(DecidingField<Interval<50>> && DecidingField<Surd> && !DecidingField<Polynomial>);

constexpr Index d4 = 4;
constexpr auto two = NormIndex::two;
constexpr auto one = NormIndex::one;
constexpr auto infinity = NormIndex::infinity;

/// Every one of this file, for d = 4.
template <class Visit>
void for_each_compressor(const Visit& visit) {
  visit(Bernoulli{{1, 3}});
  visit(IndependentSparsification{{{1, 2}, {1, 3}, {1, 1}, {3, 4}}});
  visit(AdaptiveSparsification{{3, 2}});
  visit(L1Sampling{});
  visit(Dithering{one, 2});
  visit(Dithering{infinity, 3});
  visit(TernGrad{});
  visit(Natural{});
  visit(ExpStochastic{{3, 2}});
  visit(NaturalDithering{infinity, 3});
  visit(RandK{2});
}

TEST(Bernoulli, Law) {
  EXPECT_EQ(law(Bernoulli{{1, 3}}, vec({1, -2})), (Law{{q(2, 3), vec({0, 0})}, {q(1, 3), vec({3, -6})}}));
  EXPECT_EQ(law(Bernoulli{{1, 1}}, vec({1, -2})), (Law{{1, vec({1, -2})}}));
  EXPECT_EQ(draws(Bernoulli{{1, 1}}, vec({1, -2})), 0);
  expect_attained<Rational>(Bernoulli{{2, 5}}, 3);
}

TEST(IndependentSparsification, Law) {
  const IndependentSparsification c{{{1, 2}, {1, 1}, {1, 4}}};
  EXPECT_EQ(law(c, vec({1, 2, 3})), (Law{{q(3, 8), vec({0, 2, 0})},
                                         {q(1, 8), vec({0, 2, 12})},
                                         {q(3, 8), vec({2, 2, 0})},
                                         {q(1, 8), vec({2, 2, 12})}}));
  EXPECT_EQ(draws(c, vec({1, 2, 3})), 2) << "a certain coordinate takes no coin";
  EXPECT_EQ(c.omega<Rational>(3), 3);
  EXPECT_EQ(c.density<Rational>(3), q(7, 4));
  EXPECT_EQ(*c.worst_case<Rational>(3), vec({0, 0, 1}));
  expect_attained<Rational>(c, 3);
}

TEST(AdaptiveSparsification, FillsUpToTheBudget) {
  // m = 1: 5 is certain, tau = (1 + 2)/(2 - 1) = 3.
  EXPECT_EQ(law(AdaptiveSparsification{{2, 1}}, vec({1, -5, 2})), (Law{{q(2, 9), vec({0, -5, 0})},
                                                                       {q(4, 9), vec({0, -5, 3})},
                                                                       {q(1, 9), vec({3, -5, 0})},
                                                                       {q(2, 9), vec({3, -5, 3})}}));
  EXPECT_EQ(law(AdaptiveSparsification{{2, 1}}, vec({1, 0, -7})), (Law{{1, vec({1, 0, -7})}}))
      << "a budget for all nonzero coordinates";
  EXPECT_EQ(draws(AdaptiveSparsification{{3, 1}}, vec({1, 0, -7})), 0);
  for (Index d = 1; d <= 4; ++d)
    for (Index halves = 1; halves <= 2 * d; ++halves)
      expect_attained<Rational>(AdaptiveSparsification{{halves, 2}}, d);
}

TEST(AdaptiveSparsification, SpendsTheBudgetAndBeatsUniformProbabilities) {
  const Vector<Rational> x = vec({3, -1, q(1, 2), 8});
  for (Index thirds = 1; thirds <= 12; ++thirds) {
    const AdaptiveSparsification c{{thirds, 3}};
    const auto sent = expectation<Rational>(
        [&](auto& random) { return Rational(static_cast<Index>(c.message(x, random).indices.size())); });
    EXPECT_EQ(sent, q(thirds, 3));
    EXPECT_TRUE(is_unbiased<Rational>(c, x));
    EXPECT_LE(expected_squared_error<Rational>(c, x), (q(12, thirds) - 1) * x.squaredNorm());
  }
}

TEST(L1Sampling, Law) {
  EXPECT_EQ(law(L1Sampling{}, vec({1, -2, 0, 3})),
            (Law{{q(1, 6), vec({6, 0, 0, 0})}, {q(1, 3), vec({0, -6, 0, 0})}, {q(1, 2), vec({0, 0, 0, 6})}}));
  EXPECT_EQ(expected_squared_error<Rational>(L1Sampling{}, vec({1, -2, 0, 3})), 36 - 14);
  EXPECT_EQ(draws(L1Sampling{}, vec({0, -2, 0})), 0);
  expect_attained<Rational>(L1Sampling{}, 4);
}

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

TEST(BaseThree, ReadsBackEveryNumberAndRefusesTheOthers) {
  for (Index d = 0; d <= 7; ++d) {
    const Index bits = base_three_bits(d);
    Index numbers = 1;
    for (Index i = 0; i < d; ++i) numbers *= 3;
    EXPECT_TRUE(numbers <= (Index{1} << bits) && (d == 0 || numbers > (Index{1} << (bits - 1))));
    for (Index number = 0; number < (Index{1} << bits); ++number) {
      BitWriter in_base_two;
      in_base_two.put(static_cast<std::uint64_t>(number), bits);
      BitReader in(in_base_two);
      if (number >= numbers) {
        EXPECT_THROW(static_cast<void>(get_base_three(d, in)), precondition_error);
        continue;
      }
      BitWriter back;
      put_base_three(get_base_three(d, in), back);
      EXPECT_EQ(back.bytes(), in_base_two.bytes());
    }
  }
  std::vector<Index> digits(1001);
  for (std::size_t i = 0; i < digits.size(); ++i) digits[i] = static_cast<Index>(i * i % 3) - 1;
  BitWriter out;
  put_base_three(digits, out);
  BitReader in(out);
  EXPECT_EQ(out.size(), base_three_bits(1001));
  EXPECT_EQ(get_base_three(1001, in), digits);
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

/// E|(1/n) sum Q_i(a_i) - a|^2 and A (1/n) sum |a_i|^2 - B |a|^2.
template <class C>
std::pair<Rational, Rational> joint_sides(const C& c, const std::vector<Vector<Rational>>& a) {
  const auto n = static_cast<Index>(a.size());
  Vector<Rational> average = Vector<Rational>::Zero(a.front().size());
  Rational squares = 0;
  for (const Vector<Rational>& a_i : a) {
    average += a_i / Rational(n);
    squares += a_i.squaredNorm() / n;
  }
  const auto error = expectation<Rational>([&](auto& random) {
    Vector<Rational> sum = Vector<Rational>::Zero(average.size());
    for (const Vector<Rational>& sent : c.compress_all(a, random)) sum += sent;
    return Rational(Vector<Rational>(sum / Rational(n) - average).squaredNorm());
  });
  const JointConstants<Rational> k = c.template joint_constants<Rational>(n, average.size());
  return {error, k.A * squares - k.B * average.squaredNorm()};
}

// Wrong on purpose.

/// Every coin falls the other way.
template <class R>
struct FlippedCoins {
  R& random;
  Index choose(Index n) { return random.choose(n); }
  Indices subset(Index n, Index k) { return random.subset(n, k); }
  Indices permutation(Index n) { return random.permutation(n); }
  template <class S>
  bool bernoulli(const S& p) {
    return !random.bernoulli(p);
  }
  template <class S>
  Index pick(const std::vector<S>& w) {
    return random.pick(std::vector<S>(w.rbegin(), w.rend()));
  }
  FlippedCoins& worker(Index /*i*/) { return *this; }
  void begin_iteration(Index /*k*/) {}
};
template <class C>
struct Flipped {
  C c;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    FlippedCoins<R> flipped{random};
    return c.compress(x, flipped);
  }
};
/// The receiver knows other parameters than the sender.
template <class C>
struct Misread {
  C sender;
  C receiver;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    return receiver.reconstruct(sender.message(x, random), x.size());
  }
};
/// Sends the norm of another index.
struct OtherNorm {
  Dithering c;
  NormIndex other;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    LevelMessage<S> m = c.message(x, random);
    m.norm = norm(x, other).value;
    return c.reconstruct(m, x.size());
  }
};
/// Natural compression that tosses a coin for a power of two as well.
struct CoinAtPowers {
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    const bool up = random.bernoulli(ratio<S>(1, 2));
    const Vector<S> y = Natural{}.compress(x, random);
    return up && y == x ? Vector<S>(y * S(2)) : y;
  }
};
/// Workers that do not share their permutation.
struct UnsharedPermK : PermK {
  template <class S, class R>
  std::vector<Vector<S>> compress_all(const std::vector<Vector<S>>& a, R& random) const {
    std::vector<Vector<S>> sent;
    for (std::size_t i = 0; i < a.size(); ++i) sent.push_back(PermK::compress_all(a, random)[i]);
    return sent;
  }
};

TEST(UnbiasedPredicates, RejectWrongCompressors) {
  const Vector<Rational> x = vec({2, q(-5, 3), 7, q(1, 3)});
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<Bernoulli>{{{1, 3}}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<AdaptiveSparsification>{{{3, 2}}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<L1Sampling>{}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<Dithering>{{one, 2}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<TernGrad>{}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<Natural>{}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<ExpStochastic>{{{3, 2}}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Flipped<NaturalDithering>{{infinity, 3}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Misread<Dithering>{{one, 2}, {one, 3}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Misread<Dithering>{{infinity, 3}, {infinity, 2}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Misread<NaturalDithering>{{infinity, 3}, {infinity, 4}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(Misread<ExpStochastic>{{{3, 2}}, {{2, 1}}}, x));
  EXPECT_FALSE(is_unbiased<Rational>(OtherNorm{{infinity, 2}, one}, x));
  EXPECT_FALSE(is_unbiased<Rational>(CoinAtPowers{}, vec({1, 4})));
  const std::vector<Vector<Rational>> a{vec({1, 2}), vec({q(1, 2), -3})};
  const auto [error, bound] = joint_sides(UnsharedPermK{}, a);
  EXPECT_NE(error, bound);
}

/// The message that a seed gives, and where the randomness stands after it.
template <class S, class C>
auto sent(const C& c, const Vector<Rational>& x, std::uint64_t seed) {
  Seeded random(seed);
  auto message = c.message(convert<S>(x), random);
  return std::pair(std::move(message), random.place().draw);
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

TEST(AnyUnbiasedCompressor, StatesEverything) {
  for_each_compressor([](const auto& c) {
    using C = std::decay_t<decltype(c)>;
    static_assert(UnbiasedCompressor<C, Rational, Exhaustive<Rational>> && UnbiasedCompressor<C, double, Seeded>);
    static_assert(StatesWorstCase<C, Rational> && SendsMessages<C, Rational, Seeded>);
    static_assert(WritesMessages<C, float> && WritesMessages<C, double> && !WritesMessages<C, Rational>);
  });
}

TEST(AnyUnbiasedCompressor, IsUnbiasedWithinItsConstant) {
  for (const Vector<Rational>& x : {vec({1, q(-2, 3), 5, 0}), vec({q(1, 7), -3, q(5, 4), 3}), vec({2, 2, -2, 2})})
    for_each_compressor([&](const auto& c) {
      EXPECT_TRUE(is_unbiased<Rational>(c, x));
      EXPECT_LE(expected_squared_error<Rational>(c, x), Rational(omega_bound<Rational>(c, d4) * x.squaredNorm()));
    });
}

TEST(AnyUnbiasedCompressor, MapsZeroToZeroAndDrawsNothingForIt) {
  for_each_compressor([](const auto& c) {
    EXPECT_EQ(law(c, Vector<Rational>::Zero(d4)), (Law{{1, Vector<Rational>::Zero(d4)}}));
    for (std::uint64_t seed = 0; seed < 5; ++seed) {
      Seeded random(seed);
      const Vector<double> y = c.compress(Vector<double>(Vector<double>::Constant(d4, -0.0)), random);
      for (Index i = 0; i < d4; ++i) EXPECT_TRUE(y[i] == 0 && !std::signbit(y[i]));
    }
  });
}

TEST(AnyUnbiasedCompressor, RefusesNaNInfinityAndEmptyVectorsBeforeItDraws) {
  for_each_compressor([](const auto& c) {
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
  });
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

TEST(AnyUnbiasedCompressor, WritesItsMessageInTheDeclaredBitsAndReadsItBack) {
  Vector<double> x(4);
  x << 0.3, -7, 0, 1e-9;
  Vector<float> y(4);
  y << -1e-30F, 2.5F, 1e20F, 0;
  for_each_compressor([&](const auto& c) {
    expect_round_trip(c, x);
    expect_round_trip(c, y);
    expect_round_trip(c, Vector<float>(Vector<float>::Zero(4)));
  });
  expect_round_trip(Dithering{two, 5}, x);
  expect_round_trip(NaturalDithering{two, 4}, y);
}

TEST(AnyUnbiasedCompressor, RefusesParametersOutOfRange) {
  const Vector<Rational> x = vec({1, 2, 3});
  const auto line = [&](const auto& c) {
    Exhaustive<Rational> random;
    return error_of<precondition_error>([&] { static_cast<void>(c.compress(x, random)); });
  };
  EXPECT_EQ(line(Bernoulli{{0, 1}}), "a probability needs 0 < p <= 1 (numerator, denominator); found 0, 1");
  EXPECT_EQ(line(Bernoulli{{3, 2}}), "a probability needs 0 < p <= 1 (numerator, denominator); found 3, 2");
  EXPECT_EQ(line(IndependentSparsification{{{1, 2}, {1, 2}}}),
            "independent sparsification needs a probability for every coordinate (probabilities, d); found 2, 3");
  EXPECT_EQ(line(AdaptiveSparsification{{7, 2}}),
            "adaptive sparsification needs 0 < kappa <= d (numerator, denominator, d); found 7, 2, 3");
  EXPECT_EQ(line(Dithering{one, 0}), "the number of levels needs 1 <= s <= 2^30; found 0");
  EXPECT_EQ(line(NaturalDithering{one, -1}), "the number of levels needs 1 <= s <= 2^30; found -1");
  EXPECT_EQ(line(ExpStochastic{{2, 2}}), "a base needs b > 1 (numerator, denominator); found 2, 2");
}

TEST(Dithering, RefusesMalformedMessages) {
  const auto line = [](float norm, std::uint64_t code) {
    BitWriter out;
    put_scalar(norm, out);
    out.put(code, 3);
    BitReader in(out);
    return error_of<precondition_error>([&] { static_cast<void>(Dithering{two, 2}.read<float>(1, in)); });
  };
  EXPECT_EQ(line(1, 4), "nothing thrown");
  EXPECT_EQ(line(1, 5),
            "a level on the wire needs |level| <= s, and 0 for the norm 0 (level, s, norm); found 3, 2, 1");
  EXPECT_EQ(line(0, 3),
            "a level on the wire needs |level| <= s, and 0 for the norm 0 (level, s, norm); found 1, 2, 0");
  EXPECT_EQ(line(-1, 2), "a norm on the wire has no sign; found -1");
}

template <class C>
void expect_joint_contract(const C& c, Index n, Index d) {
  std::vector<Vector<Rational>> a;
  for (Index i = 0; i < n; ++i) {
    Vector<Rational> a_i(d);
    for (Index j = 0; j < d; ++j) a_i[j] = q((3 * i * i + 5 * j + i * j) % 7 - 3, 1 + (i + 2 * j) % 4);
    a.push_back(a_i);
  }
  const auto [error, bound] = joint_sides(c, a);
  EXPECT_EQ(error, bound) << n << ' ' << d;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const auto of_one = [&](auto& random) { return c.compress_all(a, random)[i]; };
    EXPECT_EQ(expectation<Rational>(of_one), a[i]);
    EXPECT_EQ(expectation<Rational>(
                  [&](auto& random) { return Rational(Vector<Rational>(of_one(random) - a[i]).squaredNorm()); }),
              Rational(c.template omega<Rational>(n, d) * a[i].squaredNorm()));
  }
}

TEST(PermK, JointAndSingleContractsAreEqualities) {
  static_assert(JointCompressor<PermK, Rational, Seeded> && JointCompressor<SharedRandK, double, Seeded>);
  for (const auto& [n, d] : {std::pair<Index, Index>{1, 3}, {2, 4}, {3, 3}, {4, 2}, {6, 3}, {5, 1}})
    expect_joint_contract(PermK{}, n, d);
}

TEST(PermK, ReproducesEqualInputsAndRefusesOtherSizes) {
  const std::vector<Vector<Rational>> a(2, vec({1, -2, 3, q(1, 2)}));
  EXPECT_EQ(joint_sides(PermK{}, a).first, 0);
  Exhaustive<Rational> random;
  EXPECT_EQ(error_of<precondition_error>(
                [&] { static_cast<void>(PermK{}.compress_all(std::vector<Vector<Rational>>(3, a[0]), random)); }),
            "PermK needs d = q n or n = q d (n, d); found 3, 4");
  EXPECT_EQ(random.place().draw, 0);
  EXPECT_EQ(PermK{}.message_bits(2, 4, 32), 64);
  EXPECT_EQ(PermK{}.message_bits(8, 4, 32), 32);
}

TEST(SharedRandK, JointAndSingleContractsAreEqualities) {
  for (Index K = 1; K <= 3; ++K) expect_joint_contract(SharedRandK{K}, 2, 3);
  EXPECT_EQ(SharedRandK{2}.message_bits(7, 5, 32), 64);
}

TEST(AnyJointCompressor, SendsScalarsOnly) {
  Vector<float> x(4);
  x << 1, -2, 0.1F, -0.0F;
  Seeded random(1);
  const Indices mine = PermK{}.shared_choice(2, 4, random)[1];
  const auto message = PermK{}.message(x, 2, mine);
  BitWriter out;
  PermK{}.write(message, 4, out);
  EXPECT_EQ(out.size(), PermK{}.message_bits(2, 4, 32));
  BitReader in(out);
  EXPECT_EQ(PermK{}.read<float>(mine, in), message);
}

TEST(Surd, IsAnOrderedField) {
  const Surd root = Surd::root_of(2);
  EXPECT_EQ(root * root, Surd(2));
  EXPECT_EQ(Surd(1) / (root - Surd(1)), root + Surd(1));
  EXPECT_EQ(Surd::root_of(8), Surd(2) * root) << "one field";
  EXPECT_EQ(Surd::root_of(q(9, 4)), Surd(q(3, 2))) << "a rational number";
  EXPECT_LT(root, Surd(q(1414213563, 1000000000)));
  EXPECT_GT(root, Surd(q(1414213562, 1000000000)));
  EXPECT_LT(Surd::root_of(3) - Surd(2), root - Surd(1)) << "of different fields";
  EXPECT_GT(Surd(5) - Surd::root_of(3), Surd(2) + Surd::root_of(q(8, 5)));
  EXPECT_FALSE(Surd::root_of(3) == root);
  EXPECT_THROW(static_cast<void>(root + Surd::root_of(3)), precondition_error);
  EXPECT_THROW(static_cast<void>(Surd(1) / Surd(0)), std::domain_error);
}

}  // namespace
}  // namespace touchstone
