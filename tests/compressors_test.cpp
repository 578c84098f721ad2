// Compressors: exact laws and contracts. Every predicate is shown a wrong compressor that it must reject.

#include <cmath>
#include <limits>
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "tests/laws.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone {
namespace {

using testing_support::error_of;
using testing_support::expected_squared_error;
using testing_support::law;
using testing_support::Law;
using testing_support::q;
using testing_support::vec;

/// E Q(x) = x for all x: the coordinates are variables.
template <class C>
bool unbiased_for_all_x(const C& compressor, Index d) {
  const Vector<Polynomial> x = variables("x", d);
  return expectation<Polynomial>([&](auto& random) { return compressor.compress(x, random); }) == x;
}

/// E|Q(x) - x|^2 = omega |x|^2 for all x.
template <class C>
bool variance_is_omega_for_all_x(const C& compressor, Index d, const Polynomial& omega) {
  const Vector<Polynomial> x = variables("x", d);
  const Polynomial variance = expectation<Polynomial>(
      [&](auto& random) { return Vector<Polynomial>(compressor.compress(x, random) - x).squaredNorm(); });
  return variance == Polynomial(omega * x.squaredNorm());
}

/// Generic vectors, and those with zeros, ties, one entry, powers of two.
std::vector<Vector<Rational>> test_vectors(Index d) {
  std::vector<Vector<Rational>> all{Vector<Rational>::Zero(d), Vector<Rational>::Constant(d, q(-2, 3))};
  for (Index i = 0; i < d; ++i) all.push_back(Vector<Rational>::Unit(d, i));
  std::mt19937_64 words(static_cast<std::uint64_t>(d));
  for (int trial = 0; trial < 20; ++trial) {
    Vector<Rational> x(d);
    for (Index i = 0; i < d; ++i)
      x[i] = trial % 2 == 0 ? q(static_cast<Index>(words() % 101) - 50, static_cast<Index>(1 + words() % 9))
                            : q(static_cast<Index>(words() % 5) - 2);
    all.push_back(x);
  }
  return all;
}

/// E|C(x) - x|^2 <= (1 - delta)|x|^2 at the test vectors, with equality at some nonzero x.
template <class C>
bool contractive_and_attained(const C& compressor, Index d, const Rational& delta) {
  bool attained = false;
  for (const Vector<Rational>& x : test_vectors(d)) {
    const Rational error = expected_squared_error(compressor, x);
    const Rational bound = (1 - delta) * x.squaredNorm();
    if (error > bound) return false;
    attained = attained || (error == bound && x.squaredNorm() != 0);
  }
  return attained;
}

// Wrong on purpose.
struct RandKWithoutScale {
  Index K;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    return RandK{K}.compress(x, random) / ratio<S>(x.size(), K);
  }
};
struct RandKWithReplacement {
  Index K;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    Vector<S> sum = Vector<S>::Zero(x.size());
    for (Index t = 0; t < K; ++t) {
      const Index i = random.choose(x.size());
      sum[i] += x[i] * ratio<S>(x.size(), K);
    }
    return sum;
  }
};
struct TopKLastTie {  // ties to the highest index
  Index K;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    return TopK{K}.compress(Vector<S>(x.reverse()), random).reverse();
  }
};
struct TopKByValue {
  Index K;
  template <class S, class R>
  Vector<S> compress(const Vector<S>& x, R& random) const {
    const Vector<S> raised = x - Vector<S>::Constant(x.size(), x.minCoeff());
    const Vector<S> kept = TopK{K}.compress(raised, random);
    Vector<S> c = Vector<S>::Zero(x.size());
    for (Index i = 0; i < x.size(); ++i)
      if (kept[i] != 0) c[i] = x[i];
    return c;
  }
};

TEST(Identity, ChangesNothingAndDrawsNothing) {
  for (Index d = 1; d <= 4; ++d) {
    const Vector<Polynomial> x = variables("x", d);
    Exhaustive<Polynomial> random;
    EXPECT_EQ(Identity{}.compress(x, random), x);
    EXPECT_EQ(random.place().draw, 0);
    EXPECT_TRUE(variance_is_omega_for_all_x(Identity{}, d, Identity{}.omega<Polynomial>(d)));
    EXPECT_EQ(Identity{}.delta<Rational>(d), 1);
  }
}

TEST(RandK, LawOfTheVector123) {
  const Rational p = q(1, 3);
  EXPECT_EQ(law(RandK{2}, vec({1, 2, 3})),
            (Law{{p, vec({q(3, 2), 3, 0})}, {p, vec({q(3, 2), 0, q(9, 2)})}, {p, vec({0, 3, q(9, 2)})}}));
  EXPECT_EQ(expected_squared_error(RandK{2}, vec({1, 2, 3})), 7);
}

TEST(RandK, IsUnbiasedWithVarianceOmegaForAllVectors) {
  for (Index d = 1; d <= 4; ++d)
    for (Index K = 1; K <= d; ++K) {
      EXPECT_TRUE(unbiased_for_all_x(RandK{K}, d)) << d << ' ' << K;
      EXPECT_EQ(RandK{K}.omega<Rational>(d), q(d, K) - 1);
      EXPECT_TRUE(variance_is_omega_for_all_x(RandK{K}, d, RandK{K}.omega<Polynomial>(d))) << d << ' ' << K;
    }
}

TEST(RandK, ItsIdentitiesRejectWrongCompressors) {
  for (Index d = 2; d <= 4; ++d)
    for (Index K = 1; K < d; ++K) {
      EXPECT_FALSE(unbiased_for_all_x(RandKWithoutScale{K}, d)) << "the factor d/K is missing";
      const auto omega = RandK{K}.omega<Polynomial>(d);
      EXPECT_FALSE(variance_is_omega_for_all_x(RandK{K}, d, omega + ratio<Polynomial>(1, 1000)));
      if (K == 1) continue;  // one draw with replacement is a 1-subset
      EXPECT_TRUE(unbiased_for_all_x(RandKWithReplacement{K}, d)) << "the mean alone does not see replacement";
      EXPECT_FALSE(variance_is_omega_for_all_x(RandKWithReplacement{K}, d, omega));
    }
}

TEST(RandK, IsTheIdentityForKEqualToD) {
  const Vector<Polynomial> x = variables("x", 3);
  Exhaustive<Polynomial> random;
  EXPECT_EQ(RandK{3}.compress(x, random), x);
  EXPECT_EQ(random.place().draw, 0);
}

TEST(RandK, EnumerationAndSeedsVisitTheSameOutcomesInLexicographicOrder) {
  const Vector<Rational> x = vec({1, 2, 3, 4});
  const Law outcomes = law(RandK{2}, x);
  ASSERT_EQ(outcomes.size(), 6U);
  const std::vector<Indices> order{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}};
  std::vector<bool> seen(6, false);
  for (std::size_t o = 0; o < 6; ++o) {
    Vector<Rational> kept = Vector<Rational>::Zero(4);
    for (const Index i : order[o]) kept[i] = 2 * x[i];
    EXPECT_EQ(outcomes[o].second, kept);
  }
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    Seeded random(seed);
    const Vector<Rational> drawn = RandK{2}.compress(x, random);
    std::size_t o = 0;
    while (o < 6 && outcomes[o].second != drawn) ++o;
    ASSERT_LT(o, 6U);
    seen[o] = true;
  }
  EXPECT_EQ(seen, std::vector<bool>(6, true));
}

template <class C>
Vector<Rational> kept_by(const C& compressor, const Vector<Rational>& x) {
  Exhaustive<Rational> random;
  return compressor.compress(x, random);
}

TEST(TopK, KeepsTheLargestMagnitudesTiesToTheLowestIndex) {
  EXPECT_EQ(kept_by(TopK{2}, vec({1, 2, 3})), vec({0, 2, 3}));
  EXPECT_EQ(kept_by(TopK{1}, vec({1, -3, 2})), vec({0, -3, 0}));
  EXPECT_EQ(kept_by(TopK{1}, vec({2, -2, 2})), vec({2, 0, 0}));
  EXPECT_EQ(kept_by(TopK{2}, vec({1, -2, 2, -2})), vec({0, -2, 2, 0}));
  EXPECT_EQ(kept_by(TopK{2}, vec({0, 0, 0})), vec({0, 0, 0}));
  EXPECT_NE(kept_by(TopKLastTie{1}, vec({2, -2, 2})), vec({2, 0, 0}));
  EXPECT_NE(kept_by(TopKByValue{1}, vec({1, -3, 2})), vec({0, -3, 0}));
}

TEST(TopK, IsContractiveWithDeltaAttained) {
  for (Index d = 1; d <= 4; ++d)
    for (Index K = 1; K <= d; ++K) {
      EXPECT_EQ(TopK{K}.delta<Rational>(d), q(K, d));
      EXPECT_TRUE(contractive_and_attained(TopK{K}, d, q(K, d))) << d << ' ' << K;
    }
}

TEST(TopK, ItsContractRejectsAWrongConstantAndAWrongRule) {
  for (Index d = 2; d <= 4; ++d) {
    EXPECT_FALSE(contractive_and_attained(TopK{1}, d, q(1, d) + q(1, 1000))) << "not contractive";
    EXPECT_FALSE(contractive_and_attained(TopK{1}, d, q(1, d) - q(1, 1000))) << "not attained";
    EXPECT_FALSE(contractive_and_attained(TopKByValue{1}, d, q(1, d)));
  }
}

TEST(TopK, DoesNotSquareWhatItCompares) {
  Vector<double> x(3);
  x << 1e-200, -3e-200, 2e-200;
  Seeded random(1);
  const Vector<double> kept = TopK{1}.compress(x, random);
  EXPECT_EQ(kept[1], -3e-200);
  EXPECT_EQ(kept[0], 0);
}

template <class C>
class AnyCompressor : public testing::Test {
 public:
  static C keeping(Index K) {
    if constexpr (std::is_same_v<C, Identity>)
      return {};
    else
      return {K};
  }
};
using Compressors = testing::Types<Identity, RandK, TopK>;
TYPED_TEST_SUITE(AnyCompressor, Compressors, );

TYPED_TEST(AnyCompressor, MapsZeroToZero) {
  for (Index K = 1; K <= 3; ++K)
    EXPECT_EQ(law(this->keeping(K), Vector<Rational>::Zero(3)), (Law{{1, Vector<Rational>::Zero(3)}}));
}

TYPED_TEST(AnyCompressor, IsOddAndHomogeneousOutcomeByOutcome) {
  for (const Vector<Rational>& x : test_vectors(3))
    for (const Rational& c : {q(-1), q(3, 7), q(-5)}) {
      Law scaled = law(this->keeping(2), x);
      for (auto& [p, outcome] : scaled) outcome *= c;
      EXPECT_EQ(law(this->keeping(2), Vector<Rational>(c * x)), scaled);
    }
}

TYPED_TEST(AnyCompressor, RefusesNaNInfinityAndEmptyVectorsBeforeItDraws) {
  const auto line = [&](const Vector<double>& x) {
    Seeded random(1);
    std::string what =
        error_of<precondition_error>([&] { static_cast<void>(this->keeping(1).compress(x, random)); });
    EXPECT_EQ(random.place().draw, 0);
    return what;
  };
  Vector<double> x(3);
  x << 1, std::numeric_limits<double>::quiet_NaN(), 2;
  EXPECT_EQ(line(x), "a compressor needs finite coordinates (coordinate, value); found 1, nan");
  x << 1, 2, -std::numeric_limits<double>::infinity();
  EXPECT_EQ(line(x), "a compressor needs finite coordinates (coordinate, value); found 2, -inf");
  EXPECT_EQ(line(Vector<double>(0)), "a compressor needs a vector of dimension d >= 1; found 0");
  x << 1, 2, 3;
  EXPECT_EQ(error_of<precondition_error>([&] {
              Seeded random(1);
              static_cast<void>(this->keeping(1).compress(x, random));
            }),
            "nothing thrown");
}

// The interface, in full.
static_assert(CompressorFlags<Identity> && CompressorFlags<RandK> && CompressorFlags<TopK>);
static_assert(StatesWorstCase<Identity, Rational> && StatesWorstCase<RandK, Rational> &&
              StatesWorstCase<TopK, Rational>);
static_assert(SendsMessages<Identity, Rational, Seeded> && SendsMessages<RandK, Rational, Seeded> &&
              SendsMessages<TopK, Rational, Seeded>);
static_assert(WritesMessages<RandK, float> && WritesMessages<RandK, double> && !WritesMessages<RandK, Rational>);
static_assert(WritesMessages<Identity, float> && WritesMessages<TopK, double>);

TYPED_TEST(AnyCompressor, WritesItsMessageInTheDeclaredBitsAndReadsItBack) {
  const TypeParam compressor = this->keeping(2);
  const auto round_trip = [&]<class S>(const Vector<S>& x) {
    for (std::uint64_t seed = 0; seed < 10; ++seed) {
      Seeded random(seed);
      Seeded again(seed);
      const auto message = compressor.message(x, random);
      BitWriter out;
      compressor.write(message, 5, out);
      EXPECT_EQ(out.size(), compressor.bits(message, 5, scalar_width<S>));
      EXPECT_EQ(out.size(), compressor.message_bits(5, scalar_width<S>));
      BitReader in(out);
      const auto received = compressor.template read<S>(5, in);
      EXPECT_EQ(in.left(), 0);
      EXPECT_EQ(received, message);
      EXPECT_EQ(compressor.reconstruct(received, 5), compressor.compress(x, again));
      BitReader cut(out.bytes(), out.size() - 1);
      const std::string line =
          error_of<precondition_error>([&] { static_cast<void>(compressor.template read<S>(5, cut)); });
      EXPECT_TRUE(line.starts_with("the message is cut short (bits needed, bits left); found ")) << line;
    }
  };
  Vector<double> x(5);
  x << 1e-300, -0.1, 3, 0, 7e200;
  round_trip(x);
  Vector<float> y(5);
  y << 1e-40F, -0.1F, 3, 0, 7e20F;
  round_trip(y);
}

TYPED_TEST(AnyCompressor, SendsNegativeZeroAsZero) {
  const Vector<double> x = Vector<double>::Constant(3, -0.0);
  Seeded random(1);
  const Vector<double> sent = this->keeping(2).compress(x, random);
  for (Index i = 0; i < 3; ++i) EXPECT_FALSE(std::signbit(sent[i]));
}

TYPED_TEST(AnyCompressor, AttainsItsContractAtItsWorstCase) {
  const TypeParam compressor = this->keeping(2);
  for (Index d = 2; d <= 4; ++d) {
    const Vector<Rational> x = *compressor.template worst_case<Rational>(d);
    const Rational error = expected_squared_error(compressor, x);
    if constexpr (requires { compressor.template omega<Rational>(d); }) {
      EXPECT_EQ(error, compressor.template omega<Rational>(d) * x.squaredNorm());
    } else {
      EXPECT_EQ(error, (1 - compressor.template delta<Rational>(d)) * x.squaredNorm());
    }
  }
}

TEST(Sparsity, OutOfRangeIsRefusedBeforeItDraws) {
  const Vector<Rational> x = vec({1, 2, 3});
  Exhaustive<Rational> random;
  for (const Index K : {-1, 0, 4}) {
    const std::string expected =
        "the number of coordinates kept needs 1 <= K <= d (K, d); found " + std::to_string(K) + ", 3";
    EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(RandK{K}.compress(x, random)); }), expected);
    EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(TopK{K}.compress(x, random)); }), expected);
    EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(RandK{K}.omega<Rational>(3)); }), expected);
    EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(TopK{K}.delta<Rational>(3)); }), expected);
    EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(RandK{K}.worst_case<Rational>(3)); }), expected);
    EXPECT_EQ(error_of<precondition_error>([&] { static_cast<void>(TopK{K}.worst_case<Rational>(3)); }), expected);
  }
  EXPECT_EQ(random.place().draw, 0);
}

TEST(MessageBits, CountScalarsAndIndices) {
  EXPECT_EQ(Identity{}.message_bits(10, 32), 320);
  EXPECT_EQ(RandK{3}.message_bits(10, 32), 3 * (32 + 4));
  EXPECT_EQ(TopK{3}.message_bits(8, 64), 3 * (64 + 3));
  EXPECT_EQ(TopK{1}.message_bits(1, 64), 64) << "one coordinate needs no index";
  EXPECT_EQ(index_bits(2), 1);
  EXPECT_EQ(index_bits(9), 4);
}

}  // namespace
}  // namespace touchstone
