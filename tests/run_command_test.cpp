// `touchstone run`: what it refuses, what it prints, what it writes.

#include <nlohmann/json.hpp>

#include "tests/command.hpp"
#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "verify/experiment/guarantee.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

class RunCommand : public ProgramTest {
 protected:
  [[nodiscard]] Called run(const std::string& arguments) const { return touchstone("run " + arguments); }
  [[nodiscard]] bool contains(const Called& called, const std::string& part) const {
    return called.out.find(part) != std::string::npos;
  }
};

TEST_F(RunCommand, RefusesWhatDoesNotFit) {
  expect_refused(run("gd"), {"--data is required"});
  expect_refused(run("frob --data data"), {"METHOD: found 'frob'", "expected gd"});
  expect_refused(run("gd --data missing"), {"missing", "No such file"});
  expect_refused(run("gd --data ."), {"directory"});
  expect_refused(run("gd --data data --workers 0"), {"--workers", "found '0'"});
  expect_refused(run("gd --data data --workers 7"), {"workers n, rows M", "found 7, 6"});
  expect_refused(run("gd --data data --features 2"), {"data:1", "found", "expected"});
  expect_refused(run("gd --data data --iterations 0"), {"--iterations", "found '0'"});
  expect_refused(run("gd --data data --scalar float16"), {"--scalar", "found 'float16'", "mpfr:50"});
  expect_refused(run("gd --data data --regularization 0"), {"lambda > 0"});
  expect_refused(run("gd --data data --regularization nan"), {"lambda > 0"});
  expect_refused(run("gd --data data --compressor top-k:1"), {"gd sends nothing compressed"});
  expect_refused(run("gd --data data --gradient sampled"), {"--gradient", "expected full"});
  expect_refused(run("saga --data data --workers 2"), {"--workers: found 2", "expected 1"});
  expect_refused(run("diana --data data --compressor top-k:1"), {"unbiased", "rand-k:K"});
  expect_refused(run("ec-gd --data data --compressor rand-k:1"), {"contractive", "top-k:K"});
  expect_refused(run("ec-gd --data data --compressor natural"), {"contractive", "top-k:K"});
  expect_refused(run("ec-gd-diana --data data --shift-compressor top-k:1"),
                 {"--shift-compressor: found top-k:1", "unbiased", "rand-k:K"});
  expect_refused(run("ec-gd-diana --data data --shift-compressor frob"), {"--shift-compressor: found 'frob'"});
}

TEST_F(RunCommand, RefusesOptionsThatTheMethodDoesNotHave) {
  for (const char* method :
       {"sgd", "sgd-mb", "sgd-sr", "sgd-star", "saga", "sega", "svrg", "l-svrg", "diana-single", "q-sgd-sr"})
    expect_refused(run(std::string(method) + " --data data --workers 2"), {"--workers: found 2", "expected 1"});
  for (const char* method : {"sgd", "sgd-mb", "sgd-sr", "sgd-star", "sega", "svrg"})
    expect_refused(run(std::string(method) + " --data data --compressor natural"),
                   {"--compressor: found natural", "sends nothing compressed"});
  for (const char* method : {"sgd", "sega", "vr-diana-saga", "vr-diana-loopless", "diana-single", "q-sgd-sr"})
    expect_refused(run(std::string(method) + " --data data --gradient sampled"), {"--gradient", "expected full"});
  for (const char* method : {"gd", "sgd", "saga", "svrg", "diana", "vr-diana-saga"})
    expect_refused(run(std::string(method) + " --data data --batch 2"), {"--batch: found 2", "draws no minibatch"});
  for (const char* method : {"gd", "l-svrg", "sgd-mb"})
    expect_refused(run(std::string(method) + " --data data --loop 2"), {"--loop: found 2", "has no outer loop"});
  for (const char* method : {"q-sgd-sr", "diana-single", "vr-diana-saga", "vr-diana-loopless"})
    expect_refused(run(std::string(method) + " --data data --compressor top-k:1"), {"unbiased", "dithering:S"});
  for (const char* method : {"gd", "diana", "ec-gd", "ec-gd-star", "ec-sgd", "ec-lsvrg", "ec-lsvrg-star"})
    expect_refused(run(std::string(method) + " --data data --shift-compressor rand-k:1"),
                   {"--shift-compressor: found rand-k:1", "learns no shifts"});
  for (const char* method : {"ec-gd-diana", "ec-sgd", "ec-sgd-diana", "ec-lsvrg", "ec-lsvrg-diana"})
    expect_refused(run(std::string(method) + " --data data --gradient sampled"), {"--gradient", "expected full"});
  expect_refused(run("sgd-sr --data data --batch 0"), {"--batch", "found '0'"});
  expect_refused(run("svrg --data data --loop 0"), {"--loop", "found '0'"});
  for (const char* method : {"sgd-sr", "sgd-star", "q-sgd-sr"})
    expect_refused(run(std::string(method) + " --data data --batch 7"), {"--batch: found 7", "6 rows"});
  expect_refused(run("vr-diana-saga --data data --workers 4"), {"m components", "every worker"});
}

TEST_F(RunCommand, SvrgInSeveralLoopsHasNoTheorem) {
  const std::string loops = "svrg --data data --iterations 50 --loop 6";
  expect_refused(run(loops), {"no theorem", "svrg in several loops", "--beyond-theory"});
  const Called ran = run(loops + " --stepsize 1/10 --beyond-theory --trace loops");
  EXPECT_EQ(ran.status, 0) << ran.err;
  EXPECT_TRUE(contains(ran, "theorem     NONE")) << ran.out;
  EXPECT_EQ(run("svrg --data data --iterations 50 --stepsize 1/10 --trace one").status, 0);
  const std::vector<std::string> in_loops = lines_of(content_of(folder_ / "loops"));
  const std::vector<std::string> in_one = lines_of(content_of(folder_ / "one"));
  const auto x = [](const std::string& line) { return nlohmann::json::parse(line)["x"]; };
  EXPECT_EQ(nlohmann::json::parse(in_loops[0])["loop"], 6);
  EXPECT_EQ(x(in_loops[1 + 6]), x(in_one[1 + 6])) << "the first loop";
  EXPECT_NE(x(in_loops[1 + 12]), x(in_one[1 + 12])) << "the second begins at a new reference point";
}

TEST_F(RunCommand, RefusesMalformedCompressors) {
  for (const char* compressor :
       {"rand-k", "rand-k:", "rand-k:0", "rand-k:-1", "rand-k:1x", "top-k:99999999999999999999", "x:1", "natural:1",
        "tern-grad:", "dithering", "dithering:0", "dithering:1000001", "bernoulli", "bernoulli:0", "bernoulli:3/2",
        "bernoulli:1/3000000000"})
    expect_refused(run("diana --data data --compressor " + std::string(compressor)),
                   {"--compressor: found '" + std::string(compressor) + "'", "expected identity"});
  expect_refused(run("diana --data data --compressor rand-k:4"), {"1 <= K <= d", "found 4, 3"});
}

TEST_F(RunCommand, RefusesMalformedStepsizes) {
  for (const char* stepsize : {"0", "-1", "nan", "inf", "1/0", "0/5", "1e", "1e9999", "0x1", "fast", "."})
    expect_refused(run("gd --data data --stepsize=" + std::string(stepsize)),
                   {"--stepsize: found '" + std::string(stepsize) + "'", "expected a positive number"});
  expect_refused(run("gd --data data --stepsize 1e-400"), {"rounds it to 0"});
}

TEST_F(RunCommand, AStepsizePastTheBoundIsTakenOnlyWhenAskedForAndSaid) {
  expect_refused(run("gd --data data --stepsize 30"),
                 {"--stepsize: found 30", "allows at most", "--beyond-theory"});
  expect_refused(run("parallel-sgd --compressor top-k:1 --data data"), {"no theorem", "--beyond-theory"});
  expect_refused(run("parallel-sgd --compressor top-k:1 --stepsize 1/10 --data data"), {"no theorem"});
  const Called beyond = run("gd --data data --stepsize 30 --beyond-theory --iterations 5");
  EXPECT_EQ(beyond.status, 0);
  EXPECT_TRUE(contains(beyond, "theorem     NONE")) << beyond.out;
  EXPECT_TRUE(contains(beyond, "nothing to compare")) << beyond.out;
}

TEST_F(RunCommand, DivergenceIsAVerdict) {
  const Called diverged = run("gd --data data --stepsize 1e6 --beyond-theory --iterations 1000");
  EXPECT_EQ(diverged.status, 1);
  EXPECT_TRUE(lines_of(diverged.out).back().starts_with("diverged: not finite after iteration ")) << diverged.out;
}

TEST_F(RunCommand, EveryMethodStaysBelowItsBoundInEveryNumberType) {
  for (const char* method : {"gd --workers 2",
                             "saga",
                             "l-svrg",
                             "diana --workers 3 --compressor rand-k:1",
                             "diana --workers 2 --compressor rand-k:2 --gradient sampled",
                             "parallel-sgd --workers 2 --compressor rand-k:2",
                             "ec-gd --workers 2 --compressor top-k:1",
                             "ec-gd-star --workers 3 --compressor top-k:1",
                             "ec-gd --workers 2",
                             "ec-gd-diana --workers 2 --compressor top-k:1 --shift-compressor rand-k:2",
                             "ec-gd-diana --workers 3 --compressor top-k:2",
                             "ec-sgd --workers 2 --compressor top-k:1",
                             "ec-sgd-diana --workers 2 --compressor top-k:2 --shift-compressor dithering:2",
                             "ec-lsvrg --workers 2 --compressor top-k:1",
                             "ec-lsvrg-star --workers 3 --compressor top-k:1",
                             "ec-lsvrg-diana --workers 2 --compressor top-k:1 --shift-compressor natural",
                             "sgd",
                             "sgd-mb --batch 9",
                             "sgd-sr --batch 6",
                             "sgd-star --batch 2",
                             "sega",
                             "svrg",
                             "diana-single --compressor tern-grad",
                             "q-sgd-sr --batch 2 --compressor natural",
                             "vr-diana-saga --workers 3 --compressor dithering:2",
                             "vr-diana-loopless --workers 2 --compressor bernoulli:1/3",
                             "diana --workers 2 --compressor natural",
                             "parallel-sgd --workers 2 --compressor dithering:1"})
    for (const char* scalar : {"double", "mpfr:50"}) {
      const Called ran = run(std::string(method) + " --data data --iterations 200 --scalar " + scalar);
      EXPECT_EQ(ran.status, 0) << method << ": " << ran.err << ran.out;
      EXPECT_EQ(ran.err, "");
      for (const std::string& line : lines_of(ran.out)) EXPECT_LE(line.size(), 80U) << line;
    }
}

TEST_F(RunCommand, ADeterministicBoundIsComparedDownToTheRoundoff) {
  const Called in_double = run("gd --data data --iterations 2000");
  EXPECT_EQ(in_double.status, 0);
  EXPECT_TRUE(contains(in_double, "double resolves")) << in_double.out;
  const Called in_mpfr = run("gd --data data --iterations 2000 --scalar mpfr:1000");
  EXPECT_EQ(in_mpfr.status, 0);
  EXPECT_TRUE(contains(in_mpfr, "below the bound in every iteration")) << in_mpfr.out;
}

TEST_F(RunCommand, TheTraceHasALineAnIteration) {
  ASSERT_EQ(run("diana --data data --workers 2 --compressor rand-k:1 --iterations 10 --seed 5 --trace t").status,
            0);
  const std::vector<std::string> lines = lines_of(content_of(folder_ / "t"));
  ASSERT_EQ(lines.size(), 12U);
  const nlohmann::json header = nlohmann::json::parse(lines[0]);
  EXPECT_EQ(header["method"], "diana");
  EXPECT_EQ(header["workers"], 2);
  EXPECT_EQ(header["compressor"], "rand-k:1");
  EXPECT_EQ(header["seed"], 5);
  EXPECT_EQ(header["claim"], "unified-sgd/diana/rate");
  for (std::size_t k = 0; k <= 10; ++k) {
    const nlohmann::json line = nlohmann::json::parse(lines[k + 1]);
    EXPECT_EQ(line["k"], k);
    EXPECT_EQ(line["bits"], k * 2 * (64 + 2)) << "two workers, one coordinate of 64 bits and its index of 2";
    EXPECT_EQ(line["x"].size(), 3U);
    EXPECT_LE(std::stod(line["distance_squared"].get<std::string>()), std::stod(line["bound"].get<std::string>()));
  }
}

TEST_F(RunCommand, TheTraceNamesTheShiftsCompressorAndCountsItsBits) {
  ASSERT_EQ(run("ec-gd-diana --data data --workers 2 --compressor top-k:1 --shift-compressor rand-k:2 "
                "--iterations 3 --trace t")
                .status,
            0);
  const std::vector<std::string> lines = lines_of(content_of(folder_ / "t"));
  EXPECT_EQ(nlohmann::json::parse(lines.at(0))["shift_compressor"], "rand-k:2");
  EXPECT_EQ(nlohmann::json::parse(lines.at(0))["claim"], "error-feedback/ec-gd-diana/rate");
  EXPECT_EQ(nlohmann::json::parse(lines.at(4))["bits"], 3 * 2 * (1 + 2) * (64 + 2))
      << "two workers, one coordinate of TopK and two of RandK, each with its index";
}

TEST(CompensatedGuarantee, CountsTheVarianceAtTheStart) {
  const Rational half(1, 2);
  const Rational gamma(1, 100);
  const CompensatedRow row{ec_gd_diana_constants<Rational>(1, 1, half), 1, half, 3, 5};
  const Guarantee promise = compensated_guarantee(row, gamma, half);
  // N = 12 gamma/delta = 24 gamma, b1 = 2 k = 3, M1 = 4/(3 alpha) N b1 = 192 gamma, start = M1 gamma^2 s1
  EXPECT_EQ(promise.start, Rational(576 * gamma * gamma * gamma));
  EXPECT_EQ(promise.q, Rational(1 - gamma / 4));
  EXPECT_EQ(promise.floor, 0);
  EXPECT_EQ(promise.factor, Rational(1 + 1 / (24 * gamma)));
  // theta = 1 - 2 gamma (P + 24 gamma Z), P = 1, Z = (14/3) k = 7
  const Rational largest = compensated_stepsize(row);
  const auto theta = [](const Rational& g) { return Rational(1 - 2 * g * (1 + 24 * g * 7)); };
  EXPECT_GE(theta(largest), 0);
  EXPECT_LT(theta(Rational(largest * Rational(1000001, 1000000))), 0);
}

TEST_F(RunCommand, ATraceIsWrittenWholeOrNotAtAll) {
  expect_refused(run("gd --data data --trace missing/t"), {"missing/t: cannot be written"});
  const Called full = run("gd --data data --iterations 3 --trace /dev/full");
  EXPECT_EQ(full.status, 2);
  EXPECT_NE(full.err.find("/dev/full: cannot be written (No space left on device)"), std::string::npos) << full.err;
  EXPECT_EQ(run("gd --data data --stepsize 30 --trace t").status, 2);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "t")) << "the run was refused";
}

TEST_F(RunCommand, ABrokenFileIsNamedWithItsLine) {
  for (const auto& [text, line] :
       std::vector<std::pair<std::string, std::string>>{{"+1 1:1\\n-1 0:2\\n", "broken:2"},
                                                        {"+1 1:1\\n-1 2:nan\\n", "broken:2"},
                                                        {"+1 2:1 1:1\\n-1 1:1\\n", "broken:1"},
                                                        {"+1 1:1\\n-1 1:", "broken:2"},
                                                        {"", "broken"},
                                                        {"\\n", "broken:1"}}) {
    ASSERT_EQ(shell("printf '" + text + "' >broken").status, 0);
    expect_refused(run("gd --data broken"), {line, "found", "expected"});
  }
}

}  // namespace
}  // namespace touchstone
