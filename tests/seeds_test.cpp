// Claims hold, and catch all their mutants, whatever the seed of their random instances.

#include <cstdlib>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/compared_claims.hpp"
#include "verify/claim.hpp"

namespace touchstone {
namespace {

class Seeds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Seeds, ClaimsHoldAndCatchTheirMutants) {
  for (Claim claim : claims()) {
    if (testing_support::is_compared(claim.id, GetParam())) continue;  // determinism_test.cpp expects it to hold
    std::erase_if(claim.checks, [](const Check& check) { return !check.draws; });
    if (claim.checks.empty()) continue;
    const ClaimResult result = verify(claim, GetParam());
    EXPECT_TRUE(result.holds) << claim.id;
    for (const std::string& mutant : result.mutants_survived) ADD_FAILURE() << claim.id << " missed: " << mutant;
    for (const Evidence& evidence : result.evidence)
      if (evidence.level && evidence.verdict != Verdict::holds)
        ADD_FAILURE() << claim.id << ": " << evidence.detail;
  }
}

/// A seed takes two minutes: two of them beside seed 1, which verify/run has, or five where TOUCHSTONE_EFFORT asks for more.
std::vector<std::uint64_t> seeds() {
  std::vector<std::uint64_t> all{0, 1ULL << 63};
  if (std::getenv("TOUCHSTONE_EFFORT") != nullptr)
    all.insert(all.end(), {3, 7, 56});  // NOLINT(concurrency-mt-unsafe)
  return all;
}

INSTANTIATE_TEST_SUITE_P(Several, Seeds, testing::ValuesIn(seeds()));

}  // namespace
}  // namespace touchstone
