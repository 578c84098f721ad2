#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "verify/figures/chapters.hpp"
#include "verify/program/console.hpp"
#include "verify/program/xml.hpp"

namespace touchstone::inline v0 {

const std::vector<Figure>& figures() {
  static const std::vector<Figure> all = [] {
    std::vector<Figure> joined;
    for (const auto of_chapter : {compressor_figures, unified_sgd_figures, error_feedback_figures, local_figures,
                                  marina_figures, moshpit_figures})
      for (Figure& figure : of_chapter()) joined.push_back(std::move(figure));
    return joined;
  }();
  return all;
}

const Figure& figure_named(const std::string& name) {
  std::vector<std::string> known;
  for (const Figure& figure : figures()) {
    if (figure.name == name) return figure;
    known.push_back(figure.name);
  }
  throw usage_error(fmt::format("NAME: found '{}', expected one of {}", name, fmt::join(known, ", ")));
}

std::string svg_of(const Figure& figure, const FigureData& data) {
  std::string svg = svg_of(data.charts, data.columns, figure.name);
  const std::string begin = "<title>";
  const std::size_t at = svg.find(begin) + begin.size();  // gnuplot's own is the name
  return svg.replace(at, svg.find("</title>", at) - at, escaped_xml(figure.title));
}

}  // namespace touchstone::inline v0
