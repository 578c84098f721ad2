#pragma once
/// \file
/// The pictures of the book's chapters. Each is computed by the reference's own methods, in double unless its
/// caption says otherwise, beside the bounds of the theory's own functions, on a problem that a seed makes: no
/// file is read, and the bytes are the same each time.

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "verify/io/line_chart.hpp"

namespace touchstone::inline v0 {

struct FigureData {
  std::vector<LineChart> charts;  ///< at least one, row by row
  std::size_t columns = 1;        ///< of charts
  std::string csv;                ///< a header and rows of numbers; each point that is drawn is in it
  std::string shows;  ///< in numbers of this run what the picture shows: one or two lines of at most 80 columns
};

struct Figure {
  std::string name;     ///< "top1-divergence"
  std::string title;    ///< at most 60 characters
  std::string caption;  ///< Markdown of pandoc: what one should see, the axes, the problem, the number type
  std::string chapter;  ///< "compressors", "unified-sgd", "error-feedback", "local", "marina", "moshpit"
  std::function<FigureData()> make;
};

/// In the order of the chapters.
[[nodiscard]] const std::vector<Figure>& figures();

/// Throws usage_error for an unknown name, with those there are.
[[nodiscard]] const Figure& figure_named(const std::string& name);

/// Throws std::runtime_error where gnuplot is missing or fails.
[[nodiscard]] std::string svg_of(const Figure& figure, const FigureData& data);

}  // namespace touchstone::inline v0
