// Compressors made of compressors: golden laws, constants attained, rational and not. What all of them promise:
// combinator_flags_test.cpp, combinator_messages_test.cpp.

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
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/numbers/surd.hpp"

namespace touchstone {
namespace {

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

TEST(OneOf, IsTheOneHeld) {
  using Sparse = OneOf<TopK, RandKUnscaled>;
  EXPECT_EQ(law(Sparse{TopK{1}}, vec({1, -3})), law(TopK{1}, vec({1, -3})));
  EXPECT_EQ(law(Sparse{RandKUnscaled{1}}, vec({1, -3})), law(RandKUnscaled{1}, vec({1, -3})));
  static_assert(Sparse::odd && Sparse::homogeneous && !Sparse::linear && !Sparse::deterministic);
  static_assert(Contractive<Sparse> && !Unbiased<Sparse> && !Contractive<OneOf<RandK, Natural>>);
  const Block<OneOf<RandK, Natural>> layers{{3, 2}, {{RandK{2}}, {Natural{}}}};
  EXPECT_EQ(layers.omega<Rational>(5), q(1, 2));
  expect_attained<Rational>(layers, 5);
  EXPECT_EQ(layers.message_bits(5, 32), 2 * (2 + 32) + 2 * 9);
  const Block<OneOf<TopK, RandKUnscaled>> mixed{{2, 3}, {{TopK{1}}, {RandKUnscaled{1}}}};
  EXPECT_EQ(mixed.delta<Rational>(5), q(1, 3));
  EXPECT_EQ(mixed.density<Rational>(5), 2);
  expect_delta_attained(mixed, 5);
  EXPECT_EQ((OneOf<Dithering, RandK>{Dithering{NormIndex::two, 1}}.omega<Surd>(2)), Surd::root_of(2) - Surd(1));
  EXPECT_GT((OneOf<Dithering, RandK>{Dithering{NormIndex::two, 1}}.omega_upper_bound<Rational>(2)), q(2, 5));
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
template <class... Q>
concept CanHold = requires {
  typename OneOf<Q...>;
};
static_assert(CanHold<TopK, RandKUnscaled> && CanHold<RandK> && !CanHold<TopK, RandK>);
static_assert(CanScale<Natural> && !CanScale<TopK>);
static_assert(ContractiveCompressor<Scaled<RandK>, Rational, Seeded>);
static_assert(!UnbiasedCompressor<Scaled<RandK>, Rational, Seeded>);
static_assert(UnbiasedCompressor<Block<RandK>, Rational, Seeded>);
static_assert(!ContractiveCompressor<Block<RandK>, Rational, Seeded>);

// Parts whose omega is irrational.

const Surd root2 = Surd::root_of(2);
const Dithering qsgd{NormIndex::two, 1};  // omega = sqrt(d) - 1, attained at (1, ..., 1)

template <class C>
void expect_attained_over_surds(const C& c, Index d, const Surd& constant) {
  const std::optional<Vector<Surd>> x = c.template worst_case<Surd>(d);
  ASSERT_TRUE(x.has_value());
  const Surd squares = x->squaredNorm();
  EXPECT_LT(Surd(0), squares);
  if constexpr (Contractive<C>) {
    EXPECT_EQ(c.template delta<Surd>(d), constant);
    EXPECT_EQ(expected_squared_error<Surd>(c, *x), Surd((Surd(1) - constant) * squares));
  } else {
    EXPECT_EQ(c.template omega<Surd>(d), constant);
    EXPECT_EQ(expected_squared_error<Surd>(c, *x), Surd(constant * squares));
    EXPECT_TRUE(is_unbiased<Surd>(c, *x));
  }
}

TEST(IrrationalParts, AreExactOverSurds) {
  expect_attained_over_surds(Scaled<Dithering>{qsgd}, 2, Surd(1) / root2);
  expect_attained_over_surds(ComposedOnKept<TopK, Dithering>{{2}, qsgd}, 4, Surd(q(1, 2)) / root2);
  expect_attained_over_surds(ComposedUnbiased<RandK, Dithering>{{1}, qsgd}, 2, Surd(2) * root2 - Surd(1));
  expect_attained_over_surds(Participation<Dithering>{{1, 3}, qsgd}, 2, Surd(3) * root2 - Surd(1));
  expect_attained_over_surds(Averaged<Dithering>{2, qsgd}, 2, (root2 - Surd(1)) / Surd(2));
  expect_attained_over_surds(Block<Dithering>{{1, 2}, {qsgd, qsgd}}, 3, root2 - Surd(1));
  EXPECT_EQ((Block<Dithering>{{2, 3}, {qsgd, qsgd}}.omega<Surd>(5)), Surd::root_of(3) - Surd(1))
      << "numbers of two fields, compared";
  EXPECT_EQ((Composed<TopK, Dithering>{{1}, qsgd}.delta<Surd>(2)), Surd(q(1, 2)) / root2);
  EXPECT_EQ((Induced<TopK, Dithering>{{1}, qsgd}.omega<Surd>(2)), (root2 - Surd(1)) / Surd(2));
}

/// What is used for omega or delta over the rational numbers: on the safe side of the exact one, and next to it.
template <class C>
void expect_bound_over_rationals(const C& c, Index d) {
  const Surd nearby{q(1, 1'000'000'000)};
  EXPECT_FALSE(c.template worst_case<Rational>(d).has_value());
  if constexpr (Contractive<C>) {
    const Surd bound{c.template delta<Rational>(d)};
    EXPECT_LT(bound, c.template delta<Surd>(d));
    EXPECT_LT(c.template delta<Surd>(d), bound + nearby);
  } else {
    const Surd bound{omega_bound<Rational>(c, d)};
    EXPECT_LT(c.template omega<Surd>(d), bound);
    EXPECT_LT(bound - nearby, c.template omega<Surd>(d));
    const std::string line =
        error_of<precondition_error>([&] { static_cast<void>(c.template omega<Rational>(d)); });
    EXPECT_TRUE(line.starts_with("this number type does not hold the square root")) << line;
  }
}

TEST(IrrationalParts, AreBoundedOverRationals) {
  const Dithering largest{NormIndex::infinity, 1};  // omega = (sqrt(d) - 1)/2
  expect_bound_over_rationals(Scaled<Dithering>{qsgd}, 2);
  expect_bound_over_rationals(Scaled<Dithering>{largest}, 3);
  expect_bound_over_rationals(Composed<TopK, Dithering>{{1}, largest}, 2);
  expect_bound_over_rationals(ComposedOnKept<TopK, Dithering>{{2}, largest}, 4);
  expect_bound_over_rationals(ComposedUnbiased<RandK, Dithering>{{1}, largest}, 3);
  expect_bound_over_rationals(Induced<TopK, Dithering>{{1}, largest}, 3);
  expect_bound_over_rationals(Participation<Dithering>{{1, 3}, largest}, 3);
  expect_bound_over_rationals(Averaged<Dithering>{2, largest}, 3);
  expect_bound_over_rationals(Block<Dithering>{{1, 2}, {largest, largest}}, 3);
}

/// The message is shrunk by the bound, so the contract holds with it.
TEST(IrrationalParts, KeepTheContractOfTheBound) {
  const Dithering largest{NormIndex::infinity, 1};
  const auto check = [](const auto& c, const Vector<Rational>& x) {
    const Rational error = expected_squared_error<Rational>(c, x);
    EXPECT_LE(error, (1 - c.template delta<Rational>(x.size())) * x.squaredNorm());
    EXPECT_GT(error, 0);
  };
  for (const Vector<Rational>& x : {vec({3, -4, 1}), vec({1, q(1, 3), q(1, 3)}), vec({5, 2, q(-1, 7)})}) {
    check(Scaled<Dithering>{largest}, x);
    check(Composed<TopK, Dithering>{{2}, largest}, x);
    check(ComposedOnKept<TopK, Dithering>{{2}, largest}, x);
  }
}

}  // namespace
}  // namespace touchstone
