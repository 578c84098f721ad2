// touchstone conform, as its users call it: right and wrong implementations, harnesses that misbehave, expectations, reports.
#include <nlohmann/json.hpp>

#include "tests/command.hpp"

namespace touchstone::testing_support {
namespace {

class ConformCommand : public ProgramTest {
 protected:
  [[nodiscard]] Called conform(const std::string& options, const std::string& command) const {
    return touchstone("conform " + options + " -- " + command);
  }
  /// A specimen of the catalogue.
  [[nodiscard]] static std::string specimen(const std::string& id) {
    return "'" TOUCHSTONE_PROGRAM "' specimen " + id;
  }
  [[nodiscard]] static std::string bad(const std::string& how) {
    return TOUCHSTONE_PYTHON " " TOUCHSTONE_SOURCE "/tests/bad_harness.py " + how;
  }
  /// The verdict of a contract in the output; "" where it is not there.
  [[nodiscard]] static std::string verdict(const Called& called, const std::string& contract) {
    for (const std::string& line : lines_of(called.out)) {
      std::istringstream words(line);
      std::string verdict, way, name;
      words >> verdict >> way >> name;
      if (name.ends_with("/" + contract)) return verdict;
    }
    return "";
  }
};

TEST_F(ConformCommand, ARightImplementationHolds) {
  const Called called = conform("--budget 4000", specimen("rand-k/correct/by-subset/float64"));
  const Called listed = touchstone("specimen --list");
  ASSERT_EQ(called.status, 0) << called.out << called.err << listed.out.substr(0, 300);
  for (const char* contract : {"law", "unbiased", "omega", "support", "independence", "first-call"})
    EXPECT_EQ(verdict(called, contract), "holds") << contract;
  for (const std::string& line : lines_of(called.out)) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(ConformCommand, AWrongOneFailsWithASmallWitnessAndTheCommandThatShowsItAgain) {
  const Called called = conform("--budget 4000", specimen("rand-k/scale-forgotten"));
  EXPECT_EQ(called.status, 1);
  EXPECT_EQ(verdict(called, "law"), "fails");
  EXPECT_EQ(verdict(called, "unbiased"), "fails");
  const std::size_t again = called.out.find("again        touchstone ");
  ASSERT_NE(again, std::string::npos) << called.out;
  std::string command = lines_of(called.out.substr(again)).front();
  command = command.substr(command.find("touchstone ") + 11);
  EXPECT_EQ(touchstone(command).status, 1) << command;
}

TEST_F(ConformCommand, EveryWayFindsIt) {
  for (const char* way : {"injected", "replayed", "black-box"}) {
    const Called called =
        conform(std::string("--contract law --budget 4000 --way ") + way, specimen("rand-k/scale-forgotten"));
    EXPECT_EQ(called.status, 1) << way;
    EXPECT_EQ(verdict(called, "law"), "fails") << way;
  }
}

struct Misdeed {
  const char* how;
  const char* said;
};

class HarnessMisdeeds : public ConformCommand, public testing::WithParamInterface<Misdeed> {};

TEST_P(HarnessMisdeeds, AreNamedAndDoNotTakeTheOracleDown) {
  const Called called = conform("--patience 0.5 --contract 'z*' --budget 1000", bad(GetParam().how));
  EXPECT_EQ(called.status, 1) << called.out << called.err;
  EXPECT_NE(called.out.find(GetParam().said), std::string::npos) << called.out;
}

INSTANTIATE_TEST_SUITE_P(
    All, HarnessMisdeeds,
    testing::Values(Misdeed{"exit", "it ended with exit status 3; its standard error ends: out of cheese"},
                    Misdeed{"signal", "it ended by signal 6"}, Misdeed{"hang", "no answer within 0.5 s"},
                    Misdeed{"garbage", "found Traceback \\x01 or whatever, expected an object of JSON"},
                    Misdeed{"other-id", "expected an answer to request"}, Misdeed{"too-many", "an answer t"},
                    Misdeed{"too-few", "no answer within 0.5 s"}, Misdeed{"flood", "the harness: "},
                    Misdeed{"wrong-type", "y: expected a list"},
                    Misdeed{"wrong-length", "2 numbers came back for 1"},
                    Misdeed{"protocol", "found protocol 2, expected 1"}),
    [](const testing::TestParamInfo<Misdeed>& one) {
      std::string name = one.param.how;
      for (char& c : name) c = c == '-' ? '_' : c;
      return name;
    });

TEST_F(ConformCommand, AHarnessThatDoesNotSayWhatItWrapsIsRefused) {
  for (const char* how : {"no-subjects", "unknown-kind"}) {
    const Called called = conform("", bad(how));
    EXPECT_EQ(called.status, 2) << called.out;
    EXPECT_NE(called.err.find("subjects"), std::string::npos) << called.err;
    EXPECT_EQ(lines_of(called.err).size(), 1U) << called.err;
  }
}

TEST_F(ConformCommand, WrongCallsGetOneLine) {
  for (const char* arguments :
       {"conform", "conform -- ./no-such-program", "conform --way sideways -- cat", "conform --budget 0 -- cat",
        "conform --expect missing -- cat", "conform --self-test --junit x"}) {
    const Called called = touchstone(arguments);
    EXPECT_EQ(called.status, 2) << arguments;
    EXPECT_EQ(lines_of(called.err).size(), 1U) << called.err;
  }
  const Called nothing = touchstone("conform --self-test --budget 10 'no-such-*'");
  EXPECT_EQ(nothing.status, 2);
  EXPECT_NE(nothing.err.find("found 'no-such-*', which matches no specimen"), std::string::npos) << nothing.err;
  const Called vacuous = conform("--contract laws", specimen("rand-k/scale-forgotten"));
  EXPECT_EQ(vacuous.status, 2);
  EXPECT_NE(vacuous.err.find("--contract: found 'laws', which matches no contract"), std::string::npos)
      << vacuous.err;
  const Called unknown = conform("--subject other", specimen("rand-k/scale-forgotten"));
  EXPECT_EQ(unknown.status, 2);
  EXPECT_NE(unknown.err.find("--subject: found 'other', the harness has"), std::string::npos) << unknown.err;
}

TEST_F(ConformCommand, WhatIsExpectedToFailIsNoFailureAndWhatHoldsAllTheSameIs) {
  const std::string options = "--budget 4000 --contract law --contract zero --expect expected";
  (void)shell("echo '# ours' >expected; echo 'xfail */law the factor is missing, #12' >>expected");
  const Called known = conform(options, specimen("rand-k/scale-forgotten"));
  EXPECT_EQ(known.status, 0) << known.out;
  EXPECT_EQ(verdict(known, "law"), "xfail");
  (void)shell(
      "echo 'xfail */zero nobody knows why' >>expected; echo 'skip */law not now' >expected.2; cat expected "
      ">>expected.2");
  const Called better = conform(options, specimen("rand-k/scale-forgotten"));
  EXPECT_EQ(better.status, 1);
  EXPECT_EQ(verdict(better, "zero"), "xpass");
  const Called skipped =
      conform("--budget 4000 --contract law --expect expected.2", specimen("rand-k/scale-forgotten"));
  EXPECT_EQ(skipped.status, 0) << skipped.out;
  EXPECT_EQ(verdict(skipped, "law"), "skip");
}

TEST_F(ConformCommand, AWrongFileOfExpectationsSaysWhere) {
  (void)shell("printf 'skip a/b why\\nallow a/b why\\n' >expected");
  EXPECT_NE(conform("--expect expected", "cat").err.find("expected:2: found 'allow', expected skip or xfail"),
            std::string::npos);
  (void)shell("echo 'skip law why' >expected");
  EXPECT_NE(conform("--expect expected", "cat").err.find("expected:1: found 'law', expected SUBJECT/CONTRACT"),
            std::string::npos);
  (void)shell("echo 'skip a/law' >expected");
  EXPECT_NE(conform("--expect expected", "cat").err.find("expected:1: found no reason"), std::string::npos);
}

TEST_F(ConformCommand, ReportsAreJsonAndJUnit) {
  const Called called = conform("--budget 3000 --json - --junit report.xml", specimen("top-k/smallest"));
  ASSERT_EQ(called.status, 1) << called.err;
  const nlohmann::json report = nlohmann::json::parse(called.out);
  EXPECT_EQ(report["format"], "touchstone-conform");
  const nlohmann::json& contracts = report["subjects"][0]["contracts"];
  const auto law =
      std::find_if(contracts.begin(), contracts.end(), [](const auto& one) { return one["contract"] == "law"; });
  ASSERT_NE(law, contracts.end());
  EXPECT_EQ((*law)["verdict"], "fails");
  EXPECT_TRUE((*law)["witness"].contains("x"));
  const std::string junit = content_of(folder_ / "report.xml");
  EXPECT_NE(junit.find("<testsuite name=\"touchstone conform\""), std::string::npos);
  EXPECT_NE(junit.find("<failure message="), std::string::npos);
}

TEST_F(ConformCommand, TheSameSeedGivesTheSameReport) {
  const std::string options = "--budget 3000 --seed 7 --json -";
  EXPECT_EQ(conform(options, specimen("rand-k/scale-forgotten")).out,
            conform(options, specimen("rand-k/scale-forgotten")).out);
}

TEST_F(ConformCommand, RequestsAnswersAndReportsFollowTheirSchemas) {
  if (shell(TOUCHSTONE_PYTHON " -c 'import jsonschema'").status != 0) GTEST_SKIP() << "jsonschema is not there";
  std::ofstream(folder_ / "tee.sh") << "tee -a requests | " << specimen("\"$1\"") << " | tee -a answers\n";
  for (const char* id : {"rand-k/scale-forgotten", "average/summed", "error-feedback/sign", "diana/alpha-one"})
    (void)conform("--budget 600 --json report.json", std::string("bash tee.sh ") + id);
  std::ofstream(folder_ / "validate.py") << R"(
import json, sys
from jsonschema import Draft202012Validator
folder = sys.argv[1]
for name, path in [("harness-request", "requests"), ("harness-answer", "answers")]:
    validator = Draft202012Validator(json.load(open(f"{folder}/{name}.schema.json")))
    seen = set()
    for line in open(path):
        document = json.loads(line)
        kind = (document.get("call"), *sorted(document))
        if kind in seen:
            continue
        seen.add(kind)
        validator.validate(document)
    assert len(seen) > 5, seen
    for broken in [{}, {"id": -1, "call": "stop"}, {"id": 0, "call": 3, "y": 5}]:
        assert not validator.is_valid(broken)
Draft202012Validator(json.load(open(f"{folder}/conform-report.schema.json"))).validate(json.load(open("report.json")))
)";
  const Called validated =
      shell(TOUCHSTONE_PYTHON " validate.py " TOUCHSTONE_SOURCE "/verify/oracle/conform/schemas");
  EXPECT_EQ(validated.status, 0) << validated.err;
}

TEST_F(ConformCommand, TheSelfTestCountsWhatIsCaught) {
  const Called called = touchstone("conform --self-test --budget 3000 --json - 'bernoulli/*'");
  ASSERT_FALSE(called.out.empty()) << called.err;
  const nlohmann::json report = nlohmann::json::parse(called.out);
  EXPECT_GT(report["faulty"]["tried"], 3);
  EXPECT_EQ(report["faulty"]["wrong_in_law_caught_injected"], report["faulty"]["wrong_in_law"]);
  EXPECT_GT(report["correct"]["tried"], 2);
  EXPECT_EQ(report["correct"]["false_alarms"], 0);
  EXPECT_EQ(report["table"].size(),
            report["faulty"]["tried"].get<std::size_t>() + report["correct"]["tried"].get<std::size_t>());
}

}  // namespace
}  // namespace touchstone::testing_support
