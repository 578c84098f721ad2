#pragma once
/// \file
/// What a run does in the long run, decided from its gaps f(x^k) - f(x*).
///
/// A run of K iterations is cut into tenths, (wK/10, (w+1)K/10], the start belonging to the first; means are those of the
/// recorded gaps.
///
///     converges   the mean gap of every tenth is at most half of that of the tenth before: linearly, or faster; where it is
///                 below the resolution, which is what rounding leaves, it need not fall any further; the start is above it
///     diverges    the mean gap of every tenth is at least twice that of the tenth before, or an iterate is not finite
///     stalls      the mean gap of the second half is above the resolution, at most half of the start's, and between half and
///                 twice that of the third to fifth tenth; and from the third tenth on the means do not all fall: one is at
///                 least 0.99 of the one before
///
/// Runs that are only slow do none of these: a gap that falls like q^k falls in every tenth or has not left the start, and
/// one that falls like a power of 1/k falls too little in the last tenths.

#include <optional>
#include <string>
#include <vector>

#include "touchstone/numbers/real.hpp"

namespace touchstone::inline v0 {

enum class Behaviour { converges, stalls, diverges, none };

struct GapPoint {
  Index k;
  Real<50> gap;
};

struct Course {
  Behaviour behaviour;
  Real<50> largest_ratio;   ///< of a tenth's mean to that of the tenth before, down to the resolution
  Real<50> least_ratio;     ///< the same
  Real<50> late_ratio;      ///< the largest from the third tenth on
  Real<50> start;           ///< the gap at k = 0
  Real<50> before, after;   ///< the means of the third to fifth tenth and of the second half
  Real<50> least, largest;  ///< of the second half
  std::optional<Real<50>>
      factor;  ///< an iteration, between the ends of the first and the last tenth above the resolution
};

/// Iterations that a course needs: every tenth must have several.
inline constexpr Index shortest_course = 100;

/// The first point is the start, k = 0; the last is k = iterations unless the run was cut short because an iterate was
/// not finite. Every tenth has a point. Gaps below the resolution are rounding.
[[nodiscard]] Course course_of(const std::vector<GapPoint>& points, Index iterations, const Real<50>& resolution);

/// "stalls between 1.38e-03 and 2.50e-03", "linear, 1 - 0.0302 an iteration"
[[nodiscard]] std::string description(const Course& course);

/// Something that is said about a run, and the numbers that decide it.
struct Statement {
  bool holds;
  std::string text;
  std::string numbers;
};

/// That a run behaves as stated.
[[nodiscard]] Statement statement_that(const std::string& name, Behaviour stated, const Course& course);

}  // namespace touchstone::inline v0
