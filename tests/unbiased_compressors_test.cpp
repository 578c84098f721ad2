// What all unbiased compressors have in common, and the laws of the sparsifiers. The quantizers: quantizers_test.cpp.

#include <cmath>
#include <cstring>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "tests/laws.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"

namespace touchstone::unbiased_compressors_test {
namespace {

using testing_support::draws;
using testing_support::error_of;
using testing_support::expect_attained;
using testing_support::expect_refusals;
using testing_support::expect_round_trip;
using testing_support::expected_squared_error;
using testing_support::is_unbiased;
using testing_support::law;
using testing_support::Law;
using testing_support::q;
using testing_support::vec;

constexpr Index d4 = 4;

constexpr auto two = NormIndex::two;
constexpr auto one = NormIndex::one;
constexpr auto infinity = NormIndex::infinity;

/// Every one, for d = 4.
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
TEST(Unbiasedness, RejectsWrongCompressors) {
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

TEST(AnyUnbiasedCompressor, SendsAsManyNonzerosAsItsDensityAtMostAndAtTheFlatVector) {
  const auto nonzeros = [](const auto& c, const Vector<Rational>& x) {
    return expectation<Rational>([&](auto& random) {
      const Vector<Rational> y = c.compress(x, random);
      return Rational(static_cast<Index>((y.array() != Rational(0)).count()));
    });
  };
  for_each_compressor([&](const auto& c) {
    const auto density = c.template density<Rational>(d4);
    EXPECT_EQ(nonzeros(c, Vector<Rational>::Constant(d4, q(-5, 3))), density);
    EXPECT_LE(nonzeros(c, vec({1, q(-2, 3), 5, 0})), density);
    EXPECT_LE(nonzeros(c, vec({1, q(-2, 3), 5, q(1, 9)})), density);
  });
}

TEST(AnyUnbiasedCompressor, MapsZeroOfEitherSignToZero) {
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
  for_each_compressor([](const auto& c) { expect_refusals(c); });
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

}  // namespace
}  // namespace touchstone::unbiased_compressors_test
