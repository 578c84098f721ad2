#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/experiment/theorem.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"
#include "verify/figures/seeded_problem.hpp"

namespace touchstone::inline v0 {

namespace unified_sgd_figure {

namespace {

constexpr const char* caption =
    R"(Gradient descent and six stochastic methods on one problem, each with the largest stepsize that the one
theorem allows it: $|x^k - x^\star|^2$ against the iteration $k$. The mean of 20 runs (solid) stays below
the theorem's bound (dashed) in every iteration. SGD stops at a neighbourhood of the solution, and so does
its bound, because its gradients keep their variance; those of the others have none left at the solution,
and they get there. A curve ends where its bound leaves the picture. Logistic regression with $\lambda =
1/8$, 24 rows from a seed, $d = 4$; DIANA with 4 workers and Rand1, the others with one; double precision.)";

constexpr Index iterations = 500;
constexpr double lowest = 1e-8;   ///< in the picture
constexpr Index drawn_every = 5;  ///< the CSV has all
constexpr Index runs = 20;
constexpr double lambda = 0.0625;

struct Shown {
  const char* method;
  const char* name;
  Index workers;
};
constexpr std::array methods = {
    Shown{"gd", "GD", 1},      Shown{"sgd", "SGD", 1},       Shown{"sgd-star", "SGD-star", 1},
    Shown{"saga", "SAGA", 1},  Shown{"l-svrg", "L-SVRG", 1}, Shown{"sega", "SEGA", 1},
    Shown{"diana", "DIANA", 4}};

ExperimentSettings settings_of(const Shown& shown) {
  ExperimentSettings settings;
  settings.method = shown.method;
  settings.workers = shown.workers;
  if (settings.method == "diana") settings.compressor = AnyCompressor{RandK{1}};
  return settings;
}

/// |x^k - x*|^2 for k = 0, ..., iterations, in the mean over the runs.
std::vector<double> mean_distances(const SeededProblem& problem, const ExperimentSettings& settings, double gamma) {
  std::vector<double> mean(iterations + 1, 0);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    const std::unique_ptr<Iterates<double>> run = iterates_on(problem, settings, gamma);
    Seeded random(seed);
    for (Index k = 0; k <= iterations; ++k) {
      mean[static_cast<std::size_t>(k)] += (run->x() - problem.x_star).squaredNorm() / runs;
      if (!advance(*run, random, k)) throw std::runtime_error(settings.method + ": an iterate is not finite");
    }
  }
  return mean;
}

/// With the largest stepsize of the theorem, which is rounded down.
struct Bounded {
  double gamma;
  std::vector<double> bounds;
};
Bounded bounded(const SeededProblem& problem, const ExperimentSettings& settings) {
  const Theorem theorem = theorem_of(settings);
  const EnclosedProblem enclosed = enclosed_problem(problem.data, settings.workers, lambda, theorem.wanted);
  const double gamma = std::nextafter(static_cast<double>(theorem.largest_stepsize(enclosed.facts).value()), 0.0);
  const Rational exact_gamma(gamma);
  const Guarantee promise = theorem.guarantee(enclosed.facts, exact_gamma);
  BoundSequence bound(promise, theorem.initial_lyapunov(promise, enclosed.f, enclosed.box, exact_gamma));
  Bounded all{gamma, {}};
  for (Index k = 0; k <= iterations; ++k, bound.advance())
    all.bounds.push_back(static_cast<double>(bound.current()));
  return all;
}

/// What the lines of all charts are.
LineChart legend() {
  const std::vector<std::pair<std::string, std::string>> outside{{"-1", "-1"}};
  return {"|x - x*|^2 against k",
          {"", "", false, {{0, 1}}},
          {"", "", false, {{0, 1}}},
          {{"mean of 20 runs", outside}, {"bound of the theorem", outside, Stroke::dashed, 2}},
          {},
          false};
}

/// "SAGA 431"
std::string reached(const Shown& shown, const std::vector<double>& distances) {
  const auto first = std::find_if(distances.begin(), distances.end(), [](double at) { return at <= lowest; });
  return first == distances.end() ? fmt::format("{} is at {:.1e}", shown.name, distances.back())
                                  : fmt::format("{} {}", shown.name, first - distances.begin());
}

/// A method until its bound leaves the picture.
void draw(const Shown& shown, FigureData& data, std::vector<std::string>& ends) {
  const SeededProblem problem = seeded_problem({24, 4, 1}, shown.workers, lambda);
  const ExperimentSettings settings = settings_of(shown);
  const Bounded promise = bounded(problem, settings);
  const std::vector<double> distances = mean_distances(problem, settings, promise.gamma);
  Curve measured{"", {}};
  Curve promised{"", {}, Stroke::dashed, 2};
  for (Index k = 0; k <= iterations; ++k) {
    const double distance = distances[static_cast<std::size_t>(k)];
    const double bound = promise.bounds[static_cast<std::size_t>(k)];
    if (bound < lowest) break;
    const std::string at = fmt::format("{}", k);
    data.csv += csv_line({shown.method, at, plotted(distance), plotted(bound)});
    if (k % drawn_every != 0) continue;
    measured.points.emplace_back(at, plotted(distance));
    promised.points.emplace_back(at, plotted(bound));
  }
  data.charts.push_back({shown.name,
                         {"", "", false, {{0, iterations}}},
                         {"", "", true, {{lowest, 100}}},
                         {std::move(measured), std::move(promised)}});
  ends.push_back(reached(shown, distances));
}

FigureData drawn() {
  FigureData data{{}, 2, "method,iteration,distance_squared,bound\n", ""};
  std::vector<std::string> ends;
  for (const Shown& shown : methods) draw(shown, data, ends);
  data.charts.push_back(legend());
  std::rotate(ends.begin() + 1, ends.begin() + 2, ends.end());  // SGD, which does not get there, comes last
  data.shows = fmt::format("|x - x*|^2 <= 1e-8 after iterations:\n{}", fmt::join(ends, ", "));
  return data;
}

}  // namespace

}  // namespace unified_sgd_figure

std::vector<Figure> unified_sgd_figures() {
  return {{"sgd-variety", "Seven methods beside the bounds of one theorem", unified_sgd_figure::caption,
           "unified-sgd", unified_sgd_figure::drawn}};
}

}  // namespace touchstone::inline v0
