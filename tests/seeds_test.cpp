// Claims hold, and catch all their mutants, whatever the seed of their random instances. (Proofs have no seed.)

#include <gtest/gtest.h>

#include "verify/claim.hpp"

namespace touchstone {
namespace {

class Seeds : public testing::TestWithParam<std::uint64_t> {};

/// By the solvers alone.
bool is_proof(const Claim& claim) {
  for (const char* name : {"/stepsize", "/complexity", "/closed-form"})
    if (claim.id.ends_with(name)) return true;
  return claim.subject() == "theorem" || claim.subject() == "delay";
}

TEST_P(Seeds, ClaimsHoldAndCatchTheirMutants) {
  for (const Claim& claim : claims()) {
    if (claim.area() == "compressor" || is_proof(claim)) continue;
    const ClaimResult result = verify(claim, GetParam());
    EXPECT_TRUE(result.holds) << claim.id;
    for (const std::string& mutant : result.mutants_survived) ADD_FAILURE() << claim.id << " missed: " << mutant;
    for (const Evidence& evidence : result.evidence)
      if (evidence.level && evidence.verdict != Verdict::holds)
        ADD_FAILURE() << claim.id << ": " << evidence.detail;
  }
}

INSTANTIATE_TEST_SUITE_P(Several, Seeds, testing::Values(0, 2, 3, 7, 56, 1ULL << 63));

}  // namespace
}  // namespace touchstone
