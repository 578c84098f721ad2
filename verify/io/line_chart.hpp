#pragma once
/// \file
/// Curves, drawn by gnuplot: as SVG for a page, as characters for a terminal.
///
/// Curves differ in colour, in mark and, from the sixth on, in dashes: they are told apart in black and white too.
/// The colours are those of Okabe and Ito that have a contrast of 3:1 or more both on white and on #16181d; the
/// first curve, text, axes and grid are drawn in currentColor and the background is transparent, so that the same
/// SVG fits a light and a dark page.

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace touchstone::inline v0 {

/// A line with marks; a dashed line without, for what a theorem promises; marks alone; a thin line without marks, for boxes; discs,
/// whose areas are given.
enum class Stroke { marked, dashed, marks, thin, discs };

struct Curve {
  std::string name;                                         ///< in the key, if not empty
  std::vector<std::pair<std::string, std::string>> points;  ///< decimals; on a logarithmic axis those > 0 are drawn
  Stroke stroke = Stroke::marked;
  std::optional<std::size_t>
      style{};                  ///< colour and mark, 0, 1, ...; the next of those that are not given if absent
  std::vector<double> areas{};  ///< of discs, one a point: 1 is the largest
};

struct Axis {
  std::string label;
  std::string unit{};  ///< follows the label; numbers then have prefixes such as k and M. None if empty
  bool logarithmic = false;
  std::optional<std::pair<double, double>> range{};  ///< what the points need if absent
  bool whole = false;                                ///< marked at whole numbers
};

/// A word in the picture.
struct PlacedText {
  std::string x, y, text;
};

struct LineChart {
  std::string title;  ///< none if empty
  Axis x, y;
  std::vector<Curve> curves;
  std::vector<PlacedText> texts{};
  bool axes = true;  ///< drawn; a diagram has none
};

/// Colours of curves as "#rrggbb", without the first, which is the text's.
[[nodiscard]] const std::vector<std::string>& curve_colours();

/// As SVG, 640 wide; the same charts give the same bytes. Several are drawn in `columns` columns, row by row.
/// `name`, of letters, digits, - and _, begins all ids of the document and is to differ where several stand in one
/// page. Throws std::runtime_error where gnuplot is missing or fails.
[[nodiscard]] std::string svg_of(const std::vector<LineChart>& charts, std::size_t columns,
                                 const std::string& name);
[[nodiscard]] std::string svg_of(const LineChart& chart);

/// In `width` x `height` characters of ASCII, lines without trailing blanks. Throws as svg_of.
[[nodiscard]] std::string character_plot(const LineChart& chart, int width, int height);

}  // namespace touchstone::inline v0
