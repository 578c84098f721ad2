// The tests that may stop at any time: each E is a supermartingale, exactly, where its statement is true, and grows where it is not.
#include <cmath>

#include <gtest/gtest.h>

#include "touchstone/randomness/seeded.hpp"
#include "verify/oracle/conform/anytime_tests.hpp"

namespace touchstone::inline v0::oracle::conformance {
namespace {

/// E[E_{t+1}] / E_t, over the next sample's law.
template <class Test, class Sample>
double expected_growth(const Test& before, const std::vector<std::pair<double, Sample>>& law) {
  double mean = 0;
  for (const auto& [p, z] : law) {
    Test after = before;
    after.add(z);
    mean += p * std::exp(after.evidence() - before.evidence());
  }
  return mean;
}

TEST(AnytimeTests, TheLawTestIsAMartingaleUnderItsLaw) {
  LawTest test({0.5, 0.3, 0.2});
  const std::vector<std::pair<double, std::size_t>> law{{0.5, 0}, {0.3, 1}, {0.2, 2}};
  for (const std::size_t category : {0, 0, 2, 1, 1, 1, 0, 2}) {
    EXPECT_NEAR(expected_growth(test, law), 1, 1e-12);
    test.add(category);
  }
  const std::vector<std::pair<double, std::size_t>> other{{0.6, 0}, {0.2, 1}, {0.2, 2}};
  EXPECT_NE(expected_growth(test, other), 1);
}

TEST(AnytimeTests, TheBoundedMeanTestIsASupermartingaleUpToItsBound) {
  BoundedMeanTest test(1);
  const std::vector<std::pair<double, double>> at_the_bound{{0.75, 0}, {0.25, 4}};
  const std::vector<std::pair<double, double>> above{{0.7, 0}, {0.3, 4}};
  for (const double z : {0.0, 4.0, 0.0, 0.0, 4.0}) {
    EXPECT_NEAR(expected_growth(test, at_the_bound), 1, 1e-12);
    EXPECT_GT(expected_growth(test, above), 1);
    test.add(z);
  }
}

// Equality cannot be had: the square of lambda Z is paid for in advance.
TEST(AnytimeTests, TheCentredMeanTestIsASupermartingaleForCentredSamples) {
  CentredMeanTest test(4, 0);
  for (const double size : {0.5, 1.0, 2.0}) {
    const std::vector<std::pair<double, double>> centred{{0.5, size}, {0.5, -size}};
    EXPECT_LE(expected_growth(test, centred), 1 + 1e-12);
    test.add(size);
  }
  const std::vector<std::pair<double, double>> skewed{{0.2, 4}, {0.8, -1}};  // mean 0, second moment 4
  EXPECT_LE(expected_growth(test, skewed), 1 + 1e-12);
}

TEST(AnytimeTests, ABiasIsFoundAndOneThatIsAllowedIsNot) {
  CentredMeanTest strict(1, 0);
  CentredMeanTest lenient(1, 0.25);
  Seeded random(5);
  for (Index i = 0; i < 4000; ++i) {
    random.begin_iteration(i);
    const double z = (random.bernoulli(0.5) ? 0.9 : -0.9) + 0.2;
    strict.add(z);
    lenient.add(z);
  }
  EXPECT_GT(strict.evidence(), 30);
  EXPECT_LT(lenient.evidence(), 5);
}

TEST(AnytimeTests, TwoStreamsOfOneLawAreNotToldApartAndOfTwoLawsAre) {
  SwapTest same;
  SwapTest different;
  Seeded random(3);
  for (Index i = 0; i < 2000; ++i) {
    random.begin_iteration(i);
    const bool first = random.bernoulli(0.5);
    const bool second = random.bernoulli(0.5);
    const bool third = random.bernoulli(0.65);
    same.add(first ? "a" : "b", second ? "a" : "b");
    different.add(first ? "a" : "b", third ? "a" : "b");
  }
  EXPECT_LT(same.evidence(), 5);
  EXPECT_GT(different.evidence(), 10);
}

// Of 4000 streams under the law fewer than a twentieth ever reach 20, as Ville's inequality says; some do.
TEST(AnytimeTests, EvidenceIsRareUnderTheLaw) {
  Index reached = 0;
  for (std::uint64_t stream = 0; stream < 4000; ++stream) {
    Seeded random(11, stream);
    LawTest test({0.5, 0.5});
    for (Index i = 0; i < 100; ++i) {
      random.begin_iteration(i);
      test.add(random.bernoulli(0.5) ? 1 : 0);
      if (test.evidence() < std::log(20)) continue;
      ++reached;
      break;
    }
  }
  EXPECT_LT(reached, 4000 / 20);
  EXPECT_GT(reached, 0);
}

TEST(AnytimeTests, TheLedgerSharesItsProbability) {
  ErrorLedger ledger(1e-9);
  double spent = 0;
  for (int test = 0; test < 10'000; ++test) spent += std::exp(-ledger.threshold());
  EXPECT_LT(spent, 1e-9);
  EXPECT_GT(spent, 0.999e-9);
}

}  // namespace
}  // namespace touchstone::inline v0::oracle::conformance
