#include "verify/experiment/course.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>

#include <fmt/format.h>

#include "verify/experiment/decimals.hpp"

namespace touchstone::inline v0 {

namespace {

constexpr Index parts = 10;

/// From 0; k = 0 belongs to the first.
std::size_t tenth_of(Index k, Index iterations) {
  return k == 0 ? 0 : static_cast<std::size_t>((k * parts - 1) / iterations);
}

/// Of the points in the tenths first, ..., last; 0 where there is none.
Real<50> mean_of(const std::vector<GapPoint>& points, Index iterations, std::size_t first, std::size_t last) {
  Real<50> sum = 0;
  Index count = 0;
  for (const GapPoint& at : points) {
    const std::size_t tenth = tenth_of(at.k, iterations);
    if (tenth < first || tenth > last) continue;
    sum += at.gap;
    ++count;
  }
  return count == 0 ? Real<50>(0) : Real<50>(sum / count);
}

std::optional<Real<50>> factor_of(const std::vector<GapPoint>& points, Index iterations,
                                  const Real<50>& resolution) {
  std::optional<GapPoint> first;
  std::optional<GapPoint> last;
  for (const GapPoint& at : points) {
    if (at.k * parts < iterations || at.gap <= resolution) continue;
    if (!first) first = at;
    last = at;
  }
  if (!first || last->k == first->k) return std::nullopt;
  return pow(Real<50>(last->gap / first->gap), Real<50>(1) / (last->k - first->k));
}

Behaviour behaviour_of(const Course& course, bool cut_short, const Real<50>& resolution) {
  if (cut_short || course.least_ratio >= 2) return Behaviour::diverges;
  if (course.start > resolution && 2 * course.largest_ratio <= 1) return Behaviour::converges;
  const bool near = course.after > resolution && 2 * course.after <= course.start;
  const bool level = course.before <= 2 * course.after && course.after <= 2 * course.before;
  return near && level && 100 * course.late_ratio >= 99 ? Behaviour::stalls : Behaviour::none;
}

}  // namespace

Course course_of(const std::vector<GapPoint>& points, Index iterations, const Real<50>& resolution) {
  constexpr std::size_t last = parts - 1;
  Course course{.behaviour = Behaviour::none,
                .largest_ratio = 0,
                .least_ratio = std::numeric_limits<Real<50>>::infinity(),
                .late_ratio = 0,
                .start = points.front().gap,
                .before = mean_of(points, iterations, 2, 4),
                .after = mean_of(points, iterations, 5, last),
                .least = std::numeric_limits<Real<50>>::infinity(),
                .largest = 0,
                .factor = factor_of(points, iterations, resolution)};
  for (const GapPoint& at : points) {
    if (tenth_of(at.k, iterations) < 5) continue;
    course.least = std::min(course.least, at.gap);
    course.largest = std::max(course.largest, at.gap);
  }
  for (std::size_t w = 1; w <= last; ++w) {
    const Real<50> mean = mean_of(points, iterations, w, w);
    const Real<50> before = mean_of(points, iterations, w - 1, w - 1);
    const Real<50> ratio = before == 0 ? Real<50>(0) : Real<50>(mean / before);
    course.least_ratio = std::min(course.least_ratio, ratio);
    if (mean > resolution) course.largest_ratio = std::max(course.largest_ratio, ratio);
    if (w >= 3) course.late_ratio = std::max(course.late_ratio, ratio);
  }
  course.behaviour = behaviour_of(course, points.back().k < iterations, resolution);
  return course;
}

std::string description(const Course& course) {
  const double change = course.factor ? static_cast<double>(*course.factor - 1) : 0;
  switch (course.behaviour) {
    case Behaviour::converges:
      return course.factor ? fmt::format("linear, 1 - {:.3g} an iteration", -change) : "at once";
    case Behaviour::stalls:
      return fmt::format("stalls between {} and {}", figure(course.least), figure(course.largest));
    case Behaviour::diverges:
      return course.factor ? fmt::format("diverges, 1 + {:.3g} an iteration", change) : "diverges";
    case Behaviour::none:
      return "neither converges nor stalls";
  }
  throw std::logic_error("a behaviour without a description");
}

Statement statement_that(const std::string& name, Behaviour stated, const Course& course) {
  const bool holds = course.behaviour == stated;
  switch (stated) {
    case Behaviour::converges:
      return {
          holds, name + " converges linearly to the optimum",
          fmt::format("mean gap of a tenth at most {} of that of the one before", figure(course.largest_ratio))};
    case Behaviour::stalls:
      return {holds, name + " stalls at a neighbourhood",
              fmt::format("mean gap {} in the second half, {} in tenths 3 to 5", figure(course.after),
                          figure(course.before))};
    case Behaviour::diverges:
      return {
          holds, name + " diverges",
          fmt::format("mean gap of a tenth at least {} times that of the one before", figure(course.least_ratio))};
    case Behaviour::none:
      break;
  }
  throw std::logic_error("a behaviour that nobody states");
}

}  // namespace touchstone::inline v0
