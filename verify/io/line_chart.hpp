#pragma once
/// \file
/// Curves with y on a logarithmic scale, drawn by gnuplot.

#include <string>
#include <utility>
#include <vector>

namespace touchstone::inline v0 {

struct Curve {
  std::string name;
  std::vector<std::pair<std::string, std::string>> points;  ///< decimals; y > 0 is drawn
};

struct LineChart {
  std::string title, x_label, y_label;
  std::vector<Curve> curves;
  bool logarithmic_x = false;
};

/// As SVG; the same chart gives the same bytes. Throws std::runtime_error where gnuplot is missing or fails.
[[nodiscard]] std::string svg_of(const LineChart& chart);

}  // namespace touchstone::inline v0
