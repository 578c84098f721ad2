// `touchstone merge`: the shards of a run give what the run gives, and nothing else is taken for its shards.

#include <regex>

#include <fmt/format.h>

#include "tests/command.hpp"
#include "verify/program/report.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

/// Without what may differ.
std::string without_times(const std::string& text) {
  const std::regex times(R"( +[0-9.]+s | [0-9.]+ s$|("seconds": |time=")[0-9.e+-]+)", std::regex::multiline);
  return std::regex_replace(text, times, "$1");
}

std::string replaced(std::string text, const std::string& old, const std::string& with) {
  const std::size_t at = text.find(old);
  EXPECT_NE(at, std::string::npos) << old;
  return at == std::string::npos ? text : text.replace(at, old.size(), with);
}

class MergeCommand : public ProgramTest {
 protected:
  /// A failing claim and an abstaining solver among them, as no claim of the registry shows them.
  [[nodiscard]] static std::vector<ClaimResult> made_up() {
    std::vector<ClaimResult> results(2);
    for (const Claim& claim : claims()) {
      if (claim.id == "compressor/identity/contract") results[0].claim = &claim;
      if (claim.id == "compressor/identity/message") results[1].claim = &claim;
    }
    results[0].evidence = {{Layer::kernel, Level::proved, Verdict::holds, "kernel", 0.1},
                           {Layer::z3, std::nullopt, Verdict::undecided, "no answer", 0.25},
                           {Layer::exact, Level::exact, Verdict::undecided, "<&\"\n\u00e9", 0.5}};
    results[0].tightness = {1e-300, 1.0 / 3};
    results[0].mutants = {"one", "an&other", "caught"};
    results[0].mutants_survived = {"one", "an&other"};
    results[1].evidence = {{Layer::run, Level::measured, Verdict::holds, "", 0}};
    results[1].mutants = {"caught"};
    results[1].pictures = {{{"an instance", "E V^k", {{0, 1.0 / 3, 1}, {7, 1e-300, 0.5}}}},
                           {{"RandK", {"1/3", "2"}, {1.0 / 3, 2}, {{"1/2", 0.5, {"0", "4"}, {0, 4}}}}}};
    for (ClaimResult& result : results) judge(result);
    return results;
  }

  void write(const std::string& name, const std::string& text) const { std::ofstream(folder_ / name) << text; }

  void write_shard(std::size_t i, std::size_t N, std::uint64_t seed = 1) const {
    const std::vector<ClaimResult> all = made_up();
    std::vector<ClaimResult> part;
    for (std::size_t k = i - 1; k < all.size(); k += N) part.push_back(all[k]);
    write(fmt::format("{}of{}", i, N), report_json(part, {seed, {patterns_}, {i, N}, 0.5}));
  }

  [[nodiscard]] Called merge(const std::string& arguments) const { return touchstone("merge " + arguments); }

  const std::string patterns_ = "compressor/identity/*";
};

TEST_F(MergeCommand, TheShardsGiveWhatTheRunGives) {
  const std::string verify =
      "verify 'compressor/identity/*' unified-sgd/gd/golden unified-sgd/gd/assumption-composite "
      "unified-sgd/saga/conditioned-on-x --seed 18446744073709551615 ";
  const Called whole = touchstone(verify + "--json whole --junit whole.xml");
  ASSERT_EQ(whole.status, 0);
  for (const char* i : {"1", "2", "3"})
    ASSERT_EQ(touchstone(verify + "--shard " + i + "/3 --json part" + i).status, 0);
  for (const char* order : {"part1 part2 part3", "part3 part1 part2", "whole"}) {
    const Called merged = merge(std::string(order) + " --json merged --junit merged.xml");
    EXPECT_EQ(merged.status, 0) << merged.err;
    EXPECT_EQ(without_times(merged.out), without_times(whole.out));
    EXPECT_EQ(without_times(content_of(folder_ / "merged")), without_times(content_of(folder_ / "whole")));
    EXPECT_EQ(without_times(content_of(folder_ / "merged.xml")), without_times(content_of(folder_ / "whole.xml")));
  }
  EXPECT_NE(whole.out.find("kernel z3"), std::string::npos) << "the matrix of the proof layers is compared too";
  EXPECT_NE(without_times(whole.out).find("5 claims hold, 0 fail; "), std::string::npos) << "not all is cut away";
}

TEST_F(MergeCommand, WhatFailsFailsAndSecondsAreAddedUp) {
  for (const std::size_t i : {1U, 2U, 3U}) write_shard(i, 3);
  const std::vector<ClaimResult> results = made_up();
  const Called merged = merge("3of3 2of3 1of3 --json merged --junit merged.xml");
  EXPECT_EQ(merged.status, 1);
  EXPECT_EQ(merged.err, "");
  EXPECT_EQ(merged.out, report_heading() + report_line(results[0]) + report_line(results[1]) +
                            report_matrix(results) + report_summary(results, 1.5));
  EXPECT_EQ(content_of(folder_ / "merged"), report_json(results, {1, {patterns_}, {1, 1}, 1.5}));
  EXPECT_EQ(content_of(folder_ / "merged.xml"), report_junit(results));
  EXPECT_NE(merged.out.find("FAILS"), std::string::npos) << merged.out;
  EXPECT_NE(merged.out.find("mutant not caught: an&other"), std::string::npos) << merged.out;
}

TEST_F(MergeCommand, OnlyTheShardsOfOneRunAreTaken) {
  for (const std::size_t i : {1U, 2U, 3U}) write_shard(i, 3);
  write_shard(2, 2);
  expect_refused(merge("1of3 3of3"), {"shard 2/3: found no report"});
  expect_refused(merge("3of3 2of3"), {"shard 1/3: found no report"});
  expect_refused(merge("1of3 2of3"), {"shard 3/3: found no report"});
  ASSERT_EQ(shell("cp 2of3 again").status, 0);
  expect_refused(merge("1of3 2of3 3of3 again"), {"again: found shard 2/3 a second time", "in 2of3 only"});
  expect_refused(merge("1of3 2of2 2of3"), {"2of2: number of shards: found 2, expected 3 as in 1of3"});
  const std::string second = content_of(folder_ / "2of3");
  write("other", replaced(second, "\"seed\": 1", "\"seed\": 2"));
  expect_refused(merge("1of3 other 3of3"), {"other: seed: found 2, expected 1 as in 1of3"});
  write("other", replaced(second, TOUCHSTONE_VERSION, "0.0.9"));
  expect_refused(merge("1of3 other 3of3"), {"other: found a report of touchstone 0.0.9", TOUCHSTONE_VERSION});
  write("other", replaced(second, patterns_, "compressor/identity/[a-z]*"));
  expect_refused(merge("1of3 other 3of3"), {"other: patterns: found 'compressor/identity/[a-z]*'", patterns_});
}

TEST_F(MergeCommand, AFileThatIsNotAsWrittenIsRefused) {
  write_shard(1, 1);
  const std::string text = content_of(folder_ / "1of1");
  ASSERT_EQ(merge("1of1").status, 1);
  for (const std::size_t length : {std::size_t{0}, text.size() / 2, text.size() - 2}) {
    write("cut", text.substr(0, length));
    expect_refused(merge("cut"), {"cut:", "cut or no JSON", "touchstone verify --json"});
  }
  write("cut", text.substr(0, text.size() - 1));
  expect_refused(merge("cut"), {"cut:", "cut or no JSON"});
  const auto edited = [&](const std::string& old, const std::string& with) {
    write("edited", replaced(text, old, with));
    return merge("edited");
  };
  expect_refused(edited("compressor/identity/message", "compressor/identity/frob"),
                 {"edited: found the unknown claim 'compressor/identity/frob'", "touchstone claims"});
  expect_refused(
      edited("compressor/identity/message", "unified-sgd/gd/golden"),
      {"edited: claim 2 of shard 1/1: found unified-sgd/gd/golden, expected compressor/identity/message"});
  expect_refused(edited(patterns_, "compressor/identity/c*"), {"claim 2", "expected none"});
  expect_refused(edited(patterns_, "frob/*"), {"edited: no claim matches 'frob/*'"});
  expect_refused(edited("\"1/1\"", "\"2/1\""), {"edited: shard: found '2/1', expected i/N"});
  expect_refused(edited("\"shard\"", "\"part\""), {"edited: found", "'shard' not found"});
  expect_refused(edited("\"kernel\"", "\"oracle\""), {"edited: found 'oracle'"});
  expect_refused(edited("\"holds\": false", "\"holds\": true"), {"edited:", "expected '      \"holds\": false,'"});
  expect_refused(edited("\"fail\": 1", "\"fail\": 0"), {"edited:", "expected '    \"fail\": 1,'"});
  expect_refused(edited("\"seed\": 1", "\"seed\": -1"), {"edited:3: found '  \"seed\": -1,'"});
  expect_refused(edited("\"seconds\": 0.5", "\"seconds\": \"0.5\""), {"edited: found", "must be number"});
  write("edited", text + "\n");
  expect_refused(merge("edited"), {"edited: found more after the end"});
  expect_refused(merge("missing"), {"missing: found nothing readable (No such file"});
  expect_refused(merge("."), {".: found nothing readable (Is a directory)"});
  expect_refused(merge(""), {"report is required"});
  expect_refused(merge("1of1 --json missing/report"), {"missing/report: cannot be written"});
}

TEST_F(MergeCommand, AReportMayReplaceAShard) {
  write_shard(1, 1);
  const std::string text = content_of(folder_ / "1of1");
  EXPECT_EQ(merge("1of1 --json 1of1").status, 1);
  EXPECT_EQ(content_of(folder_ / "1of1"), text);
}

}  // namespace
}  // namespace touchstone
