#include <array>

#include <fmt/format.h>

#include "verify/experiment/comparison.hpp"
#include "verify/experiment/decimals.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"
#include "verify/figures/seeded_problem.hpp"

namespace touchstone::inline v0 {

namespace error_feedback_figure {

namespace {

constexpr const char* divergence_caption =
    R"(The gap $f(x^k) - f(x^\star)$ against the iteration $k$ on the problem of slides 43-45: three workers, each
of which sends only the largest coordinate of its gradient (Top1). Gradient descent on what arrives
diverges, by the same factor in every iteration, although every $f_i$ is strongly convex and all have the
same minimiser. With error compensation (EC-GD) such messages lead to the solution about as fast as whole
gradients do (GD). All start at $(1, 1, 1)$ with stepsize $1/L$; rational numbers, of which nothing is
rounded before it is drawn.)";

constexpr const char* compensation_caption =
    R"(The gap $f(x^k) - f(x^\star)$ against the iteration $k$ of four methods whose workers send Top1 of
something. Without error compensation the gap ends above its start: Top1 is biased. EC-GD, which remembers
what was not sent, comes closer and stalls, as the workers' gradients do not vanish at the solution.
EC-GD-star, which knows those gradients, and EC-GD-DIANA, which learns them from Rand1, converge linearly,
down to what rounding leaves. Logistic regression with $\lambda = 1/8$, 60 rows from a seed among 6 workers,
the labels of each after a coordinate of its own, $d = 6$; stepsize $1/(10 L)$ for all; double precision.)";

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
  constexpr Index workers = 6;
  const SeededProblem problem = seeded_problem({60, 6, workers}, workers, 0.125);
  const double gamma = 1 / (slowed * problem.f.constants().L);
  FigureData data{{{"", {"iteration k"}, {"f(x) - f(x*)", "", true}, {}}}, 1, "method,iteration,gap\n", ""};
  std::vector<std::string> ends;
  for (const Told& told : with_and_without) {
    ExperimentSettings settings;
    settings.method = told.id;
    settings.workers = workers;
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

}  // namespace error_feedback_figure

std::vector<Figure> error_feedback_figures() {
  return {{"top1-divergence", "Top1 without error compensation diverges", error_feedback_figure::divergence_caption,
           "error-feedback", error_feedback_figure::top1_divergence},
          {"logistic-compensation", "Logistic regression: what error compensation does to Top1",
           error_feedback_figure::compensation_caption, "error-feedback",
           error_feedback_figure::logistic_compensation}};
}

}  // namespace touchstone::inline v0
