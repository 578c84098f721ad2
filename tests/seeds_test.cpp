// Claims hold, and catch all their mutants, whatever the seed of their random instances.

#include <gtest/gtest.h>

#include "verify/claim.hpp"

namespace touchstone {
namespace {

class Seeds : public testing::TestWithParam<std::uint64_t> {};

TEST_P(Seeds, ClaimsHoldAndCatchTheirMutants) {
  for (Claim claim : claims()) {
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

INSTANTIATE_TEST_SUITE_P(Several, Seeds, testing::Values(0, 3, 7, 56, 1ULL << 63));

}  // namespace
}  // namespace touchstone
