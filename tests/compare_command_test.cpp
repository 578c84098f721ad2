// `touchstone compare`: what it refuses, what it prints, what it writes; and how it decides what a run does.

#include <map>

#include "tests/command.hpp"
#include "verify/experiment/course.hpp"
#include "verify/experiment/gap.hpp"
#include "verify/experiment/solutions.hpp"
#include "verify/io/libsvm.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

class CompareCommand : public ProgramTest {
 protected:
  [[nodiscard]] Called compare(const std::string& arguments) const { return touchstone("compare " + arguments); }

  /// The gaps of the methods, in the order of the CSV.
  [[nodiscard]] std::map<std::string, std::vector<double>> gaps(const std::string& folder) const {
    std::map<std::string, std::vector<double>> of;
    const std::vector<std::string> lines = lines_of(content_of(folder_ / folder / "comparison.csv"));
    for (std::size_t l = 1; l < lines.size(); ++l)
      of[lines[l].substr(0, lines[l].find(','))].push_back(std::stod(lines[l].substr(lines[l].rfind(',') + 1)));
    return of;
  }

  /// Three workers' small problem with a large lambda: everything shows in a hundred iterations.
  const std::string small_ = "--data data --workers 3 --regularization 0.25 ";
};

TEST_F(CompareCommand, RefusesWhatDoesNotFit) {
  expect_refused(compare(""), {"--data is required", "--problem top1"});
  expect_refused(compare("--data missing"), {"missing", "No such file"});
  expect_refused(compare("--problem frob"), {"--problem", "found 'frob'", "top1"});
  expect_refused(compare("--data data"), {"workers n, rows M", "found 20, 6"});
  expect_refused(compare("--data data --workers 0"), {"--workers", "found '0'"});
  expect_refused(compare("--data data --workers 2 --iterations 99"), {"--iterations: found 99", "at least 100"});
  expect_refused(compare("--data data --workers 2 --iterations many"), {"--iterations", "found 'many'"});
  expect_refused(compare("--data data --workers 2 --compressor rand-k:1"), {"contractive", "top-k:K"});
  expect_refused(compare("--data data --workers 2 --compressor frob"), {"--compressor: found 'frob'"});
  expect_refused(compare("--data data --workers 2 --compressor top-k:4"), {"1 <= K <= d", "found 4, 3"});
  expect_refused(compare("--data data --workers 2 --shift-compressor top-k:1"),
                 {"--shift-compressor: found top-k:1", "unbiased"});
  expect_refused(compare("--data data --workers 2 --shift-compressor rand-k:4"), {"1 <= K <= d", "found 4, 3"});
  expect_refused(compare("--data data --workers 2 --stepsize 0"), {"--stepsize: found '0'", "positive number"});
  expect_refused(compare("--data data --workers 2 --stepsize 1e-400"), {"--stepsize", "rounds it to 0"});
  expect_refused(compare("--data data --workers 2 --regularization 0"), {"lambda > 0"});
  expect_refused(compare("--data data --workers 2 --scalar float16"), {"--scalar", "found 'float16'", "mpfr:50"});
  expect_refused(compare("--data data --workers 2 --seed -1"), {"--seed", "found '-1'"});
}

TEST_F(CompareCommand, TheProblemTop1FixesEverythingButStepsizeAndIterations) {
  for (const char* option : {"--data data", "--features 3", "--workers 3", "--compressor top-k:1",
                             "--shift-compressor rand-k:1", "--regularization 1", "--scalar double", "--seed 1"}) {
    const std::string given = option;
    expect_refused(compare("--problem top1 " + given),
                   {given.substr(0, given.find(' ')), "the problem top1 fixes it"});
  }
}

TEST_F(CompareCommand, TheStoryOfTop1Holds) {
  const Called told = compare("--problem top1 --output story");
  EXPECT_EQ(told.status, 0) << told.out;
  EXPECT_EQ(told.err, "");
  EXPECT_EQ(told.out.find("FAILS"), std::string::npos) << told.out;
  EXPECT_NE(told.out.find("x^k = (1 + 11 gamma/6)^k x^0, to the last digit"), std::string::npos);
  EXPECT_NE(told.out.find("EC-GD is GD, to the last digit"), std::string::npos);
  for (const std::string& line : lines_of(told.out)) EXPECT_LE(line.size(), 80U) << line;
  std::map<std::string, std::vector<double>> of = gaps("story");
  ASSERT_EQ(of["parallel-top1-gd"].size(), 201U);
  // x^k = (114/103)^k (1, 1, 1), where f(x) = (7/12) |x|^2
  double gap = 7.0 / 4;
  for (const double found : of["parallel-top1-gd"]) {
    EXPECT_NEAR(found / gap, 1, 1e-10) << "the file has eleven digits";
    gap *= (114.0 / 103) * (114.0 / 103);
  }
  EXPECT_EQ(compare("--problem top1 --stepsize 3").status, 1) << "EC-GD does not converge any more";
}

TEST_F(CompareCommand, PrintsWhatEveryMethodDoesAndWritesIt) {
  const Called compared = compare(small_ + "--iterations 300 --output new/folder");
  EXPECT_EQ(compared.err, "");
  for (const std::string& line : lines_of(compared.out)) EXPECT_LE(line.size(), 80U) << line;
  EXPECT_NE(compared.out.find("holds  EC-GDstar converges linearly to the optimum"), std::string::npos)
      << compared.out;
  EXPECT_NE(compared.out.find("holds  EC-SGD stalls at a neighbourhood"), std::string::npos) << compared.out;
  const std::vector<std::string> lines = lines_of(content_of(folder_ / "new/folder/comparison.csv"));
  ASSERT_EQ(lines.size(), 1U + 8 * 301);
  EXPECT_EQ(lines[0], "method,iteration,bits,gap");
  EXPECT_TRUE(lines[1].starts_with("ec-gd,0,0,")) << lines[1];
  EXPECT_TRUE(lines[2].starts_with("ec-gd,1,198,")) << "three workers, 64 bits and an index of 2: " << lines[2];
  EXPECT_TRUE(lines[1 + 2 * 301 + 1].starts_with("ec-gd-diana,1,396,")) << "two messages a worker";
  for (const char* figure : {"iterations.svg", "bits.svg"}) {
    const std::string svg = content_of(folder_ / "new/folder" / figure);
    EXPECT_TRUE(svg.starts_with("<?xml")) << svg.substr(0, 40);
    for (const char* name : {"ec-gd", "ec-gd-star", "ec-lsvrg-diana", "f(x) - f(x*)"})
      EXPECT_NE(svg.find(name), std::string::npos) << name;
  }
}

TEST_F(CompareCommand, TheSameSeedGivesTheSameBytes) {
  const std::string again = small_ + "--iterations 100 --output ";
  const Called first = compare(again + "one");
  EXPECT_EQ(first.out, compare(again + "two").out);
  (void)compare(again + "three --seed 2");
  for (const char* file : {"comparison.csv", "iterations.svg", "bits.svg"}) {
    EXPECT_EQ(content_of(folder_ / "one" / file), content_of(folder_ / "two" / file)) << file;
    EXPECT_NE(content_of(folder_ / "one" / file), content_of(folder_ / "three" / file)) << file;
  }
}

TEST_F(CompareCommand, FilesAreWrittenWholeOrNotAtAll) {
  ASSERT_EQ(shell("touch file && mkdir busy busy/bits.svg").status, 0);
  expect_refused(compare(small_ + "--output file"), {"file/comparison.csv: cannot be written"});
  expect_refused(compare(small_ + "--output /proc/none"), {"/proc/none/comparison.csv: cannot be written"});
  expect_refused(compare(small_ + "--output busy"), {"busy/bits.svg: cannot be written (Is a directory)"});
  expect_refused(compare("--data data --output refused"), {"workers n, rows M"});
  for (const char* folder : {"busy", "refused"})
    EXPECT_FALSE(std::filesystem::exists(folder_ / folder / "comparison.csv")) << folder;
  EXPECT_EQ(shell("ls -A busy").out, "bits.svg\n") << "no temporary files";
}

TEST_F(CompareCommand, TheMethodsOfChapter5AreComparedByTheirTheoremsAndMeasured) {
  const Called compared = compare("--problem nonconvex --data data --workers 3 --iterations 4000 --output five");
  EXPECT_EQ(compared.err, "");
  EXPECT_EQ(compared.status, 0) << compared.out;
  for (const std::string& line : lines_of(compared.out)) EXPECT_LE(line.size(), 80U) << line;
  for (const char* statement : {"the theorems rank MARINA before DIANA before QGD", "MARINA needs fewer iterations",
                                "MARINA sends fewer bits", "GD stays below its theorem's bound", "QGD stays below",
                                "DIANA stays below", "MARINA stays below"})
    EXPECT_NE(compared.out.find(statement), std::string::npos) << statement;
  const std::vector<std::string> lines = lines_of(content_of(folder_ / "five/comparison.csv"));
  EXPECT_EQ(lines[0], "method,iteration,bits,gradient,mean,bound");
  EXPECT_TRUE(lines[1].starts_with("gd,1,0,")) << lines[1];
  EXPECT_EQ(lines.size(), 1U + 4 * 201);
  EXPECT_TRUE(lines[1 + 3 * 201].starts_with("marina,1,576,")) << "three gradients of three scalars";
  EXPECT_EQ(lines_of(content_of(folder_ / "five/complexity.csv"))[0], "method,accuracy,iterations,bits");
  for (const char* figure : {"iterations.svg", "bits.svg", "complexity.svg"}) {
    const std::string svg = content_of(folder_ / "five" / figure);
    for (const char* name : {"gd", "qgd", "diana", "marina"})
      EXPECT_NE(svg.find(">" + std::string(name) + "<"), std::string::npos) << figure << ' ' << name;
  }
}

TEST_F(CompareCommand, WithoutCompressionMarinaAndDianaAreGradientDescent) {
  (void)compare("--problem nonconvex --data data --workers 3 --compressor identity --iterations 100 --output same");
  std::map<std::string, std::vector<std::string>> means;
  for (const std::string& line : lines_of(content_of(folder_ / "same/comparison.csv"))) {
    const std::size_t bound = line.rfind(',');
    means[line.substr(0, line.find(','))].push_back(line.substr(line.rfind(',', bound - 1), 9));
  }
  EXPECT_EQ(means["gd"], means["marina"]);
  EXPECT_EQ(means["gd"], means["diana"]);
}

TEST_F(CompareCommand, AStepsizeFarBeyondTheTheoremsBreaksTheirBounds) {
  const Called compared = compare("--problem nonconvex --data data --workers 3 --stepsize 400 --iterations 1000");
  EXPECT_EQ(compared.status, 1) << compared.out;
  EXPECT_NE(compared.out.find("FAILS  MARINA stays below its theorem's bound"), std::string::npos) << compared.out;
}

TEST_F(CompareCommand, RefusesWhatDoesNotFitChapter5) {
  const std::string problem = "--problem nonconvex --data data --workers 3 ";
  expect_refused(compare("--problem nonconvex"), {"--data is required"});
  expect_refused(compare(problem + "--compressor top-k:1"), {"--compressor: found top-k:1", "unbiased"});
  expect_refused(compare(problem + "--scalar mpfr:50"), {"--scalar", "the problem nonconvex fixes it"});
  expect_refused(compare(problem + "--shift-compressor rand-k:1"), {"--shift-compressor", "nonconvex fixes it"});
  expect_refused(compare(problem + "--accuracy 0"), {"--accuracy: found '0'"});
  expect_refused(compare(problem + "--accuracy 2"), {"--accuracy: found 2, expected at most 1"});
  expect_refused(compare(problem + "--regularization -1"), {"lambda >= 0", "found -1"});
  expect_refused(compare(problem + "--iterations 99"), {"--iterations: found 99"});
  expect_refused(compare("--data data --workers 3 --accuracy 1"), {"--accuracy", "the problem logistic fixes it"});
}

TEST_F(CompareCommand, WithoutGnuplotTheTableIsWrittenAndTheFiguresAreNot) {
  const Called drawn =
      shell("PATH=/nowhere '" TOUCHSTONE_PROGRAM "' compare " + small_ + "--iterations 100 --output o");
  EXPECT_EQ(drawn.status, 2);
  EXPECT_EQ(lines_of(drawn.err).size(), 1U) << drawn.err;
  EXPECT_NE(drawn.err.find("gnuplot: cannot be started"), std::string::npos) << drawn.err;
  EXPECT_EQ(shell("ls -A o").out, "comparison.csv\n");
}

TEST_F(CompareCommand, ManyDigitsSeeFurtherThanDouble) {
  const std::string long_run = small_ + "--iterations 1000 --output ";
  (void)compare(long_run + "double");
  (void)compare(long_run + "mpfr --scalar mpfr:50");
  const auto least_positive = [&](const std::string& folder) {
    double least = 1;
    std::map<std::string, std::vector<double>> of = gaps(folder);
    for (const double gap : of["ec-gd-star"])
      if (gap > 0) least = std::min(least, gap);
    return least;
  };
  EXPECT_GT(least_positive("double"), 1e-40);
  EXPECT_LT(least_positive("mpfr"), 1e-40);
}

/// The gaps of a made-up run.
template <class Gap>
Course course(Index iterations, const Gap& gap, double resolution = 0) {
  std::vector<GapPoint> points;
  for (Index k = 0; k <= iterations; ++k) points.push_back({k, Real<50>(gap(static_cast<double>(k)))});
  return course_of(points, iterations, Real<50>(resolution));
}

TEST(Course, TellsApartWhatARunDoes) {
  const auto behaviour = [](const auto& gap, double resolution = 0) {
    return course(1000, gap, resolution).behaviour;
  };
  EXPECT_EQ(behaviour([](double k) { return std::pow(0.99, k); }), Behaviour::converges);
  EXPECT_EQ(behaviour([](double k) { return std::pow(1.01, k); }), Behaviour::diverges);
  const auto wave = [](double k) { return 1 + std::sin(k / 3) / 2; };
  const auto stalled = [&](double k) { return std::pow(0.9, k) + 1e-3 * wave(k); };
  EXPECT_EQ(behaviour(stalled), Behaviour::stalls);
  EXPECT_EQ(behaviour([](double k) { return std::pow(0.9, k) + 1e-3; }), Behaviour::stalls) << "at a constant";
  // down to the resolution, and not further; above it that is a neighbourhood
  const auto rounded = [&](double k) { return std::pow(0.6, k) + 1e-20 * wave(k); };
  EXPECT_EQ(behaviour(rounded, 1e-19), Behaviour::converges);
  EXPECT_EQ(behaviour(rounded, 1e-21), Behaviour::stalls);
}

TEST(Course, WhatIsOnlySlowIsNothingOfTheKind) {
  for (const double q : {0.994, 0.999, 0.9999, 0.99999, 0.999999})
    EXPECT_EQ(course(1000, [&](double k) { return std::pow(q, k); }).behaviour, Behaviour::none) << q;
  for (const double power : {0.5, 1.0, 2.0, 4.0})
    EXPECT_EQ(course(1000, [&](double k) { return std::pow(1 + k, -power); }).behaviour, Behaviour::none) << power;
  EXPECT_EQ(course(1000, [](double k) { return std::pow(1.001, k); }).behaviour, Behaviour::none) << "grows slowly";
  EXPECT_EQ(course(1000, [](double) { return 1.0; }).behaviour, Behaviour::none) << "does not leave the start";
}

TEST(Course, WhatIsBelowTheResolutionFromTheStartIsNotDecided) {
  EXPECT_EQ(course(
                1000, [](double k) { return std::pow(0.9, k); }, 2)
                .behaviour,
            Behaviour::none);
}

TEST(Course, ARunThatBeginsAtTheSolutionIsNotDecided) {
  EXPECT_EQ(course(1000, [](double) { return 0.0; }).behaviour, Behaviour::none);
}

TEST(Course, ARunThatIsCutShortDiverges) {
  EXPECT_EQ(course_of({{0, 1}, {1, 7}}, 1000, 0).behaviour, Behaviour::diverges);
}

TEST(GapToSolution, AgreesWithTheCertifiedGap) {
  const std::string data = std::filesystem::temp_directory_path() / "touchstone-gap-test";
  std::ofstream(data) << "+1 1:0.5 3:1\n-1 2:-1 3:0.25\n+1 1:1 2:0.5\n-1 1:-0.75 3:-1\n";
  const SparseData rows = read_libsvm(data);
  std::filesystem::remove(data);
  const Rational lambda(1, 8);
  const CertifiedSolution<50> solution = certified_solution<50>(rows, lambda);
  const LogisticRegression<double> f(rows, 2, 0.125);
  const LogisticRegression<Interval<50>> enclosing(rows, 1, Interval<50>(0.125));
  const Vector<double> x_star = solution.x.unaryExpr([](const Real<50>& a) { return static_cast<double>(a); });
  for (const double distance : {10.0, 1.0, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10}) {
    Vector<double> x = x_star;
    x[0] += distance;
    x[2] -= distance / 3;
    const double certified = static_cast<double>(upper_end(certified_gap(enclosing, solution, x)));
    EXPECT_NEAR(gap_to_solution(f, x_star, x) / certified, 1, 1e-14 + 1e-15 / distance) << distance;
  }
}

}  // namespace
}  // namespace touchstone
