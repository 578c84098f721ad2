#include "verify/io/line_chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>
#include <string_view>

#include <fmt/format.h>

#include "verify/io/gnuplot.hpp"

namespace touchstone::inline v0 {

namespace chart_script {

namespace {

constexpr std::array marks = {7, 4, 9, 12, 5, 6, 8, 13, 11, 10};  ///< filled and open, of differing shape
constexpr std::size_t marks_on_a_curve = 8;
constexpr double largest_disc = 4;  ///< in the size of a mark

/// What terminals differ in: one for characters raises no exponents, and its key needs the room that it says.
struct Notation {
  const char* power;
  int key_room;  ///< beyond gnuplot's estimate, in characters
};
constexpr Notation drawn{"10^{%L}", -1};
constexpr Notation typed{"1e%L", 1};

std::string colour(std::size_t style) {
  const std::vector<std::string>& own = curve_colours();
  const std::size_t place = style % (own.size() + 1);
  return place == 0 ? "#000000" : own[place - 1];
}

/// Solid, but for curves whose colour an earlier one has.
int dashes(std::size_t style) {
  return style <= curve_colours().size() ? 1 : 4;
}

std::string axis_script(char name, const Axis& axis, const Notation& notation) {
  const std::string label = axis.unit.empty() ? axis.label : axis.label + " (" + axis.unit + ")";
  const char* format = axis.logarithmic ? notation.power : axis.unit.empty() ? "%g" : "%.1s%c";
  std::string script = fmt::format("set {0}label {1} noenhanced\n{2} logscale {0}\nset format {0} '{3}'\n", name,
                                   gnuplot_string(label), axis.logarithmic ? "set" : "unset", format);
  script += axis.range ? fmt::format("set {}range [{}:{}]\n", name, axis.range->first, axis.range->second)
                       : fmt::format("set {}range [*:*]\n", name);
  script += fmt::format("set {}tics {}\n", name, axis.whole ? "1" : "autofreq");
  return script;
}

std::string style_script(const Curve& curve, std::size_t style) {
  const std::string line = fmt::format("linecolor rgb '{}'", colour(style));
  const std::string mark = fmt::format("pointtype {} pointsize 0.9", marks[style % marks.size()]);
  switch (curve.stroke) {
    case Stroke::marked:
      return fmt::format("with linespoints linewidth 2 dashtype {} {} {} pointinterval {}", dashes(style), line,
                         mark, std::max<std::size_t>(1, curve.points.size() / marks_on_a_curve));
    case Stroke::dashed:
      return "with lines linewidth 2 dashtype 2 " + line;
    case Stroke::marks:
      return "with points linewidth 2 " + line + ' ' + mark;
    case Stroke::discs:
      return fmt::format("with points pointtype 7 pointsize variable {}", line);
    case Stroke::thin:
      break;
  }
  return "with lines linewidth 1.5 " + line;
}

std::string plot_script(const LineChart& chart, const Notation& notation, std::size_t first_block) {
  std::string script;
  for (std::size_t c = 0; c < chart.curves.size(); ++c) {
    script += fmt::format("$curve{} << END\n", first_block + c);
    const Curve& curve = chart.curves[c];
    for (std::size_t k = 0; k < curve.points.size(); ++k) {
      const auto& [x, y] = curve.points[k];
      script += curve.areas.empty() ? fmt::format("{} {}\n", x, y)
                                    : fmt::format("{} {} {:.4g}\n", x, y, largest_disc * std::sqrt(curve.areas[k]));
    }
    script += "END\n";
  }
  script += axis_script('x', chart.x, notation) + axis_script('y', chart.y, notation);
  script += chart.title.empty() ? "unset title\n"
                                : "set title " + gnuplot_string(chart.title) + " noenhanced font ',14'\n";
  script += chart.axes ? "set border\nset tics\nunset mxtics\nunset mytics\nset grid\n"
                       : "unset border\nunset tics\nunset grid\n";
  if (chart.axes)
    script += fmt::format("set xtics font ',{}'\n", chart.x.unit.empty() || chart.x.logarithmic ? 16 : 12);
  script += fmt::format("set key tmargin center horizontal Left reverse samplen 2.5 width {}\nunset label\n",
                        notation.key_room);
  for (const PlacedText& text : chart.texts)
    script += fmt::format("set label {} at {},{} center noenhanced\n", gnuplot_string(text.text), text.x, text.y);
  script += "plot ";
  std::size_t next_style = 0;
  for (std::size_t c = 0; c < chart.curves.size(); ++c) {
    const Curve& curve = chart.curves[c];
    script += fmt::format("{}$curve{} using {} {} {}", c == 0 ? "" : ", ", first_block + c,
                          curve.stroke == Stroke::discs ? "1:2:3" : "1:2",
                          style_script(curve, curve.style ? *curve.style : next_style++),
                          curve.name.empty() ? "notitle" : "title " + gnuplot_string(curve.name) + " noenhanced");
  }
  return script + "\n";
}

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// Black becomes the text's colour, grey the same at a third; ids get a beginning of their own.
std::string for_pages(std::string svg, const std::string& id) {
  for (const char* black : {"'black'", "'rgb(  0,   0,   0)'"}) replace_all(svg, black, "'currentColor'");
  for (const char* black : {"\"black\"", "\"rgb(  0,   0,   0)\"", "\"gray\"", "\"white\""})
    replace_all(svg, black, "\"currentColor\"");
  replace_all(svg, "stroke='gray'", "stroke='currentColor' stroke-opacity='0.3'");
  // Shown by itself on a dark ground, currentColor would be black.
  const std::size_t begin = svg.find('>', svg.find("<svg")) + 1;
  svg.insert(begin, "<style>@media (prefers-color-scheme: dark) { svg { color: #e6e6e3; } }</style>");
  const std::size_t filters = svg.find("\t<filter");
  const std::size_t end = svg.find("</defs>", filters == std::string::npos ? 0 : filters);
  if (filters != std::string::npos && end != std::string::npos) svg.erase(filters, end - filters);
  for (const std::string_view name : {"gp", "gnuplot_"}) {
    for (const char quote : {'\'', '"'})
      replace_all(svg, fmt::format("id={}{}", quote, name), fmt::format("id={}{}_{}", quote, id, name));
    replace_all(svg, fmt::format("'#{}", name), fmt::format("'#{}_{}", id, name));
  }
  return svg;
}

}  // namespace

}  // namespace chart_script

const std::vector<std::string>& curve_colours() {
  static const std::vector<std::string> colours = {"#0072b2", "#d55e00", "#009e73", "#cc79a7"};
  return colours;
}

std::string svg_of(const std::vector<LineChart>& charts, std::size_t columns, const std::string& name) {
  std::string id = name;
  std::replace(id.begin(), id.end(), '-', '_');  // gnuplot takes no others
  const std::size_t rows = (charts.size() + columns - 1) / columns;
  const std::size_t height = columns == 1 ? 480 : 250;  // of a row
  std::string script;
  if (charts.size() > 1) script = fmt::format("set multiplot layout {},{}\n", rows, columns);
  std::size_t blocks = 0;
  for (const LineChart& chart : charts) {
    script += chart_script::plot_script(chart, chart_script::drawn, blocks);
    blocks += chart.curves.size();
  }
  return chart_script::for_pages(drawn_by_gnuplot(fmt::format("svg size 640,{} fixed font 'sans-serif,16' name {}",
                                                              rows * height, gnuplot_string(id)),
                                                  script),
                                 id);
}

std::string svg_of(const LineChart& chart) {
  return svg_of({chart}, 1, "chart");
}

std::string character_plot(const LineChart& chart, int width, int height) {
  LineChart own = chart;  // such a terminal does not write upwards: what y is stands on top
  if (!chart.y.label.empty()) own.title = chart.title.empty() ? chart.y.label : chart.title + ": " + chart.y.label;
  own.y.label.clear();
  std::istringstream plot(drawn_by_gnuplot(fmt::format("dumb size {},{} noenhanced mono", width, height),
                                           chart_script::plot_script(own, chart_script::typed, 0)));
  std::string text;
  for (std::string line; std::getline(plot, line);) {
    std::erase(line, '\f');
    line.erase(line.find_last_not_of(' ') + 1);
    if (!line.empty() || !text.empty()) text += line + '\n';
  }
  text.erase(text.find_last_not_of('\n') + 1);
  return text + '\n';
}

}  // namespace touchstone::inline v0
