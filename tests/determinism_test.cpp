// The same seed gives the same bytes: whatever the jobs, twice in a row, and from another compiler.

#include <nlohmann/json.hpp>

#include "tests/command.hpp"
#include "tests/compared_claims.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

/// The report without what measures time.
void remove_seconds(nlohmann::json& part) {
  if (part.is_object()) part.erase("seconds");
  for (nlohmann::json& inner : part)
    if (inner.is_structured()) remove_seconds(inner);
}

class Determinism : public ProgramTest {
 protected:
  [[nodiscard]] nlohmann::json report(const std::string& options) const {
    EXPECT_EQ(touchstone("verify --json report " + options).status, 0);
    nlohmann::json parsed = nlohmann::json::parse(content_of(folder_ / "report"));
    remove_seconds(parsed);
    return parsed;
  }
};

TEST_F(Determinism, ReportsDoNotDependOnTheJobsNorAClaimOnTheOthers) {
  const std::string with_seed = "--seed " + std::to_string(compared_seed) + " ";
  std::string claims = with_seed;
  for (const std::string& pattern : compared_claims) claims += "'" + pattern + "' ";
  const nlohmann::json one_by_one = report(claims + "--jobs 1");
  EXPECT_EQ(one_by_one, report(claims + "--jobs 2"));
  EXPECT_EQ(one_by_one, report(claims + "--jobs 7"));
  for (const nlohmann::json& claim : one_by_one["claims"]) {
    EXPECT_EQ(claim["holds"], true) << claim["id"];
    EXPECT_EQ(claim["mutants"]["survived"], nlohmann::json::array()) << claim["id"];
  }

  const nlohmann::json alone = report(with_seed + "unified-sgd/diana/assumption");
  bool found = false;
  for (const nlohmann::json& claim : one_by_one["claims"])
    if (claim["id"] == "unified-sgd/diana/assumption") {
      EXPECT_EQ(claim, alone["claims"][0]);
      found = true;
    }
  EXPECT_TRUE(found);
}

TEST_F(Determinism, AnotherSeedGivesOtherInstances) {
  const std::string claim = "unified-sgd/diana/neighbourhood ";  // draws, and asks no solver
  EXPECT_NE(report(claim + "--seed 1")["claims"], report(claim + "--seed 2")["claims"]);
}

TEST_F(Determinism, TracesAreTheSameBytes) {
  const std::string run = "run diana --data data --workers 2 --compressor rand-k:1 --iterations 50 --trace ";
  ASSERT_EQ(touchstone(run + "one").status, 0);
  ASSERT_EQ(touchstone(run + "two").status, 0);
  EXPECT_EQ(content_of(folder_ / "one"), content_of(folder_ / "two"));
  ASSERT_EQ(touchstone(run + "three --seed 2").status, 0);
  EXPECT_NE(content_of(folder_ / "one"), content_of(folder_ / "three"));
}

}  // namespace
}  // namespace touchstone
