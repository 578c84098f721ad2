#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "verify/experiment/comparison.hpp"
#include "verify/experiment/decimals.hpp"
#include "verify/io/atomic_file.hpp"
#include "verify/io/libsvm.hpp"
#include "verify/io/line_chart.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/experiment_options.hpp"

namespace touchstone::inline v0 {

namespace {

struct CompareOptions {
  ComparisonSettings settings;
  std::string problem = "logistic";
  std::string data;
  std::string compressor = "top-k:1";
  std::string shift_compressor = "rand-k:1";
  std::string stepsize = "1";
  std::string scalar = "double";
  std::optional<Index> iterations;
  std::string output;
};

/// Not of the problem top1.
constexpr std::array data_options = {
    "--data",           "--features", "--workers", "--compressor", "--shift-compressor",
    "--regularization", "--scalar",   "--seed"};

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

LineChart chart_of(const Comparison& comparison, const std::string& x_label, bool by_bits) {
  LineChart chart{comparison.title, x_label, "f(x) - f(x*)", {}};
  for (const ComparedRun& run : comparison.runs) {
    Curve curve{run.method.id, {}};
    for (const GapPoint& at : run.points)
      curve.points.emplace_back(fmt::format("{}", by_bits ? at.k * run.bits_per_iteration : at.k), decimal(at.gap));
    chart.curves.push_back(std::move(curve));
  }
  return chart;
}

/// The files of `--output`, each whole or not at all. Opened before the work begins.
class Outputs {
 public:
  explicit Outputs(const std::filesystem::path& folder)
      : csv_((made(folder) / "comparison.csv").string()),
        by_iterations_((folder / "iterations.svg").string()),
        by_bits_((folder / "bits.svg").string()) {}

  void write(const Comparison& comparison) {
    csv_.write(csv_of(comparison));
    csv_.commit();
    by_iterations_.write(svg_of(chart_of(comparison, "iteration", false)));
    by_bits_.write(svg_of(chart_of(comparison, "bits sent by all workers", true)));
    by_iterations_.commit();
    by_bits_.commit();
  }

 private:
  /// Where it cannot be made, the first file says so.
  static const std::filesystem::path& made(const std::filesystem::path& folder) {
    std::error_code ignored;
    std::filesystem::create_directories(folder, ignored);
    return folder;
  }

  AtomicFile csv_, by_iterations_, by_bits_;
};

std::string table_of(const Comparison& comparison) {
  std::string text =
      fmt::format("{:<17} {:>10}  {:<38} {:>11}\n", "method", "last gap", "what it does", "bits sent");
  for (const ComparedRun& run : comparison.runs)
    text += fmt::format("{:<17} {:>10}  {:<38} {:>11}\n", run.method.id, figure(run.points.back().gap),
                        description(run.course), run.points.back().k * run.bits_per_iteration);
  return text + "\n";
}

std::string statement_lines(const Statement& statement) {
  const std::string verdict = statement.holds ? coloured("holds", Colour::green) : coloured("FAILS", Colour::red);
  return verdict + "  " + statement.text + "\n       " + statement.numbers + "\n";
}

Comparison comparison_on_data(CompareOptions& options) {
  if (options.data.empty()) throw usage_error("--data is required, or --problem top1; expected --data FILE");
  options.settings.compressor = parse_compressor("--compressor", options.compressor);
  options.settings.shift_compressor = parse_compressor("--shift-compressor", options.shift_compressor);
  const SparseData data = read_libsvm(options.data, options.settings.features);
  const Progress progress = [](const std::string& method) { show_progress(method); };
  Comparison comparison = with_scalar(options.scalar, [&]<class S>(std::type_identity<S>) {
    return compare_on_data<S>(options.settings, data, progress);
  });
  clear_progress();
  return comparison;
}

ExitStatus compare(const CLI::App& command, CompareOptions options) {
  const bool top1 = options.problem == "top1";
  if (top1)
    for (const char* option : data_options)
      if (command.count(option) > 0)
        throw usage_error(fmt::format("{}: found one, but the problem top1 fixes it; expected none", option));
  ComparisonSettings& settings = options.settings;
  settings.stepsize = parse_positive("--stepsize", options.stepsize);
  settings.iterations = options.iterations.value_or(top1 ? 200 : 1000);
  if (settings.iterations < shortest_course)
    throw usage_error(
        fmt::format("--iterations: found {}, but what a run does shows in its tenths; expected at "
                    "least {}",
                    settings.iterations, shortest_course));
  std::optional<Outputs> outputs;
  if (!options.output.empty()) outputs.emplace(options.output);
  const Comparison comparison =
      top1 ? compare_on_top1(settings.stepsize, settings.iterations) : comparison_on_data(options);
  print(comparison.title + "\n" + comparison.setting + "\n" + table_of(comparison));
  bool all_hold = true;
  for (const Statement& statement : comparison.statements) {
    print(statement_lines(statement));
    all_hold = all_hold && statement.holds;
  }
  if (outputs) outputs->write(comparison);
  return all_hold ? ExitStatus::holds : ExitStatus::fails;
}

}  // namespace

void add_compare_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("compare", "Compare chapter 3's methods: table, CSV, figures");
  auto options = std::make_shared<CompareOptions>();
  ComparisonSettings& settings = options->settings;
  command
      ->add_option("--problem", options->problem,
                   "logistic (default; slides 51-54), or top1, in\n"
                   "rationals (slides 43-46)")
      ->check(one_of({"logistic", "top1"}))
      ->type_name("P");
  command->add_option("--data", options->data, "Labelled rows in LIBSVM format")->type_name("FILE");
  add_shape_options(*command, settings.features, settings.workers);
  command->add_option("--compressor", options->compressor, "top-k:K (default K = 1) or identity")->type_name("C");
  command
      ->add_option("--shift-compressor", options->shift_compressor,
                   "Of DIANA's shifts: rand-k:K (default K = 1) or\n"
                   "another unbiased one of touchstone run")
      ->type_name("Q");
  command
      ->add_option("--stepsize", options->stepsize,
                   "In multiples of 1/L, for all methods (default 1;\n"
                   "what the theorems allow is far less)")
      ->type_name("C");
  add_regularization_option(*command, settings.regularization);
  command->add_option("--iterations", options->iterations, "Steps (default 1000; top1: 200)")
      ->check(at_least_one())
      ->type_name("K");
  add_number_options(*command, options->scalar, settings.seed);
  command
      ->add_option("--output", options->output,
                   "Write comparison.csv, iterations.svg, bits.svg\n"
                   "into this folder")
      ->type_name("DIR");
  command->footer(
      "Decided by the mean gaps f(x) - f(x*) of the tenths of a run. It converges\n"
      "linearly where each is at most half of the one before, down to what rounding\n"
      "leaves; diverges where each is at least twice the one before; and stalls where\n"
      "the mean of the second half is at most half of the gap at the start and between\n"
      "half and twice that of tenths 3 to 5, and from tenth 3 on one mean is at least\n"
      "0.99 of the one before. Exit status 1: a statement fails.");
  command->callback([command, options, &status] { status = compare(*command, *options); });
}

}  // namespace touchstone::inline v0
