#include "verify/program/comparison_report.hpp"

#include <memory>

#include <fmt/format.h>

#include "verify/experiment/decimals.hpp"
#include "verify/io/line_chart.hpp"

namespace touchstone::inline v0 {

namespace {

/// Of iterations, or of what they sent.
Axis progress_axis(bool by_bits, const char* iteration) {
  return by_bits ? Axis{"sent by all workers", "bits"} : Axis{iteration};
}

std::string decimal(const Real<50>& gap) {
  return gap == 0 ? "0" : gap.str(10, std::ios::scientific);
}

std::string csv_of(const Comparison& comparison) {
  std::string text = "method,iteration,bits,gap\n";
  for (const ComparedRun& run : comparison.runs)
    for (const GapPoint& at : run.points)
      text += fmt::format("{},{},{},{}\n", run.method.id, at.k, at.k * run.bits_per_iteration, decimal(at.gap));
  return text;
}

LineChart chart_of(const Comparison& comparison, bool by_bits) {
  LineChart chart{comparison.title, progress_axis(by_bits, "iteration"), {"f(x) - f(x*)", "", true}, {}};
  for (const ComparedRun& run : comparison.runs) {
    Curve curve{run.method.id, {}};
    for (const GapPoint& at : run.points)
      curve.points.emplace_back(fmt::format("{}", by_bits ? at.k * run.bits_per_iteration : at.k), decimal(at.gap));
    chart.curves.push_back(std::move(curve));
  }
  return chart;
}

std::string table_of(const Comparison& comparison) {
  std::string text =
      fmt::format("{:<17} {:>10}  {:<38} {:>11}\n", "method", "last gap", "what it does", "bits sent");
  for (const ComparedRun& run : comparison.runs)
    text += fmt::format("{:<17} {:>10}  {:<38} {:>11}\n", run.method.id, figure(run.points.back().gap),
                        description(run.course), run.points.back().k * run.bits_per_iteration);
  return text + "\n";
}

std::string csv_of(const StationaryComparison& comparison) {
  std::string text = "method,iteration,bits,gradient,mean,bound\n";
  for (const StationaryRun& run : comparison.runs)
    for (const StationaryPoint& at : run.points)
      text +=
          fmt::format("{},{},{},{:.10e},{:.10e},{:.10e}\n", run.id, at.K, at.bits, at.gradient, at.mean, at.bound);
  return text;
}

std::string complexity_csv_of(const StationaryComparison& comparison) {
  std::string text = "method,accuracy,iterations,bits\n";
  for (const ComplexityPoint& at : comparison.complexity)
    text += fmt::format("{},{:.10e},{:.10e},{:.10e}\n", at.id, at.accuracy, at.iterations, at.bits);
  return text;
}

LineChart chart_of(const StationaryComparison& comparison, bool by_bits) {
  LineChart chart{comparison.title,
                  progress_axis(by_bits, "iteration K"),
                  {"mean of |grad f(x^k)|^2 over k < K", "", true},
                  {}};
  for (const StationaryRun& run : comparison.runs) {
    Curve curve{run.id, {}};
    for (const StationaryPoint& at : run.points)
      curve.points.emplace_back(fmt::format("{}", by_bits ? at.bits : at.K), fmt::format("{:.10e}", at.mean));
    chart.curves.push_back(std::move(curve));
  }
  return chart;
}

LineChart complexity_chart_of(const StationaryComparison& comparison) {
  LineChart chart{comparison.title,
                  {"epsilon^2 / |grad f(x^0)|^2", "", true},
                  {"iterations that the theorems need", "", true},
                  {}};
  for (const StationaryRun& run : comparison.runs) {
    Curve curve{run.id, {}};
    for (const ComplexityPoint& at : comparison.complexity)
      if (at.id == run.id)
        curve.points.emplace_back(fmt::format("{:.10e}", at.accuracy), fmt::format("{:.10e}", at.iterations));
    chart.curves.push_back(std::move(curve));
  }
  return chart;
}

std::string table_of(const StationaryComparison& comparison) {
  std::string text = fmt::format("{:<7} {:>9} {:>10} {:>13} {:>8} {:>11} {:>10}\n", "method", "stepsize",
                                 "promised K", "promised bits", "K", "bits", "last mean");
  for (const StationaryRun& run : comparison.runs)
    text += fmt::format("{:<7} {:>9.3g} {:>10.4g} {:>13.4g} {:>8} {:>11} {:>10.3e}\n", run.id, run.gamma,
                        run.promised, run.promised_bits, run.reached ? std::to_string(*run.reached) : "-",
                        run.reached_bits ? std::to_string(*run.reached_bits) : "-", run.points.back().mean);
  return text + "\n";
}

}  // namespace

std::vector<std::string> comparison_files() {
  return {"comparison.csv", "iterations.svg", "bits.svg"};
}

std::vector<std::string> stationary_comparison_files() {
  return {"comparison.csv", "complexity.csv", "iterations.svg", "bits.svg", "complexity.svg"};
}

ComparisonReport report_of(Comparison comparison) {
  const auto of = std::make_shared<const Comparison>(std::move(comparison));
  return {of->title + "\n" + of->setting + "\n" + table_of(*of),
          of->statements,
          {{"comparison.csv", [of] { return csv_of(*of); }},
           {"iterations.svg", [of] { return svg_of(chart_of(*of, false)); }},
           {"bits.svg", [of] { return svg_of(chart_of(*of, true)); }}}};
}

ComparisonReport report_of(StationaryComparison comparison) {
  const auto of = std::make_shared<const StationaryComparison>(std::move(comparison));
  return {of->title + "\n" + of->setting + "\n" + table_of(*of),
          of->statements,
          {{"comparison.csv", [of] { return csv_of(*of); }},
           {"complexity.csv", [of] { return complexity_csv_of(*of); }},
           {"iterations.svg", [of] { return svg_of(chart_of(*of, false)); }},
           {"bits.svg", [of] { return svg_of(chart_of(*of, true)); }},
           {"complexity.svg", [of] { return svg_of(complexity_chart_of(*of)); }}}};
}

}  // namespace touchstone::inline v0
