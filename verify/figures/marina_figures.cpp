#include <fmt/format.h>

#include "verify/experiment/stationary_comparison.hpp"
#include "verify/figures/chapters.hpp"
#include "verify/figures/points.hpp"
#include "verify/figures/seeded_problem.hpp"

namespace touchstone::inline v0 {

namespace marina_figure {

namespace {

constexpr const char* bits_caption =
    R"(The mean of $|\nabla f(x)|^2$ over the iterations so far, against the bits that all workers have sent; both
axes are logarithmic. MARINA gets to a tenth of $|\nabla f(x^0)|^2$ with fewer bits than GD, and with far
fewer than DIANA, which uses the same compressor. QGD hardly moves: the more accurate the point is to be,
the smaller the stepsize that its theorem allows. Every method has the stepsize of its theorem, and the mean
(of QGD: the least) is below the theorem's bound wherever it is recorded; the bounds are in the CSV.
Classification with the squared sigmoid loss, which is not convex, 1000 rows from a seed among 25 workers,
$d = 20$, Rand1, 64 bits a scalar; one run of each; double precision.)";

std::string reached(const StationaryRun& run) {
  return run.reached_bits ? fmt::format("{} with {} bits", run.name, *run.reached_bits)
                          : fmt::format("{} not with {} bits", run.name, run.points.back().bits);
}

FigureData marina_bits() {
  StationarySettings settings;
  settings.workers = 25;
  settings.iterations = 1000;
  settings.accuracy = Rational(1, 10);
  const StationaryComparison comparison =
      compare_stationary(settings, seeded_data({1000, 20, settings.workers}), [](const std::string& /*method*/) {});
  FigureData data{{{"", {"sent by all workers", "bits", true}, {"mean of |grad f(x)|^2", "", true}, {}}},
                  1,
                  "method,iteration,bits,gradient,mean,bound\n",
                  ""};
  for (const StationaryRun& run : comparison.runs) {
    Curve curve{run.name, {}};
    for (const StationaryPoint& at : run.points) {
      curve.points.emplace_back(fmt::format("{}", at.bits), plotted(at.mean));
      data.csv += csv_line({run.id, fmt::format("{}", at.K), fmt::format("{}", at.bits), plotted(at.gradient),
                            plotted(at.mean), plotted(at.bound)});
    }
    data.charts.front().curves.push_back(std::move(curve));
  }
  const std::vector<StationaryRun>& runs = comparison.runs;
  data.shows = fmt::format("A tenth of |grad f(x^0)|^2: {}, {},\n{}, {}", reached(runs[3]), reached(runs[0]),
                           reached(runs[2]), reached(runs[1]));
  return data;
}

}  // namespace

}  // namespace marina_figure

std::vector<Figure> marina_figures() {
  return {{"marina-bits", "Bits to a point of small gradient", marina_figure::bits_caption, "marina",
           marina_figure::marina_bits}};
}

}  // namespace touchstone::inline v0
