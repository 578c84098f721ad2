// What the program says to wrong calls, closed pipes and full disks, and what scripts may rely on.

#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

class CommandLine : public ProgramTest {};

TEST_F(CommandLine, HelpFitsEightyColumns) {
  for (const char* command : {"", "verify", "merge", "claims", "errata", "explain", "run", "check", "conform",
                              "book", "compare", "figure", "exercise", "vectors", "obligations"}) {
    const Called help = touchstone(std::string(command) + " --help");
    EXPECT_EQ(help.status, 0);
    EXPECT_EQ(help.err, "");
    EXPECT_NE(help.out.find("Usage: touchstone"), std::string::npos) << help.out;
    for (const std::string& line : lines_of(help.out)) EXPECT_LE(line.size(), 80U) << line;
  }
}

TEST_F(CommandLine, ItsVersionIsOneLine) {
  const Called version = touchstone("--version");
  EXPECT_EQ(version.status, 0);
  EXPECT_EQ(version.out, "touchstone " TOUCHSTONE_VERSION "\n");
}

TEST_F(CommandLine, WrongCallsAreRefusedInOneLine) {
  expect_refused(touchstone(""), {"found no command", "expected one of verify", "--help"});
  expect_refused(touchstone("frobnicate"), {"found 'frobnicate'", "expected one of verify"});
  expect_refused(touchstone("verify --frobnicate"), {"--frobnicate", "--help"});
  expect_refused(touchstone("verify 'nothing/*'"), {"no claim matches 'nothing/*'", "touchstone claims"});
  expect_refused(touchstone("verify --jobs 0"), {"--jobs", "found '0'", "expected a whole number >= 1"});
  expect_refused(touchstone("verify --jobs 2x"), {"--jobs", "found '2x'"});
  expect_refused(touchstone("verify --shard 3/2"), {"--shard", "found '3/2'", "expected i/N"});
  expect_refused(touchstone("verify --seed -1"), {"--seed"});
  expect_refused(touchstone("explain frobnicate"), {"found 'frobnicate'", "expected the id of a claim"});
  expect_refused(touchstone("obligations"), {"directory is required"});
}

TEST_F(CommandLine, ClaimsAreListedByGlob) {
  const Called listed = touchstone("claims 'compressor/*'");
  EXPECT_EQ(listed.status, 0);
  const std::vector<std::string> lines = lines_of(listed.out);
  ASSERT_GE(lines.size(), 6U);
  for (std::size_t i = 0; i < lines.size(); i += 2) {
    EXPECT_TRUE(lines[i].starts_with("compressor/")) << lines[i];
    EXPECT_TRUE(lines[i + 1].starts_with("    ")) << lines[i + 1];
  }
}

TEST_F(CommandLine, VerifyEndsWithTheLineThatScriptsRead) {
  const Called verified = touchstone("verify 'compressor/identity/*' unified-sgd/gd/assumption");
  EXPECT_EQ(verified.status, 0) << verified.out;
  EXPECT_EQ(verified.err, "");
  EXPECT_TRUE(lines_of(verified.out).back().starts_with("3 claims hold, 0 fail; ")) << verified.out;
  for (const std::string& line : lines_of(verified.out)) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(CommandLine, TheJsonReportHasItsDocumentedFields) {
  ASSERT_EQ(
      touchstone("verify unified-sgd/saga/conditioned-on-x unified-sgd/gd/assumption --seed 7 --json r").status, 0);
  const nlohmann::json report = nlohmann::json::parse(content_of(folder_ / "r"));
  EXPECT_EQ(report["touchstone"], TOUCHSTONE_VERSION);
  EXPECT_EQ(report["seed"], 7);
  ASSERT_EQ(report["claims"].size(), 2U);
  const nlohmann::json& claim = report["claims"][0];
  EXPECT_EQ(claim["id"], "unified-sgd/gd/assumption");
  EXPECT_EQ(claim["area"], "unified-sgd");
  EXPECT_EQ(claim["subject"], "gd");
  EXPECT_EQ(claim["level"], "proved") << "by the kernel and by Coq";
  EXPECT_EQ(claim["holds"], true);
  EXPECT_EQ(claim["ratio"], 1.0);
  EXPECT_EQ(claim["slack"], 0.0);
  for (const char* text : {"title", "source"}) EXPECT_TRUE(claim[text].is_string());
  EXPECT_TRUE(claim["seconds"].is_number());
  EXPECT_EQ(claim["mutants"]["tried"], claim["mutants"]["caught"]);
  const nlohmann::json& evidence = claim["evidence"][0];
  EXPECT_EQ(evidence["layer"], "exact");
  EXPECT_EQ(evidence["holds"], true);
  EXPECT_TRUE(evidence["detail"].is_string() && evidence["seconds"].is_number());
  EXPECT_EQ(report["claims"][1]["level"], "refuted");
  EXPECT_EQ(report["claims"][1]["holds"], true) << "for a refuted claim: its witness refutes it";
  EXPECT_EQ(report["summary"]["claims"], 2);
}

TEST_F(CommandLine, TheJUnitReportCountsTheClaims) {
  ASSERT_EQ(touchstone("verify compressor/identity/contract --junit r").status, 0);
  const std::string report = content_of(folder_ / "r");
  EXPECT_TRUE(report.starts_with("<?xml")) << report;
  EXPECT_NE(report.find("tests=\"1\""), std::string::npos) << report;
  EXPECT_NE(report.find("failures=\"0\""), std::string::npos) << report;
}

TEST_F(CommandLine, AReportThatCannotBeWrittenIsKnownBeforeTheWork) {
  expect_refused(touchstone("verify --json missing/report"), {"missing/report", "cannot be written"});
  expect_refused(touchstone("verify --junit ."), {"cannot be written"});
}

TEST_F(CommandLine, AFullDiskIsAnError) {
  for (const char* call :
       {"claims >/dev/full", "explain diana >/dev/full", "verify compressor/identity/contract >/dev/full",
        "--help >/dev/full", "run gd --data data --iterations 5 >/dev/full"})
    expect_refused(touchstone(call), {"standard output: cannot be written", "No space left"});
  const Called report = touchstone("verify compressor/identity/contract --json /dev/full");
  EXPECT_EQ(report.status, 2);
  EXPECT_NE(report.err.find("/dev/full: cannot be written (No space left on device)"), std::string::npos)
      << report.err;
}

TEST_F(CommandLine, AReaderThatGoesAwayIsNoComplaint) {
  const Called piped = shell("'" TOUCHSTONE_PROGRAM "' explain diana | head -n 1");
  EXPECT_EQ(piped.status, 0);
  EXPECT_EQ(lines_of(piped.out).size(), 1U);
  EXPECT_EQ(piped.err, "");
}

TEST_F(CommandLine, AMethodsPageShowsItsPseudocode) {
  const Called page = touchstone("explain diana");
  EXPECT_EQ(page.status, 0);
  EXPECT_NE(page.out.find("h_i <- h_i + alpha m_i"), std::string::npos) << page.out;
  EXPECT_NE(page.out.find("unified-sgd/diana/rate"), std::string::npos) << page.out;
}

TEST_F(CommandLine, EveryRefutedStatementNamesItsCorrection) {
  const Called errata = touchstone("errata");
  EXPECT_EQ(errata.status, 0);
  EXPECT_NE(errata.out.find("unified-sgd/saga/conditioned-on-x"), std::string::npos);
  for (const std::string& line : lines_of(errata.out)) {
    const std::size_t at = line.find("corrected  ");
    if (at == std::string::npos) continue;
    EXPECT_EQ(touchstone("claims " + line.substr(at + 11)).status, 0) << line;
  }
}

TEST_F(CommandLine, ObligationsAreTheSameBytesTwice) {
  ASSERT_EQ(touchstone("obligations one").status, 0);
  ASSERT_EQ(touchstone("obligations two").status, 0);
  EXPECT_EQ(shell("diff -r one two && find one -name '*.smt2' | wc -l >count").status, 0);
  EXPECT_GT(std::stoi(content_of(folder_ / "count")), 100);
  expect_refused(touchstone("obligations data"), {"data"});
}

}  // namespace
}  // namespace touchstone
