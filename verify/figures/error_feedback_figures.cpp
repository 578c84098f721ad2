#include <array>

#include <fmt/format.h>

#include "verify/experiment/comparison.hpp"
#include "verify/experiment/decimals.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"
#include "verify/figures/seeded_problem.hpp"

namespace touchstone::inline v0 {

namespace {

struct Told {
  const char* id;
  const char* name;
};

/// The three runs of the story of Top1 that are on the slide's problem.
constexpr std::array on_the_slide = {Told{"parallel-top1-gd", "GD with Top1"}, Told{"ec-gd", "EC-GD"},
                                     Told{"gd", "GD"}};

FigureData top1_divergence() {
  constexpr Index iterations = 120;
  const Comparison story = compare_on_top1(1, iterations);
  FigureData data{{{"", {"iteration k"}, {"f(x) - f(x*)", "", true}, {}}}, 1, "method,iteration,gap\n", ""};
  std::vector<std::string> courses;
  for (const Told& told : on_the_slide) {
    const auto run = std::find_if(story.runs.begin(), story.runs.end(),
                                  [&](const ComparedRun& at) { return at.method.id == told.id; });
    Curve curve{told.name, {}};
    for (const GapPoint& at : run->points) {
      curve.points.emplace_back(fmt::format("{}", at.k), plotted(at.gap));
      data.csv += csv_line({told.id, fmt::format("{}", at.k), plotted(at.gap)});
    }
    data.charts.front().curves.push_back(std::move(curve));
    courses.push_back(fmt::format("{}: {}", told.name, description(run->course)));
  }
  data.shows = fmt::format("{};\n{}; {}", courses[0], courses[1], courses[2]);
  return data;
}

constexpr std::array with_and_without = {Told{"parallel-sgd", "without compensation"}, Told{"ec-gd", "EC-GD"},
                                         Told{"ec-gd-star", "EC-GD-star"}, Told{"ec-gd-diana", "EC-GD-DIANA"}};

FigureData logistic_compensation() {
  constexpr Index iterations = 1000;
  constexpr double slowed = 10;
  const SeededShape shape{60, 6, 6};
  const SeededProblem problem = seeded_problem(shape, 0.125);
  const double gamma = 1 / (slowed * problem.f.constants().L);
  FigureData data{{{"", {"iteration k"}, {"f(x) - f(x*)", "", true}, {}}}, 1, "method,iteration,gap\n", ""};
  std::vector<std::string> ends;
  for (const Told& told : with_and_without) {
    ExperimentSettings settings;
    settings.method = told.id;
    settings.workers = shape.workers;
    settings.compressor = AnyCompressor{TopK{1}};
    if (settings.method == "ec-gd-diana") settings.shift_compressor = AnyCompressor{RandK{1}};
    const std::unique_ptr<Iterates<double>> run = iterates_on(problem, settings, gamma);
    Seeded random(1);
    Curve curve{told.name, {}};
    double gap = 0;
    for (Index k = 0; k <= iterations; ++k) {
      if (is_recorded(k, iterations)) {
        gap = gap_on(problem, run->x());
        curve.points.emplace_back(fmt::format("{}", k), plotted(gap));
        data.csv += csv_line({told.id, fmt::format("{}", k), plotted(gap)});
      }
      if (!advance(*run, random, k)) break;
    }
    data.charts.front().curves.push_back(std::move(curve));
    ends.push_back(fmt::format("{} {:.1e}", told.name, gap));
  }
  data.shows = fmt::format("f(x) - f(x*) after {} iterations: {}, {},\n{}, {}", iterations, ends[0], ends[1],
                           ends[2], ends[3]);
  return data;
}

}  // namespace

std::vector<Figure> error_feedback_figures() {
  return {{"top1-divergence", "Top1 without error compensation diverges", "", "error-feedback", top1_divergence},
          {"logistic-compensation", "Logistic regression: what error compensation does to Top1", "",
           "error-feedback", logistic_compensation}};
}

}  // namespace touchstone::inline v0
