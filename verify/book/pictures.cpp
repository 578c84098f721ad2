#include "verify/book/pictures.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

namespace touchstone::inline v0::book {

namespace pictures_of_the_book {

std::string decimals(double value) {
  return fmt::format("{:.6g}", value);
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace pictures_of_the_book

const FollowedRun& shown_run(const Pictures& pictures) {
  const FollowedRun* longest = &pictures.trajectories.at(0);
  for (const FollowedRun& run : pictures.trajectories)
    if (run.points.size() > longest->points.size()) longest = &run;
  return *longest;
}

LineChart chart_of(const FollowedRun& run) {
  using pictures_of_the_book::decimals;
  Curve measured{"measured, or exact in expectation", {}};
  Curve bound{"bound of the theorem", {}, Stroke::dashed};
  bool positive = true;
  double least = INFINITY;
  double largest = 0;
  for (const FollowedRun::Point& point : run.points) {
    if (!std::isfinite(point.measured) || !std::isfinite(point.bound)) continue;
    measured.points.emplace_back(std::to_string(point.iteration), decimals(point.measured));
    bound.points.emplace_back(std::to_string(point.iteration), decimals(point.bound));
    positive = positive && point.measured >= 0 && point.bound > 0;
    if (point.measured > 0) least = std::min(least, point.measured);
    largest = std::max({largest, point.measured, point.bound});
  }
  LineChart chart{"", {"iteration"}, {run.quantity}, {measured, bound}};
  chart.y.logarithmic = positive && largest > 20 * least;
  if (!chart.y.logarithmic) chart.y.range = {std::min(0.0, 1.05 * least), 1.08 * largest};
  return chart;
}

std::string csv_of(const FollowedRun& run) {
  std::string text = fmt::format("iteration,{},bound\n", pictures_of_the_book::quoted(run.quantity));
  for (const FollowedRun::Point& point : run.points)
    text += fmt::format("{},{},{}\n", point.iteration, point.measured, point.bound);
  return text;
}

LineChart chart_of(const OutcomeTable& law) {
  using pictures_of_the_book::decimals;
  std::map<std::pair<std::size_t, double>, double> weights;  // of a coordinate's value
  for (const OutcomeTable::Outcome& outcome : law.outcomes)
    for (std::size_t i = 0; i < outcome.rounded.size(); ++i) weights[{i, outcome.rounded[i]}] += outcome.weight;
  Curve outcomes{"outcomes; area: probability", {}, Stroke::discs};
  outcomes.style = 1;
  double low = 0;
  double high = 0;
  for (const auto& [at, weight] : weights) {
    outcomes.points.emplace_back(std::to_string(at.first + 1), decimals(at.second));
    outcomes.areas.push_back(weight);
    low = std::min(low, at.second);
    high = std::max(high, at.second);
  }
  Curve vector{"x", {}, Stroke::marks};
  vector.style = 5;  // an open circle
  for (std::size_t i = 0; i < law.rounded.size(); ++i)
    vector.points.emplace_back(std::to_string(i + 1), decimals(law.rounded[i]));
  const double margin = 0.15 * (high - low) + 0.5;
  LineChart chart{"", {"coordinate"}, {"value"}, {outcomes, vector}};
  chart.x.range = {0.5, static_cast<double>(law.rounded.size()) + 0.5};
  chart.x.whole = true;
  chart.y.range = {low - margin, high + margin};
  return chart;
}

std::string csv_of(const OutcomeTable& law) {
  std::string text = "probability";
  for (std::size_t i = 0; i < law.coordinates.size(); ++i) text += fmt::format(",coordinate_{}", i + 1);
  text += "\n";
  for (const OutcomeTable::Outcome& outcome : law.outcomes)
    text += fmt::format("{},{}\n", outcome.probability, fmt::join(outcome.coordinates, ","));
  return text;
}

}  // namespace touchstone::inline v0::book
