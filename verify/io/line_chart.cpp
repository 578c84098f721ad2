#include "verify/io/line_chart.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>

#include "proofs/process.hpp"
#include "proofs/temporary_directory.hpp"

namespace touchstone::inline v0 {

namespace {

/// Colours that the colour-blind tell apart as well.
constexpr std::array<const char*, 8> colours = {"#000000", "#0072b2", "#56b4e9", "#e69f00",
                                                "#8b4513", "#d55e00", "#009e73", "#cc79a7"};

/// As gnuplot reads a string.
std::string quoted(const std::string& text) {
  std::string literal = "'";
  for (const char c : text) {
    if (c == '\'') literal += '\'';
    literal += static_cast<unsigned char>(c) < ' ' ? '?' : c;
  }
  return literal + "'";
}

std::string script_of(const LineChart& chart, const std::string& output) {
  constexpr std::size_t marks = 8;  // on a curve
  std::string script;
  for (std::size_t c = 0; c < chart.curves.size(); ++c) {
    script += fmt::format("$curve{} << END\n", c);
    for (const auto& [x, y] : chart.curves[c].points) script += fmt::format("{} {}\n", x, y);
    script += "END\n";
  }
  script += fmt::format(
      "set terminal svg size 960,600 fixed background '#ffffff' font 'sans-serif,14'\n"
      "set encoding utf8\n"
      "set output {}\n"
      "set title {} noenhanced\n"
      "set xlabel {} noenhanced\n"
      "set ylabel {} noenhanced\n"
      "set logscale y\n"
      "set format y '10^{{%L}}'\n"
      "{}"
      "set grid\n"
      "set key outside right top Left reverse\n"
      "plot ",
      quoted(output), quoted(chart.title), quoted(chart.x_label), quoted(chart.y_label),
      chart.logarithmic_x ? "set logscale x\nset format x '10^{%L}'\n" : "");
  for (std::size_t c = 0; c < chart.curves.size(); ++c) {
    const std::size_t between = std::max<std::size_t>(1, chart.curves[c].points.size() / marks);
    script += fmt::format(
        "{}$curve{} using 1:2 with linespoints linewidth 2 linecolor rgb '{}' pointtype {} "
        "pointinterval {} title {} noenhanced",
        c == 0 ? "" : ", ", c, colours[c % colours.size()], c + 4, between, quoted(chart.curves[c].name));
  }
  return script + "\n";
}

}  // namespace

std::string svg_of(const LineChart& chart) {
  using proofs::ProcessResult;
  constexpr std::chrono::seconds limit(60);
  const proofs::TemporaryDirectory folder;
  const std::string script = (folder.path() / "chart.gnuplot").string();
  const std::string output = (folder.path() / "chart.svg").string();
  std::ofstream(script) << script_of(chart, output);
  const ProcessResult drawn = proofs::run_process({"gnuplot", "-d", script}, limit);
  if (drawn.end == ProcessResult::End::not_started)
    throw std::runtime_error(
        "gnuplot: cannot be started, so that no figure is drawn; Debian has it as gnuplot-nox");
  if (drawn.end != ProcessResult::End::exited || drawn.code != 0)
    throw std::runtime_error("gnuplot: failed, so that no figure is drawn: " +
                             drawn.output.substr(0, drawn.output.find('\n', 1)));
  std::ifstream in(output, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace touchstone::inline v0
