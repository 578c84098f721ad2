// `touchstone check` as its users call it, on a trace that examples/trace_writer.py writes.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace touchstone::testing_support {
namespace {

class CheckCommand : public ProgramTest {
 protected:
  [[nodiscard]] Called write(const std::string& arguments) const {
    return shell("'" TOUCHSTONE_PYTHON "' '" TOUCHSTONE_SOURCE "/examples/trace_writer.py' " + arguments);
  }
};

TEST_F(CheckCommand, PassesARightImplementation) {
  ASSERT_EQ(write("trace.jsonl").status, 0);
  const Called called = touchstone("check trace.jsonl --json report.json");
  EXPECT_EQ(called.status, 0) << called.err;
  EXPECT_NE(called.out.find("100 pass, 0 fail, 0 undecided"), std::string::npos) << called.out;
  for (const std::string& line : lines_of(called.out)) EXPECT_LE(line.size(), 80U) << line;
  const auto report = nlohmann::json::parse(content_of(folder_ / "report.json"));
  EXPECT_EQ(report["holds"], true);
  EXPECT_EQ(report["passed"], 100);
  EXPECT_LT(report["drift"]["largest"], 1e-12);
}

TEST_F(CheckCommand, NamesAPlantedFault) {
  ASSERT_EQ(write("trace.jsonl --forget-scale").status, 0);
  const Called called = touchstone("check trace.jsonl --json report.json");
  EXPECT_EQ(called.status, 1);
  EXPECT_NE(called.out.find("FIRST WRONG   iteration 0 (line 2), worker 0, message"), std::string::npos)
      << called.out;
  EXPECT_NE(called.out.find("scale-forgotten"), std::string::npos) << called.out;
  for (const std::string& line : lines_of(called.out)) EXPECT_LE(line.size(), 80U) << line;
  const auto report = nlohmann::json::parse(content_of(folder_ / "report.json"));
  EXPECT_EQ(report["mistakes"][0]["name"], "scale-forgotten");
  EXPECT_EQ(report["first_wrong"]["part"], "message");
}

TEST_F(CheckCommand, RefusesWhatIsNoTrace) {
  expect_refused(touchstone("check nothing.jsonl"), {"nothing.jsonl: cannot be read"});
  expect_refused(touchstone("check ."), {".: cannot be read"});
  expect_refused(touchstone("check data"), {"data:1: header: found no JSON"});
  ASSERT_EQ(write("trace.jsonl").status, 0);
  expect_refused(shell("head -c 2000 trace.jsonl > cut.jsonl; '" TOUCHSTONE_PROGRAM "' check cut.jsonl"),
                 {"cut.jsonl:", "found no JSON"});
  expect_refused(shell("sed s/diana/dyana/ trace.jsonl > other.jsonl; '" TOUCHSTONE_PROGRAM "' check other.jsonl"),
                 {"other.jsonl:1: method: found 'dyana', expected one of gd"});
  expect_refused(touchstone("check trace.jsonl --limit 0"), {"--limit"});
}

TEST_F(CheckCommand, TracesFitTheSchemas) {
  ASSERT_EQ(write("trace.jsonl").status, 0);
  const std::string validate = "'" TOUCHSTONE_PYTHON "' '" TOUCHSTONE_SOURCE "/tests/trace_schema.py' ";
  const Called valid = shell(validate + "trace.jsonl");
  if (valid.status == 77) GTEST_SKIP() << valid.out;
  EXPECT_EQ(valid.status, 0) << valid.out << valid.err;
  EXPECT_EQ(shell("sed 's/\"k\"/\"step\"/' trace.jsonl > wrong.jsonl; " + validate + "wrong.jsonl").status, 1);
}

}  // namespace
}  // namespace touchstone::testing_support
