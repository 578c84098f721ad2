// touchstone exercise: every starting file is not yet right, a solution is, near misses are not; what is no answer
// is refused.
#include "tests/command.hpp"
#include "verify/exercises/exercise.hpp"

namespace touchstone::testing_support {
namespace exercise_tests {
namespace {

using Replacements = std::vector<std::pair<std::string, std::string>>;

/// What is put in the place of what in the starting file.
struct Solved {
  const char* id;
  Replacements solution;
  std::vector<Replacements> near_misses;
};

/// One for every exercise.
std::vector<Solved> solutions() {
  const std::string sketch =
      "    kept = random.subset(len(x), K)\n    return [SCALE * v if c in kept else 0.0 for c, v in enumerate(x)]";
  const auto rand_k = [&](const std::string& scale) {
    std::string code = sketch;
    return Replacements{{"    return list(x)", code.replace(code.find("SCALE"), 5, scale)}};
  };
  const std::string loop =
      "        g = [h[i][c] + m[c] for c in range(d)]\n        total = [total[c] + g[c] for c in range(d)]\n";
  const std::string learn = "        h[i] = [h[i][c] + alpha * m[c] for c in range(d)]\n";
  const std::string plain = "        total = [total[c] + m[c] for c in range(d)]\n";
  const std::pair<std::string, std::string> difference{
      "compress(i, gradients[i])", "compress(i, [gradients[i][c] - h[i][c] for c in range(d)])"};
  const auto memory = [](const std::string& kept) {
    return Replacements{
        {"    return compress(gradient), memory",
         "    y = [e + g for e, g in zip(memory, gradient)]\n    v = compress(y)\n    return v, " + kept}};
  };
  return {
      {"compressors/omega-of-a-table",
       {{R"("omega": "1")", R"("omega": 3)"}, {R"(["1", "1"])", R"(["0", "-2"])"}},
       {{{R"("omega": "1")", R"("omega": 3)"}},
        {{R"("omega": "1")", R"("omega": "2.999999999999999")"}, {R"(["1", "1"])", R"(["0", "1"])"}},
        {{R"("omega": "1")", R"("omega": "3.1")"}, {R"(["1", "1"])", R"(["0", "1"])"}},
        {{R"("omega": "1")", R"("omega": 3)"}, {R"(["1", "1"])", "[0, 0]"}}}},
      {"compressors/top-k-budget",
       {{"\"K\": 1000", "\"K\": 47"}, {"32000", "1974"}},
       {{{"\"K\": 1000", "\"K\": 46"}, {"32000", "1932"}},
        {{"\"K\": 1000", "\"K\": 48"}, {"32000", "2016"}},
        {{"\"K\": 1000", "\"K\": 47"}, {"32000", "1504"}}}},
      {"compressors/bias-of-the-sign",
       {{R"(["1", "0"])", R"(["-100", "0.5"])"}},
       {{{R"(["1", "0"])", R"(["50", "1"])"}}, {{R"(["1", "0"])", "[0, 0]"}}}},
      {"compressors/write-rand-k", rand_k("len(x) / K"), {rand_k("1"), rand_k("len(x)"), {{"list(x)", "None"}}}},
      {"unified-sgd/past-the-bound",
       {{R"(["1", "1"])", R"(["2", "3"])"}},
       {{{R"(["1", "1"])", R"(["2", "3"])"}, {"19/50", "3/8"}},
        {{R"(["1", "1"])", R"(["2", "3"])"}, {"19/50", "1/4"}},
        {{R"(["1", "1"])", R"(["2", "3"])"}, {"19/50", "2/5"}},
        {{R"(["1", "1"])", R"(["2", "1"])"}}}},
      {"unified-sgd/diana-workers",
       {{"\"n\": 10", "\"n\": 486"}},
       {{{"\"n\": 10", "\"n\": 485"}}, {{"\"n\": 10", "\"n\": 487"}}}},
      {"unified-sgd/l-svrg-refresh",
       {{"\"1/100\"", "\"1/300\""}},
       {{{"\"1/100\"", "\"1/301\""}}, {{"\"1/100\"", "0"}}, {{"\"1/100\"", "2"}}}},
      {"unified-sgd/write-diana",
       {difference, {plain, loop + learn}},
       {{difference, {plain, learn + loop}}, {{plain, loop + learn}}, {difference, {plain, loop}}}},
      {"error-feedback/top1-start",
       {{R"(["1", "0", "-1"])", R"([1, "-1.0", "2"])"}},
       {{{R"(["1", "0", "-1"])", "[1, 1, 1]"}},
        {{R"(["1", "0", "-1"])", "[3, 2, 1]"}},
        {{R"(["1", "0", "-1"])", "[-1, 2, -1]"}},
        {{R"(["1", "0", "-1"])", "[2, -1, 0]"}}}},
      {"error-feedback/admitted-k", {{"50", "67"}}, {{{"50", "66"}}, {{"50", "68"}}}},
      {"error-feedback/eight-rounds",
       {{"[1, 1, 1, 1, 1, 1, 1, 1]", "[1, 1, 2, 1, 3, 1, 2, 1]"}, {R"(["0", "0", "0"])", "[0, 2, 3]"}},
       {{{"[1, 1, 1, 1, 1, 1, 1, 1]", "[1, 1, 2, 1, 3, 1, 2, 2]"}, {R"(["0", "0", "0"])", "[0, 2, 3]"}},
        {{"[1, 1, 1, 1, 1, 1, 1, 1]", "[1, 1, 2, 1, 3, 1, 2, 1]"}, {R"(["0", "0", "0"])", "[0, 2, 2]"}}}},
      {"error-feedback/write-the-memory",
       memory("[a - b for a, b in zip(y, v)]"),
       {memory("[g - b for g, b in zip(gradient, v)]"), memory("y"), memory("memory")}},
      {"local/largest-tau",
       {{"\"local-sgd\": 1", "\"local-sgd\": 9"}, {"\"s-star-local-sgd\": 1", "\"s-star-local-sgd\": 11"}},
       {{{"\"local-sgd\": 1", "\"local-sgd\": 9"}, {"\"s-star-local-sgd\": 1", "\"s-star-local-sgd\": 10"}},
        {{"\"local-sgd\": 1", "\"local-sgd\": 10"}, {"\"s-star-local-sgd\": 1", "\"s-star-local-sgd\": 11"}}}},
      {"local/where-it-stays", {{"3/4", "15/22"}}, {{{"3/4", "0.681818181818"}}, {{"3/4", "1/2"}}}},
      {"local/two-steps", {{"1/2", "9/10"}}, {{{"1/2", "4/5"}}, {{"1/2", "1"}}, {{"1/2", "-9/10"}}}},
      {"marina/balanced-bits",
       {{"\"1/100\"", "\"21/1621\""}},
       {{{"\"1/100\"", "\"1/101\""}}, {{"\"1/100\"", "0"}}}},
      {"marina/workers", {{"100\n", "9801\n"}}, {{{"100\n", "9800\n"}}, {{"100\n", "9802\n"}}}},
      {"marina/descent",
       {{R"("g": ["1", "1"])", R"("g": [5, 1])"}},
       {{{R"("g": ["1", "1"])", R"("g": [4, 1])"}},
        {{R"("g": ["1", "1"])", R"("g": [1, 0])"}, {"4/25", "3/20"}},
        {{R"("g": ["1", "1"])", R"("g": [1, 0])"}, {"4/25", "17/100"}},
        {{R"("g": ["1", "1"])", R"("g": [0, 0])"}}}},
      {"moshpit/keys",
       {{"[[0, 1], [1, 1], [2, 2]]", "[[2, 0], [2, 1], [1, 2]]"}},
       {{{"[[0, 1], [1, 1], [2, 2]]", "[[2, 0], [2, 1], [2, 1]]"}}}},
      {"moshpit/lost-mean",
       {{"\"round\": 1", "\"round\": 2"}, {"offline", "late"}},
       {{{"offline", "late"}},
        {{"\"round\": 1", "\"round\": 2"}, {"offline", "drops-out"}},
        {{"offline", "aborts"}}}},
      {"moshpit/rounds",
       {{"\"without-faults\": 2", "\"without-faults\": 7"}, {"\"with-faults\": 2", "\"with-faults\": 9"}},
       {{{"\"without-faults\": 2", "\"without-faults\": 6"}, {"\"with-faults\": 2", "\"with-faults\": 9"}},
        {{"\"without-faults\": 2", "\"without-faults\": 7"}, {"\"with-faults\": 2", "\"with-faults\": 10"}}}},
  };
}

class Exercises : public ProgramTest {
 protected:
  [[nodiscard]] Judgement judged(const Exercise& exercise, const Replacements& replacements) const {
    std::string text = exercise.start;
    for (const auto& [old, replacement] : replacements) {
      const std::size_t at = text.find(old);
      EXPECT_NE(at, std::string::npos) << exercise.id << ": " << old;
      if (at != std::string::npos) text.replace(at, old.size(), replacement);
    }
    const std::filesystem::path file = folder_ / "answer";
    std::ofstream(file) << text;
    return exercise.check(file.string());
  }

  /// --check of a file with this content.
  [[nodiscard]] Called checked(const std::string& id, const std::string& content) const {
    std::ofstream(folder_ / "answer.json") << content;
    return touchstone("exercise " + id + " --check answer.json");
  }
};

TEST_F(Exercises, EachHasASolutionNearMissesAndAStartThatIsNotYetOne) {
  const std::vector<Solved> all = solutions();
  ASSERT_EQ(all.size(), exercises().size());
  for (std::size_t k = 0; k < all.size(); ++k) {
    const Exercise& exercise = exercises()[k];
    ASSERT_EQ(exercise.id, all[k].id);
    EXPECT_FALSE(judged(exercise, {}).solved) << exercise.id;
    const Judgement right = judged(exercise, all[k].solution);
    EXPECT_TRUE(right.solved) << exercise.id << "\n" << right.text;
    for (const Replacements& miss : all[k].near_misses)
      EXPECT_FALSE(judged(exercise, miss).solved) << exercise.id << ": " << miss.front().second;
  }
}

TEST_F(Exercises, EveryChapterHasThreeAndTextsFitEightyColumns) {
  std::map<std::string, int> of_chapter;
  for (const Exercise& one : exercises()) {
    ++of_chapter[one.chapter()];
    for (const std::string& line : lines_of(one.text)) EXPECT_LE(line.size(), 80U) << one.id << ": " << line;
    EXPECT_NE(one.text.find("*Hint.*"), std::string::npos) << one.id;
  }
  EXPECT_EQ(of_chapter.size(), 6U);
  for (const auto& [chapter, count] : of_chapter) EXPECT_GE(count, 3) << chapter;
  for (const std::string& line : lines_of(touchstone("exercise").out)) EXPECT_LE(line.size(), 80U) << line;
}

TEST_F(Exercises, AreListedPrintedBegunAndChecked) {
  const Called listed = touchstone("exercise");
  EXPECT_EQ(listed.status, 0);
  for (const Exercise& one : exercises()) EXPECT_NE(listed.out.find(one.id + " "), std::string::npos) << one.id;
  const Called task = touchstone("exercise local/two-steps");
  EXPECT_EQ(task.status, 0);
  EXPECT_NE(task.out.find("touchstone exercise local/two-steps --start two-steps.json\n"), std::string::npos);
  EXPECT_EQ(touchstone("exercise local/two-steps --start a.json").status, 0);
  const Called begun = touchstone("exercise local/two-steps --check a.json");
  EXPECT_EQ(begun.status, 1);
  EXPECT_TRUE(begun.out.starts_with("not yet\n")) << begun.out;
  const Called done = checked("local/two-steps", R"({"gamma": "0.9"})");
  EXPECT_EQ(done.status, 0);
  EXPECT_TRUE(done.out.starts_with("solved\n")) << done.out;
}

TEST_F(Exercises, AFileThatIsThereIsNotOverwritten) {
  std::ofstream(folder_ / "mine") << "my answer";
  std::filesystem::create_symlink("nowhere", folder_ / "link");
  for (const char* file : {"mine", "link", ".", "/dev/null"})
    expect_refused(touchstone(std::string("exercise local/two-steps --start ") + file),
                   {file, "is not overwritten"});
  EXPECT_EQ(content_of(folder_ / "mine"), "my answer");
  expect_refused(touchstone("exercise local/two-steps --start none/file"), {"none/file"});
}

TEST_F(Exercises, WrongCallsAreRefusedInOneLine) {
  expect_refused(touchstone("exercise local/none"), {"found 'local/none'", "'touchstone exercise' lists them"});
  expect_refused(touchstone("exercise --check data"), {"found no ID"});
  expect_refused(touchstone("exercise local/two-steps --check data --start new"), {"expected one of them"});
  expect_refused(touchstone("exercise local/two-steps --check"), {"--check"});
  expect_refused(touchstone("exercise local/two-steps --check ''"), {"expected an answer"});
}

TEST_F(Exercises, WhatIsNoAnswerIsRefusedInOneLine) {
  const std::string id = "marina/descent";
  const auto with = [](const std::string& gamma, const std::string& x) {
    return R"({"gamma": )" + gamma + R"(, "x": )" + x + R"(, "g": [1, 0]})";
  };
  expect_refused(checked(id, ""), {"answer.json:1", "expected an answer as --start writes it"});
  expect_refused(checked(id, with("NaN", "[1, 1]")), {"answer.json:1", "an object of JSON"});
  expect_refused(checked(id, with("\"1/8\"", "[1, 1")), {"answer.json:1"});
  expect_refused(checked(id, "[1]"), {"found array"});
  expect_refused(checked(id, R"({"x": [1, 1]})"), {"found no \"gamma\""});
  for (const char* gamma : {"\"nan\"", "\"inf\"", "\"1/0\"", "\"\"", "\"1/2\\n\"", "null", "[1]", "\"\\u0000\""})
    expect_refused(checked(id, with(gamma, "[1, 1]")), {"answer.json: gamma: found ", "expected a number such as"});
  expect_refused(checked(id, with("0.125", "[1, 1]")), {"found 0.125, expected it in quotes"});
  expect_refused(checked(id, with("1e999", "[1, 1]")), {"answer.json"});
  for (const char* gamma : {"\"1e18\"", "\"1e-9999\"", "1000000000000000000", "123456789012345678901"})
    expect_refused(checked(id, with(gamma, "[1, 1]")), {"gamma"});
  for (const char* x : {"[1]", "[1, 1, 1]", "1", "[]", "{}"})
    expect_refused(checked(id, with("\"1/8\"", x)), {"x: found ", "expected a list of length 2"});
  expect_refused(checked(id, with("\"1/8\"", "[1, \"y\"]")), {"x[1]: found \"y\""});
  for (const char* n : {"0", "-1", "1000001", "1.5", "\"5\"", "18446744073709551615", "1e3"})
    expect_refused(checked("marina/workers", std::string("{\"n\": ") + n + "}"),
                   {"expected a whole number from 1 to 1000000"});
  expect_refused(checked("moshpit/lost-mean", R"({"round": 1, "peer": 0, "conduct": "sleeps"})"),
                 {"found \"sleeps\", expected one of offline, aborts, drops-out, late"});
  expect_refused(checked(id, std::string(100'000, '[')), {"answer.json"});
  expect_refused(touchstone("exercise " + id + " --check ."), {".: found nothing readable"});
  expect_refused(touchstone("exercise " + id + " --check none"), {"none: found nothing readable"});
}

TEST_F(Exercises, AProgramIsRefusedWhereMoreThanItsPartDiffers) {
  const std::string id = "compressors/write-rand-k";
  ASSERT_EQ(touchstone("exercise " + id + " --start a.py").status, 0);
  const std::string whole = content_of(folder_ / "a.py");
  expect_refused(checked(id, whole.substr(0, whole.size() - 20)),
                 {"answer.json: found other lines around the part"});
  expect_refused(checked(id, "print(1)"), {"expected those of --start"});
  expect_refused(touchstone("exercise " + id + " --check ."), {"expected a program in Python"});
  std::string broken = whole;
  broken.replace(broken.find("    return list(x)"), 18, "    return (");
  const Called failed = checked(id, broken);
  EXPECT_EQ(failed.status, 1);
  EXPECT_NE(failed.out.find("the program fails: "), std::string::npos) << failed.out;
  EXPECT_NE(failed.out.find("SyntaxError"), std::string::npos) << failed.out;
}

}  // namespace
}  // namespace exercise_tests
}  // namespace touchstone::testing_support
