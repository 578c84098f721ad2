// Contracts of the compressors at random rational vectors; the enumeration and the transcript agree.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "properties/falsify.hpp"
#include "properties/generators.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/randomness/exhaustive.hpp"

namespace touchstone::properties::compressor_properties {
namespace {

struct Case {
  Vector<Rational> x;
  Index K;
};

Case draw_case(Index most_dimensions = 5) {
  const Index d = draw_count("d", 1, most_dimensions);
  const Index K = draw_count("K", 1, d);
  return {draw_vector("x", d), K};
}

template <class C>
bool is_unbiased(const C& compressor, const Vector<Rational>& x) {
  return expectation<Rational>([&](auto& random) { return compressor.compress(x, random); }) == x;
}

template <class C>
Rational expected_squared_error(const C& compressor, const Vector<Rational>& x) {
  return expectation<Rational>(
      [&](auto& random) { return Rational((compressor.compress(x, random) - x).squaredNorm()); });
}

RC_GTEST_PROP(RandK, IsUnbiasedWithVarianceExactlyOmega, ()) {
  const auto [x, K] = draw_case();
  RC_ASSERT(is_unbiased(RandK{K}, x));
  RC_ASSERT(expected_squared_error(RandK{K}, x) == RandK{K}.omega<Rational>(x.size()) * x.squaredNorm());
}

RC_GTEST_PROP(TopK, IsContractive, ()) {
  const auto [x, K] = draw_case();
  RC_ASSERT(expected_squared_error(TopK{K}, x) <= (1 - TopK{K}.delta<Rational>(x.size())) * x.squaredNorm());
}

RC_GTEST_PROP(TopK, LosesNoMoreThanAnyOtherChoiceOfKCoordinates, ()) {
  const auto [x, K] = draw_case();
  const Rational lost = expected_squared_error(TopK{K}, x);
  const Rational scale = ratio<Rational>(K, x.size());
  for_each_outcome<Rational>(
      [&, &v = x, k = K](auto& random) { return Vector<Rational>(RandK{k}.compress(v, random) * scale); },
      [&, &v = x](const Rational&, const Vector<Rational>& kept) { RC_ASSERT(lost <= (kept - v).squaredNorm()); });
}

RC_GTEST_PROP(Identity, IsExact, ()) {
  const Vector<Rational> x = draw_case().x;
  RC_ASSERT(is_unbiased(Identity{}, x));
  RC_ASSERT(expected_squared_error(Identity{}, x) == 0);
}

RC_GTEST_PROP(Compressors, MapEveryOutcomeOfTheNegativeToTheNegative, ()) {
  const auto [x, K] = draw_case(4);
  const auto mirrored = [](const auto& compressor, const Vector<Rational>& v) {
    auto law =
        distribution<Rational>([&](auto& random) { return compressor.compress(Vector<Rational>(-v), random); });
    for (auto& [p, outcome] : law) outcome = -outcome;
    return law == distribution<Rational>([&](auto& random) { return compressor.compress(v, random); });
  };
  RC_ASSERT(mirrored(RandK{K}, x));
  RC_ASSERT(mirrored(TopK{K}, x));
}

RC_GTEST_PROP(Enumeration, EveryOutcomeIsReplayedFromItsTranscript, ()) {
  const auto [x, K] = draw_case();
  const RandK compressor{K};
  for_each_outcome<Rational>(
      [&, &v = x](Exhaustive<Rational>& random) {
        Recorder recorder(random);
        Vector<Rational> outcome = compressor.compress(v, recorder);
        Replayed replayed(recorder.transcript());
        RC_ASSERT(compressor.compress(v, replayed) == outcome);
        RC_ASSERT(replayed.exhausted());
        return outcome;
      },
      [](const Rational& p, const Vector<Rational>&) { RC_ASSERT(p > 0); });
}

TEST(TopK, ASmallerConstantIsRefutedByASmallWitness) {
  const auto witness = falsify([] {
    const auto [x, K] = draw_case();
    RC_PRE(x.size() > K);
    const Rational delta = TopK{K}.delta<Rational>(x.size()) + ratio<Rational>(1, 10);
    RC_ASSERT(expected_squared_error(TopK{K}, x) <= (1 - delta) * x.squaredNorm());
  });
  ASSERT_TRUE(witness.has_value());
  EXPECT_EQ(*witness, "d = 2\nK = 1\nx = [-1, -1]\n");
}

TEST(RandK, WithoutItsScaleIsRefutedByASmallWitness) {
  const auto witness = falsify([] {
    const auto [x, K] = draw_case();
    RC_ASSERT(expectation<Rational>([&, &v = x, k = K](auto& random) {
                return Vector<Rational>(RandK{k}.compress(v, random) * ratio<Rational>(k, v.size()));
              }) == x);
  });
  ASSERT_TRUE(witness.has_value());
  EXPECT_EQ(*witness, "d = 2\nK = 1\nx = [0, -1]\n");
}

}  // namespace
}  // namespace touchstone::properties::compressor_properties
