// Compressors made of compressors: golden laws, constants attained, messages; and the AB constants, by enumeration.

#include <string>

#include <gtest/gtest.h>

#include "tests/laws.hpp"
#include "tests/support.hpp"
#include "touchstone/compressors/averaged.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/block.hpp"
#include "touchstone/compressors/composed.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/composed_unbiased.hpp"
#include "touchstone/compressors/convex_combination.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/theory/compressors/joint_constants.hpp"

namespace touchstone {
namespace {

using testing_support::draws;
using testing_support::error_of;
using testing_support::expect_attained;
using testing_support::expect_delta_attained;
using testing_support::expected_squared_error;
using testing_support::is_unbiased;
using testing_support::Law;
using testing_support::law;
using testing_support::q;
using testing_support::vec;

TEST(Scaled, IsRandKWithoutItsFactor) {
  EXPECT_EQ(law(Scaled<RandK>{{2}}, vec({1, 2, 3})), law(RandKUnscaled{2}, vec({1, 2, 3})));
  expect_delta_attained(Scaled<RandK>{{2}}, 3);
  expect_delta_attained(Scaled<Natural>{}, 2);
  EXPECT_EQ(Scaled<Natural>{}.delta<Rational>(2), q(8, 9));
}

TEST(Composed, LawAndConstant) {
  const Composed<TopK, Bernoulli> c{{1}, {{1, 3}}};
  EXPECT_EQ(law(c, vec({1, -2})), (Law{{q(2, 3), vec({0, 0})}, {q(1, 3), vec({0, -2})}}));
  EXPECT_EQ(c.delta<Rational>(2), q(1, 6));
  expect_delta_attained(c, 2);
  expect_delta_attained(Composed<TopK, RandK>{{2}, {2}}, 4);
}

TEST(ComposedOnKept, QuantisesTheKeptOnly) {
  const ComposedOnKept<TopK, RandK> c{{2}, {1}};
  EXPECT_EQ(law(c, vec({1, -4, 3})), (Law{{q(1, 2), vec({0, -4, 0})}, {q(1, 2), vec({0, 0, 3})}}));
  EXPECT_EQ(c.delta<Rational>(3), q(1, 3)) << "omega on two coordinates, not on three";
  expect_delta_attained(c, 3);
  expect_delta_attained(ComposedOnKept<TopK, Natural>{{2}, {}}, 4);
  EXPECT_EQ((ComposedOnKept<TopK, Natural>{{2}, {}}.message_bits(8, 32)), 2 * (3 + 9));
}

TEST(ComposedUnbiased, ConstantIsAttained) {
  const ComposedUnbiased<RandK, Natural> c{{2}, {}};
  EXPECT_EQ(c.omega<Rational>(3), q(27, 16) - 1);
  expect_attained<Rational>(c, 3);
}

TEST(Induced, LawAndConstant) {
  const Induced<TopK, RandK> c{{1}, {1}};
  EXPECT_EQ(law(c, vec({1, -3})), (Law{{q(1, 2), vec({2, -3})}, {q(1, 2), vec({0, -3})}}));
  EXPECT_EQ(c.omega<Rational>(2), q(1, 2));
  expect_attained<Rational>(c, 2);
  expect_attained<Rational>(c, 4);
}

TEST(Participation, LawAndConstant) {
  const Participation<RandK> c{{1, 3}, {1}};
  EXPECT_EQ(law(c, vec({1, -2})), (Law{{q(2, 3), vec({0, 0})}, {q(1, 6), vec({6, 0})}, {q(1, 6), vec({0, -12})}}));
  EXPECT_EQ(c.omega<Rational>(2), 5);
  expect_attained<Rational>(c, 2);
  expect_attained<Rational>(Participation<Natural>{{2, 5}, {}}, 2);
}

TEST(Averaged, ErrorIsDividedByTheCopiesForAllVectors) {
  const Vector<Polynomial> x = variables("x", 3);
  const Averaged<RandK> c{2, {1}};
  EXPECT_EQ(expected_squared_error<Polynomial>(c, x), c.omega<Polynomial>(3) * x.squaredNorm());
  EXPECT_TRUE(is_unbiased<Polynomial>(c, x));
  EXPECT_EQ(c.omega<Rational>(3), 1);
}

TEST(Block, TakesTheWorstConstant) {
  const Block<RandK> c{{2, 3}, {{1}, {1}}};
  EXPECT_EQ(c.omega<Rational>(5), 2);
  expect_attained<Rational>(c, 5);
  const Block<TopK> t{{2, 3}, {{1}, {1}}};
  EXPECT_EQ(t.delta<Rational>(5), q(1, 3));
  expect_delta_attained(t, 5);
  EXPECT_EQ(law(t, vec({1, 2, 0, 4, 3})), (Law{{1, vec({0, 2, 0, 4, 0})}}));
  EXPECT_EQ(error_of<precondition_error>([&] {
              static_cast<void>(law(c, vec({1, 2, 3})));
            }),
            "the sizes of the blocks sum to d (sum, d); found 5, 3");
}

TEST(ConvexCombination, LawAndConstant) {
  const ConvexCombination<TopK, Identity> c{{1, 2}, {{1}, {}}};
  EXPECT_EQ(law(c, vec({3, 6})), (Law{{1, vec({2, 6})}}));
  EXPECT_EQ(c.delta<Rational>(2), q(5, 6));
  EXPECT_LE(expected_squared_error<Rational>(c, vec({1, 1})), q(1, 6) * 2);
}

template <class C, class Q>
concept CanCompose = requires {
  typename Composed<C, Q>;
};
template <class Q>
concept CanScale = requires {
  typename Scaled<Q>;
};
static_assert(CanCompose<TopK, RandK> && !CanCompose<TopK, TopK> && !CanCompose<RandK, RandK>);
static_assert(CanScale<Natural> && !CanScale<TopK>);
static_assert(ContractiveCompressor<Scaled<RandK>, Rational, Seeded>);
static_assert(!UnbiasedCompressor<Scaled<RandK>, Rational, Seeded>);
static_assert(UnbiasedCompressor<Block<RandK>, Rational, Seeded>);
static_assert(!ContractiveCompressor<Block<RandK>, Rational, Seeded>);

TEST(AnyCombinator, WritesItsMessageAndReadsItBack) {
  const auto check = [](const auto& c) {
    Vector<float> x(4);
    x << 0.3F, -7, 0, 1e-9F;
    for (std::uint64_t seed = 0; seed < 8; ++seed) {
      Seeded random(seed);
      const auto message = c.message(x, random);
      BitWriter out;
      c.write(message, 4, out);
      EXPECT_EQ(out.size(), c.bits(message, 4, 32));
      EXPECT_LE(out.size(), c.message_bits(4, 32));
      BitReader in(out);
      EXPECT_EQ(c.template read<float>(4, in), message);
      EXPECT_EQ(in.left(), 0);
      BitReader cut(out.bytes(), out.size() - 1);
      EXPECT_THROW(static_cast<void>(c.template read<float>(4, cut)), precondition_error);
    }
  };
  check(Scaled<RandK>{{2}});
  check(Composed<TopK, Natural>{{2}, {}});
  check(ComposedOnKept<TopK, Natural>{{2}, {}});
  check(Induced<TopK, RandK>{{1}, {2}});
  check(Participation<RandK>{{1, 2}, {2}});
  check(Averaged<RandK>{3, {2}});
  check(Block<RandK>{{3, 1}, {{2}, {1}}});
  check(ConvexCombination<TopK, RandKUnscaled>{{1, 2}, {{1}, {2}}});
}

TEST(Participation, RefusesWhatItsPartRefusesBeforeItDraws) {
  Seeded random(1);
  const Vector<double> x = Vector<double>::Ones(3);
  EXPECT_THROW(static_cast<void>(Participation<RandK>{{1, 2}, {4}}.compress(x, random)), precondition_error);
  EXPECT_EQ(random.place().draw, 0);
}

/// E|(1/r) sum of what the slots send - a|^2 against the constants; slots(random) are the workers of the slots.
template <class Slots>
bool is_joint_identity(Index n, Index d, const JointConstants<Rational>& k, const Slots& slots,
                       bool shared = false) {
  std::vector<Vector<Rational>> a;
  Vector<Rational> average = Vector<Rational>::Zero(d);
  Rational squares = 0;
  for (Index i = 0; i < n; ++i) {
    Vector<Rational> a_i(d);
    for (Index j = 0; j < d; ++j) a_i[j] = q((3 * i * i + 5 * j + i * j) % 7 - 3, 1 + (i + 2 * j) % 4);
    average += a_i / Rational(n);
    squares += a_i.squaredNorm() / n;
    a.push_back(a_i);
  }
  const auto error = expectation<Rational>([&](auto& random) {
    const Indices workers = slots(random);
    Vector<Rational> sum = Vector<Rational>::Zero(d);
    Index same = 0;
    if (shared) same = random.choose(d);
    for (const Index i : workers) {
      const Vector<Rational>& a_i = a[static_cast<std::size_t>(i)];
      if (shared)
        sum[same] += d * a_i[same];
      else
        sum += RandK{1}.compress(a_i, random);
    }
    return Rational(Vector<Rational>(sum / Rational(static_cast<Index>(workers.size())) - average).squaredNorm());
  });
  return error == k.A * squares - k.B * average.squaredNorm();
}

TEST(JointConstants, AreIdentitiesForRandK) {
  for (Index n = 1; n <= 4; ++n)
    for (Index d = 1; d <= 4; ++d) {
      const Rational omega = d - 1;
      const auto all = [n](auto& random) { return random.subset(n, n); };
      EXPECT_TRUE(is_joint_identity(n, d, independent_joint_constants<Rational>(n, omega), all));
      if (n > 1 && d > 1) {
        EXPECT_FALSE(is_joint_identity(n, d, independent_joint_constants<Rational>(n, omega), all, true));
      }
      for (Index r = 1; r <= n && r <= 3; ++r) {
        const auto with = [n, r](auto& random) {
          Indices workers;
          for (Index t = 0; t < r; ++t) workers.push_back(random.choose(n));
          return workers;
        };
        const auto without = [n, r](auto& random) { return random.subset(n, r); };
        const auto with_k = sampled_with_replacement_joint_constants<Rational>(r, omega);
        EXPECT_TRUE(is_joint_identity(n, d, with_k, with));
        if (n < 2) continue;
        const auto without_k = sampled_without_replacement_joint_constants<Rational>(n, r, omega);
        EXPECT_TRUE(is_joint_identity(n, d, without_k, without));
        EXPECT_EQ(is_joint_identity(n, d, without_k, with), r == 1) << "the two samplings differ";
      }
    }
}

}  // namespace
}  // namespace touchstone
