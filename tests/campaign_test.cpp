// The scripts of examples/campaign: a run on several processes gives the report of one.

#include <regex>

#include "tests/command.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

std::string without_seconds(const std::string& report) {
  return std::regex_replace(report, std::regex(R"("seconds": [0-9.e+-]+)"), "");
}

class Campaign : public ProgramTest {
 protected:
  void SetUp() override {
    ProgramTest::SetUp();
    ASSERT_EQ(touchstone("verify " + claims_ + " --json whole").status, 0);
  }

  [[nodiscard]] Called campaign(const std::string& settings, const std::string& arguments) const {
    return shell(settings + " TOUCHSTONE='" TOUCHSTONE_PROGRAM "' '" TOUCHSTONE_SOURCE "/examples/campaign/'" +
                 arguments);
  }

  void expect_report_of_the_whole_run() const {
    EXPECT_EQ(without_seconds(content_of(folder_ / "out/report.json")),
              without_seconds(content_of(folder_ / "whole")));
    EXPECT_EQ(content_of(folder_ / "out/report.xml").find("failures=\"0\"") != std::string::npos, true);
  }

  const std::string claims_ = "'compressor/identity/*' unified-sgd/gd/golden";
};

TEST_F(Campaign, OnTheRanksOfMpi) {
  if (shell("command -v mpirun").status != 0) GTEST_SKIP() << "mpirun is not installed";
  // A container is often root's, and has fewer cores than ranks.
  const std::string settings =
      "OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_rmaps_base_oversubscribe=1 ";
  const Called done = campaign(settings, "mpirun.sh 2 out " + claims_);
  EXPECT_EQ(done.status, 0) << done.out << done.err;
  EXPECT_NE(done.out.find("3 claims hold, 0 fail; "), std::string::npos) << done.out;
  expect_report_of_the_whole_run();
  EXPECT_EQ(campaign(settings, "mpirun.sh 2 out " + claims_).status, 2) << "the folder is of another run";
  EXPECT_EQ(campaign(settings, "mpirun.sh 2 other 'nothing/*'").status, 2);
  EXPECT_EQ(campaign(settings, "mpirun.sh 2").status, 2);
}

/// Where there is no Slurm: an sbatch that runs the tasks of the array one after the other.
TEST_F(Campaign, InAnArrayOfSlurm) {
  std::ofstream(folder_ / "sbatch") << R"(#!/usr/bin/env bash
[ "$1" = --wait ] && [[ $2 = --array=1-* ]] && [[ $3 = --output=* ]] || exit 9
tasks=${2#--array=1-}
[ -z "$LOST" ] || tasks=1
for i in $(seq "$tasks"); do
  log=${3#--output=}
  SLURM_ARRAY_TASK_ID=$i SLURM_CPUS_PER_TASK=1 "${@:4}" >"${log//%a/$i}" || exit
done
)";
  ASSERT_EQ(shell("chmod +x sbatch").status, 0);
  const Called done = campaign("LOST= PATH=.:$PATH", "slurm.sh 2 out " + claims_);
  EXPECT_EQ(done.status, 0) << done.out << done.err;
  EXPECT_EQ(done.err, "");
  expect_report_of_the_whole_run();
  const Called lost = campaign("LOST=1 PATH=.:$PATH", "slurm.sh 2 lost " + claims_);
  EXPECT_EQ(lost.status, 2);
  EXPECT_EQ(lost.err, "touchstone: shard 2/2: found no report, expected one\n");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "lost/report.json"));
  EXPECT_EQ(campaign("LOST= PATH=.:$PATH", "slurm.sh 2 out " + claims_).status, 2);
}

}  // namespace
}  // namespace touchstone
