#include <array>
#include <filesystem>

#include <fmt/format.h>

#include "verify/io/atomic_file.hpp"
#include "verify/io/libsvm.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/comparison_report.hpp"
#include "verify/program/experiment_options.hpp"

namespace touchstone::inline v0 {

namespace {

struct CompareOptions {
  ComparisonSettings settings;
  std::string problem = "logistic";
  std::string data;
  std::optional<std::string> compressor;
  std::string shift_compressor = "rand-k:1";
  std::string stepsize = "1";
  std::string accuracy = "1/100";
  std::string scalar = "double";
  std::optional<Index> iterations;
  std::string output;
};

struct FixedOption {
  const char* problem;
  const char* option;
};
constexpr std::array fixed_options = {FixedOption{"top1", "--data"},
                                      FixedOption{"top1", "--features"},
                                      FixedOption{"top1", "--workers"},
                                      FixedOption{"top1", "--compressor"},
                                      FixedOption{"top1", "--shift-compressor"},
                                      FixedOption{"top1", "--regularization"},
                                      FixedOption{"top1", "--scalar"},
                                      FixedOption{"top1", "--seed"},
                                      FixedOption{"top1", "--accuracy"},
                                      FixedOption{"logistic", "--accuracy"},
                                      FixedOption{"nonconvex", "--scalar"},
                                      FixedOption{"nonconvex", "--shift-compressor"}};

/// The files of `--output`, each whole or not at all. Opened before the work begins.
class Outputs {
 public:
  Outputs(const std::filesystem::path& folder, const std::vector<std::string>& names) {
    std::error_code ignored;  // where it cannot be made, the first file says so
    std::filesystem::create_directories(folder, ignored);
    for (const std::string& name : names) files_.push_back(std::make_unique<AtomicFile>((folder / name).string()));
  }

  void write(const std::vector<ComparisonFile>& files) {
    for (std::size_t f = 0; f < files.size(); ++f) {
      files_[f]->write(files[f].content());
      files_[f]->commit();
    }
  }

 private:
  std::vector<std::unique_ptr<AtomicFile>> files_;
};

std::string statement_lines(const Statement& statement) {
  const std::string verdict = statement.holds ? coloured("holds", Colour::green) : coloured("FAILS", Colour::red);
  return verdict + "  " + statement.text + "\n       " + statement.numbers + "\n";
}

const Progress& shown_progress() {
  static const Progress progress = [](const std::string& method) { show_progress(method); };
  return progress;
}

SparseData data_of(const CompareOptions& options) {
  if (options.data.empty()) throw usage_error("--data is required, or --problem top1; expected --data FILE");
  return read_libsvm(options.data, options.settings.features);
}

Comparison comparison_on_data(CompareOptions& options) {
  options.settings.compressor = parse_compressor("--compressor", options.compressor.value_or("top-k:1"));
  options.settings.shift_compressor = parse_compressor("--shift-compressor", options.shift_compressor);
  const SparseData data = data_of(options);
  return with_scalar(options.scalar, [&]<class S>(std::type_identity<S>) {
    return compare_on_data<S>(options.settings, data, shown_progress());
  });
}

StationaryComparison stationary_comparison(const CompareOptions& options) {
  StationarySettings settings;
  settings.features = options.settings.features;
  settings.workers = options.settings.workers;
  settings.compressor = parse_compressor("--compressor", options.compressor.value_or("rand-k:1"));
  settings.regularization = options.settings.regularization.value_or(0);
  settings.stepsize = options.settings.stepsize;
  settings.accuracy = parse_positive("--accuracy", options.accuracy);
  if (settings.accuracy > 1)
    throw usage_error(fmt::format("--accuracy: found {}, expected at most 1", options.accuracy));
  settings.iterations = options.settings.iterations;
  settings.seed = options.settings.seed;
  return compare_stationary(settings, data_of(options), shown_progress());
}

ComparisonReport report_on(CompareOptions& options) {
  if (options.problem == "top1")
    return report_of(compare_on_top1(options.settings.stepsize, options.settings.iterations));
  ComparisonReport report = options.problem == "nonconvex" ? report_of(stationary_comparison(options))
                                                           : report_of(comparison_on_data(options));
  clear_progress();
  return report;
}

/// What a problem fixes must not be asked for.
void refuse_fixed_options(const CLI::App& command, const std::string& problem) {
  for (const FixedOption& fixed : fixed_options)
    if (fixed.problem == problem && command.count(fixed.option) > 0)
      throw usage_error(
          fmt::format("{}: found one, but the problem {} fixes it; expected none", fixed.option, problem));
}

ExitStatus compare(const CLI::App& command, CompareOptions options) {
  refuse_fixed_options(command, options.problem);
  ComparisonSettings& settings = options.settings;
  settings.stepsize = parse_positive("--stepsize", options.stepsize);
  const Index usual = options.problem == "top1" ? 200 : options.problem == "nonconvex" ? 5000 : 1000;
  settings.iterations = options.iterations.value_or(usual);
  if (settings.iterations < shortest_course)
    throw usage_error(
        fmt::format("--iterations: found {}, but what a run does shows in its tenths; expected at "
                    "least {}",
                    settings.iterations, shortest_course));
  std::optional<Outputs> outputs;
  if (!options.output.empty())
    outputs.emplace(options.output,
                    options.problem == "nonconvex" ? stationary_comparison_files() : comparison_files());
  const ComparisonReport report = report_on(options);
  print(report.text);
  bool all_hold = true;
  for (const Statement& statement : report.statements) {
    print(statement_lines(statement));
    all_hold = all_hold && statement.holds;
  }
  if (outputs) outputs->write(report.files);
  return all_hold ? ExitStatus::holds : ExitStatus::fails;
}

}  // namespace

void add_compare_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("compare", "Compare methods as the slides do: table, CSV, figures");
  auto options = std::make_shared<CompareOptions>();
  ComparisonSettings& settings = options->settings;
  command
      ->add_option("--problem", options->problem,
                   "logistic (default; chapter 3, slides 51-54); top1,\n"
                   "in rationals (slides 43-46); nonconvex (chapter 5:\n"
                   "GD, QGD, DIANA, MARINA)")
      ->check(one_of({"logistic", "top1", "nonconvex"}))
      ->type_name("P");
  command->add_option("--data", options->data, "Labelled rows in LIBSVM format")->type_name("FILE");
  add_shape_options(*command, settings.features, settings.workers);
  command
      ->add_option("--compressor", options->compressor,
                   "top-k:K (default K = 1) or identity; nonconvex:\n"
                   "an unbiased one (default rand-k:1)")
      ->type_name("C");
  command
      ->add_option("--shift-compressor", options->shift_compressor,
                   "Of DIANA's shifts: rand-k:K (default K = 1) or\n"
                   "another unbiased one of touchstone run")
      ->type_name("Q");
  command
      ->add_option("--stepsize", options->stepsize,
                   "In multiples of 1/L, for all methods (default 1;\n"
                   "what the theorems allow is far less); nonconvex: of\n"
                   "each theorem's own (default 1)")
      ->type_name("C");
  add_regularization_option(*command, settings.regularization);
  command->add_option("--iterations", options->iterations, "Steps (default 1000; top1: 200; nonconvex: 5000)")
      ->check(at_least_one())
      ->type_name("K");
  command
      ->add_option("--accuracy", options->accuracy,
                   "nonconvex: epsilon^2 in multiples of\n"
                   "|grad f(0)|^2 (default 1/100)")
      ->type_name("A");
  add_number_options(*command, options->scalar, settings.seed);
  command
      ->add_option("--output", options->output,
                   "Write comparison.csv, iterations.svg, bits.svg\n"
                   "(nonconvex: complexity.csv and .svg too) into this\n"
                   "folder")
      ->type_name("DIR");
  command->footer(
      "Decided by the mean gaps f(x) - f(x*) of the tenths of a run. It converges\n"
      "linearly where each is at most half of the one before, down to what rounding\n"
      "leaves; diverges where each is at least twice the one before; and stalls where\n"
      "the mean of the second half is at most half of the gap at the start and between\n"
      "half and twice that of tenths 3 to 5, and from tenth 3 on one mean is at least\n"
      "0.99 of the one before. With nonconvex, by the mean of |grad f(x^k)|^2 over\n"
      "k < K, against epsilon^2 and the theorems; lambda is 0 unless it is given.\n"
      "Exit status 1: a statement fails.");
  command->callback([command, options, &status] { status = compare(*command, *options); });
}

}  // namespace touchstone::inline v0
