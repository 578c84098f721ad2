// `touchstone figure`: what it lists, writes and refuses; and that the numbers of every figure say what its
// caption says.

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "tests/command.hpp"
#include "verify/figures/figure.hpp"

namespace touchstone {
namespace {

using namespace testing_support;  // NOLINT(google-build-using-namespace): the tests are its only user

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) cells.push_back(cell);
  return cells;
}

/// A figure's CSV: the columns of each of those that its first column names.
class Columns {
 public:
  explicit Columns(const std::string& figure) {
    const std::vector<std::string> lines = lines_of(figure_named(figure).make().csv);
    const std::vector<std::string> header = cells_of(lines.at(0));
    for (std::size_t l = 1; l < lines.size(); ++l) {
      const std::vector<std::string> cells = cells_of(lines[l]);
      for (std::size_t c = 1; c < header.size(); ++c) of_[cells.at(0)][header[c]].push_back(cells.at(c));
    }
  }
  [[nodiscard]] const std::vector<std::string>& texts(const std::string& of, const std::string& column) const {
    return of_.at(of).at(column);
  }
  [[nodiscard]] std::vector<double> of(const std::string& of, const std::string& column) const {
    std::vector<double> numbers;
    for (const std::string& text : texts(of, column)) numbers.push_back(std::stod(text));
    return numbers;
  }

 private:
  std::map<std::string, std::map<std::string, std::vector<std::string>>> of_;
};

bool converges(const std::vector<double>& gaps) {
  return gaps.back() < 1e-7 * gaps.front();
}

/// Above 1e-7 of the start, and the last quarter is not below the one before by more than half.
bool stalls(const std::vector<double>& gaps) {
  const auto mean = [&](std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t k = from; k < to; ++k) sum += gaps[k];
    return sum / static_cast<double>(to - from);
  };
  const std::size_t quarter = gaps.size() / 4;
  const double before = mean(2 * quarter, 3 * quarter);
  const double last = mean(3 * quarter, gaps.size());
  return gaps.back() > 1e-7 * gaps.front() && last > before / 2 && last < 2 * before;
}

bool below(const std::vector<double>& values, const std::vector<double>& bounds, double factor = 1) {
  return values.size() == bounds.size() &&
         std::equal(values.begin(), values.end(), bounds.begin(),
                    [&](double value, double bound) { return value <= factor * bound; });
}

class FigureCommand : public ProgramTest {
 protected:
  [[nodiscard]] Called figure(const std::string& arguments) const { return touchstone("figure " + arguments); }
};

TEST_F(FigureCommand, ListsTheFigures) {
  const Called listed = figure("");
  EXPECT_EQ(listed.status, 0) << listed.err;
  const std::vector<std::string> lines = lines_of(listed.out);
  ASSERT_EQ(lines.size(), figures().size());
  for (std::size_t f = 0; f < lines.size(); ++f) {
    EXPECT_TRUE(lines[f].starts_with(figures()[f].name + " ")) << lines[f];
    EXPECT_TRUE(lines[f].ends_with("  " + figures()[f].title)) << lines[f];
    EXPECT_LE(lines[f].size(), 80U);
  }
}

TEST_F(FigureCommand, WritesEveryFigureAndSaysWhatItShows) {
  for (const Figure& of : figures()) {
    const auto begun = std::chrono::steady_clock::now();
    const Called drawn = figure(of.name + " --output new/folder");
    EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(60)) << of.name;
    EXPECT_EQ(drawn.status, 0) << drawn.err;
    EXPECT_EQ(drawn.err, "");
    const std::vector<std::string> said = lines_of(drawn.out);
    EXPECT_TRUE(said.size() == 1 || said.size() == 2) << drawn.out;
    for (const std::string& line : said) EXPECT_LE(line.size(), 80U) << line;
    EXPECT_EQ(content_of(folder_ / "new/folder" / (of.name + ".csv")), of.make().csv) << "the same each time";
    EXPECT_EQ(content_of(folder_ / "new/folder" / (of.name + ".svg")), svg_of(of, of.make()))
        << "the same each time";
  }
  EXPECT_EQ(lines_of(shell("ls -A new/folder").out).size(), 2 * figures().size()) << "and no other file";
}

TEST_F(FigureCommand, RefusesWhatDoesNotFit) {
  expect_refused(figure("frob --output o"), {"NAME: found 'frob'", "top1-divergence, ", "moshpit-grid"});
  expect_refused(figure("frob"), {"NAME: found 'frob'"});
  expect_refused(figure("moshpit-grid"), {"--output is required"});
  expect_refused(figure("--output o"), {"NAME: found none"});
  expect_refused(figure("'' --output o"), {"NAME: found ''"});
  expect_refused(figure("moshpit-grid --output ''"), {"--output: found ''"});
  expect_refused(figure("moshpit-grid sgd-variety --output o"), {"sgd-variety"});
  EXPECT_FALSE(std::filesystem::exists(folder_ / "o"));
}

TEST_F(FigureCommand, FilesAreWrittenWholeOrNotAtAll) {
  ASSERT_EQ(shell("touch file && mkdir busy busy/moshpit-grid.svg").status, 0);
  expect_refused(figure("moshpit-grid --output file"),
                 {"file/moshpit-grid.csv: cannot be written (Not a directory)"});
  expect_refused(figure("moshpit-grid --output /proc/none"), {"/proc/none/moshpit-grid.csv: cannot be written"});
  expect_refused(figure("moshpit-grid --output busy"),
                 {"busy/moshpit-grid.svg: cannot be written (Is a directory)"});
  EXPECT_EQ(shell("ls -A busy").out, "moshpit-grid.svg\n") << "no temporary files";
  // No file may grow beyond 8 blocks: the SVG does, and fails as on a full disk.
  const Called full =
      shell("trap '' XFSZ; ulimit -f 8; '" TOUCHSTONE_PROGRAM "' figure variance-against-bits --output o");
  expect_refused(full, {"o/variance-against-bits.svg: cannot be written"});
  EXPECT_EQ(shell("ls -A o").out, "") << "nor is there the CSV, which is short";
  const Called undrawn = shell("PATH=/nowhere '" TOUCHSTONE_PROGRAM "' figure moshpit-grid --output o");
  expect_refused(undrawn, {"gnuplot: cannot be started"});
  EXPECT_EQ(shell("ls -A o").out, "");
}

TEST(Figures, AreDescribedForReadersAndPages) {
  const std::set<std::string> chapters = {"compressors", "unified-sgd", "error-feedback",
                                          "local",       "marina",      "moshpit"};
  std::set<std::string> names;
  std::set<std::string> used;
  for (const Figure& of : figures()) {
    EXPECT_TRUE(names.insert(of.name).second) << of.name;
    EXPECT_TRUE(chapters.contains(of.chapter)) << of.name;
    used.insert(of.chapter);
    EXPECT_LE(of.title.size(), 60U) << of.title;
    EXPECT_GT(of.caption.size(), 200U) << of.name;
    EXPECT_EQ(std::count(of.caption.begin(), of.caption.end(), '$') % 2, 0) << of.name;
  }
  EXPECT_EQ(used, chapters) << "every chapter has a figure";
}

TEST(Figures, TakeTheColourOfThePage) {
  for (const Figure& of : figures()) {
    const std::string svg = svg_of(of, of.make());
    EXPECT_TRUE(svg.starts_with("<?xml")) << of.name;
    EXPECT_NE(svg.find("currentColor"), std::string::npos);
    EXPECT_NE(svg.find("<title>" + of.title + "</title>"), std::string::npos) << "what a screen reader says";
    for (const char* fixed : {"black", "white", "gray", "grey", "rgb(  0,   0,   0)", "#ffffff"})
      EXPECT_EQ(svg.find(fixed), std::string::npos) << of.name << ' ' << fixed;
    std::string id = of.name;
    std::replace(id.begin(), id.end(), '-', '_');
    std::set<std::string> ids;
    for (std::size_t at = svg.find(" id="); at != std::string::npos; at = svg.find(" id=", at + 1)) {
      const std::string found = svg.substr(at + 5, svg.find(svg[at + 4], at + 5) - at - 5);
      EXPECT_TRUE(found.starts_with(id + "_")) << found << ": two figures in one page";
      EXPECT_TRUE(ids.insert(found).second) << of.name << ' ' << found;
    }
    for (std::size_t at = svg.find("href='#"); at != std::string::npos; at = svg.find("href='#", at + 1))
      EXPECT_TRUE(ids.contains(svg.substr(at + 7, svg.find('\'', at + 7) - at - 7))) << of.name;
  }
}

/// As WCAG has it.
double luminance(const std::string& colour) {
  const auto part = [&](std::size_t at) {
    const double c = std::stoi(colour.substr(at, 2), nullptr, 16) / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}
double contrast(const std::string& one, const std::string& other) {
  const double a = luminance(one);
  const double b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

TEST(Figures, HaveColoursThatShowOnWhiteAndOnDark) {
  EXPECT_NEAR(contrast("#ffffff", "#000000"), 21, 1e-9);
  for (const std::string& colour : curve_colours()) {
    EXPECT_GE(contrast(colour, "#ffffff"), 3) << colour;
    EXPECT_GE(contrast(colour, "#16181d"), 3) << colour;
  }
  EXPECT_LT(contrast("#e69f00", "#ffffff"), 3) << "Okabe and Ito's orange is not among them";
}

TEST(Figures, AreDrawnInCharactersToo) {
  for (const Figure& of : figures())
    for (const LineChart& chart : of.make().charts) {
      const std::string plot = character_plot(chart, 78, 24);
      const std::vector<std::string> lines = lines_of(plot);
      EXPECT_LE(lines.size(), 24U) << plot;
      EXPECT_GE(lines.size(), chart.axes ? 20U : 1U) << plot;
      for (const std::string& line : lines) {
        EXPECT_LE(line.size(), 78U) << of.name;
        EXPECT_FALSE(line.ends_with(' '));
        EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) { return ' ' <= c && c <= '~'; })) << line;
      }
      for (const std::string& label : {chart.title, chart.x.label, chart.y.label})
        EXPECT_NE(plot.find(label), std::string::npos) << label << '\n' << plot;
      for (const PlacedText& text : chart.texts) EXPECT_NE(plot.find(text.text), std::string::npos) << plot;
      for (const Curve& curve : chart.curves) EXPECT_NE(plot.find(curve.name), std::string::npos) << plot;
    }
}

TEST(Figures, VarianceAgainstBits) {
  const Columns columns("variance-against-bits");
  for (const char* id : {"rand-k", "dithering", "natural-dithering"}) {
    const std::vector<double> omega = columns.of(id, "omega");
    const std::vector<double> bits = columns.of(id, "bits");
    EXPECT_TRUE(std::is_sorted(omega.rbegin(), omega.rend())) << "falls";
    EXPECT_TRUE(std::is_sorted(bits.begin(), bits.end()));
  }
  const std::vector<double> K = columns.of("rand-k", "parameter");
  for (std::size_t i = 0; i < K.size(); ++i) {
    EXPECT_NEAR(columns.of("rand-k", "omega")[i], 1000 / K[i] - 1, 1e-3);
    EXPECT_NEAR(columns.of("rand-k", "bits")[i], K[i] * (10 + 32) / 1000, 1e-6);
  }
  EXPECT_EQ(columns.of("natural", "omega").at(0), 0.125);
  EXPECT_NEAR(columns.of("natural-dithering", "omega").back(), 0.125, 1e-5);
  EXPECT_LT(columns.of("tern-grad", "bits").at(0), 2);
}

TEST(Figures, SgdVariety) {
  const Columns columns("sgd-variety");
  for (const char* method : {"gd", "sgd", "sgd-star", "saga", "l-svrg", "sega", "diana"}) {
    const std::vector<double> distances = columns.of(method, "distance_squared");
    const std::vector<double> bounds = columns.of(method, "bound");
    EXPECT_TRUE(below(distances, bounds)) << method;
    EXPECT_FALSE(below(distances, bounds, 0.1)) << method << ": at some iteration within a tenth of its bound";
    const bool to_the_solution = std::string(method) != "sgd";
    EXPECT_EQ(distances.back() < 1e-8, to_the_solution) << method;
    EXPECT_EQ(stalls(distances), !to_the_solution) << method;
    EXPECT_EQ(bounds.back() > 1, !to_the_solution) << method;
  }
}

TEST(Figures, Top1Divergence) {
  const Columns columns("top1-divergence");
  const std::vector<double> alone = columns.of("parallel-top1-gd", "gap");
  for (std::size_t k = 1; k < alone.size(); ++k)
    EXPECT_NEAR(alone[k] / alone[k - 1], (114.0 / 103) * (114.0 / 103), 1e-5) << "by one factor";
  EXPECT_TRUE(converges(columns.of("ec-gd", "gap")));
  EXPECT_TRUE(converges(columns.of("gd", "gap")));
  EXPECT_FALSE(converges(alone));
}

TEST(Figures, LogisticCompensation) {
  const Columns columns("logistic-compensation");
  const std::vector<double> without = columns.of("parallel-sgd", "gap");
  const std::vector<double> memory = columns.of("ec-gd", "gap");
  EXPECT_TRUE(stalls(without));
  EXPECT_GT(without.back(), without.front()) << "above its start";
  EXPECT_TRUE(stalls(memory));
  EXPECT_LT(*std::max_element(memory.end() - 50, memory.end()), without.back() / 10);
  for (const char* method : {"ec-gd-star", "ec-gd-diana"}) {
    EXPECT_TRUE(converges(columns.of(method, "gap"))) << method;
    EXPECT_LT(columns.of(method, "gap").back(), 1e-30) << method;
  }
  EXPECT_FALSE(converges(memory));
}

TEST(Figures, LocalHeterogeneous) {
  const Columns columns("local-heterogeneous");
  EXPECT_TRUE(stalls(columns.of("local-sgd", "gap")));
  EXPECT_FALSE(converges(columns.of("local-sgd", "gap")));
  for (const char* method : {"s-star-local-sgd", "ss-local-sgd", "s-local-svrg"}) {
    EXPECT_TRUE(converges(columns.of(method, "gap"))) << method;
    EXPECT_LT(columns.of(method, "gap").back(), 1e-6 * columns.of("local-sgd", "gap").back()) << method;
  }
  const std::vector<double> k = columns.of("s-star-local-sgd", "iteration");
  const std::vector<double> sent = columns.of("s-star-local-sgd", "vectors");
  for (std::size_t at = 0; at < k.size(); ++at) EXPECT_EQ(k[at], 4 * sent[at]) << "a vector every four steps";
  EXPECT_LT(columns.of("ss-local-sgd", "iteration").back(), k.back()) << "refreshes are paid for";
}

TEST(Figures, MarinaBits) {
  const Columns columns("marina-bits");
  const double tenth = columns.of("gd", "gradient").front() / 10;
  const auto bits = [&](const std::string& method) {
    const std::vector<double> means = columns.of(method, "mean");
    const auto first = std::find_if(means.begin(), means.end(), [&](double mean) { return mean <= tenth; });
    return first == means.end() ? INFINITY
                                : columns.of(method, "bits")[static_cast<std::size_t>(first - means.begin())];
  };
  EXPECT_LT(bits("marina"), bits("gd"));
  EXPECT_LT(3 * bits("marina"), bits("diana"));
  EXPECT_LT(bits("diana"), INFINITY);
  EXPECT_EQ(bits("qgd"), INFINITY);
  for (const char* method : {"gd", "diana", "marina"}) {
    EXPECT_TRUE(below(columns.of(method, "mean"), columns.of(method, "bound"))) << method;
    EXPECT_FALSE(below(columns.of(method, "mean"), columns.of(method, "bound"), 0.01)) << method;
  }
  std::vector<double> least = columns.of("qgd", "gradient");
  for (std::size_t k = 1; k < least.size(); ++k) least[k] = std::min(least[k], least[k - 1]);
  EXPECT_TRUE(below(least, columns.of("qgd", "bound")));
}

TEST(Figures, MoshpitMixing) {
  const Columns columns("moshpit-mixing");
  const std::vector<double> grid = columns.of("grid", "dispersion");
  EXPECT_GT(grid[1], 1e-2) << "not after one round";
  EXPECT_LT(grid[2], 1e-30);
  const std::vector<double> random = columns.of("random-groups", "dispersion");
  const std::vector<double> theory = columns.of("random-groups-theory", "dispersion");
  const std::vector<double> gossip = columns.of("gossip", "dispersion");
  for (std::size_t t = 0; t < random.size(); ++t) {
    EXPECT_NEAR(theory[t], std::pow(1.0 / 9, t), 1e-6 * theory[t]);
    EXPECT_NEAR(random[t] / theory[t], 1, 0.15) << "the mean of 100 runs, round " << t;
    EXPECT_GE(gossip[t], 0.05) << "hardly gets on";
  }
}

TEST(Figures, MoshpitGrid) {
  const Columns columns("moshpit-grid");
  for (const std::string round : {"1", "2"}) {
    const std::vector<double> peers = columns.of(round, "peer");
    EXPECT_EQ(std::set<double>(peers.begin(), peers.end()).size(), 9U);
    for (std::size_t at = 0; at < peers.size(); ++at) {
      const int peer = static_cast<int>(peers[at]);
      const bool rows = round == "1";
      const int first = rows ? 3 * (peer / 3) : peer % 3;
      const int step = rows ? 1 : 3;
      EXPECT_EQ(columns.texts(round, "group")[at], fmt::format("{} {} {}", first, first + step, first + 2 * step));
      EXPECT_EQ(columns.of(round, "key")[at], rows ? peer / 3 : peer % 3);
    }
  }
}

}  // namespace
}  // namespace touchstone
