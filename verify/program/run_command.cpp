
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "verify/experiment/decimals.hpp"
#include "verify/experiment/experiment.hpp"
#include "verify/io/atomic_file.hpp"
#include "verify/io/libsvm.hpp"
#include "verify/program/commands.hpp"
#include "verify/program/experiment_options.hpp"

namespace touchstone::inline v0 {

namespace {

struct RunOptions {
  ExperimentSettings settings;
  std::string compressor = "identity";
  std::string shift_compressor;
  std::string gradient = "full";
  std::string stepsize = "theory";
  std::string scalar = "double";
  std::string trace;
};

std::string describe(const RunOptions& options, const SparseData& data, const ExperimentHeader& header) {
  const ProblemFacts& facts = header.facts;
  std::string text =
      fmt::format("{} on {}\n", options.settings.method, data.name) +
      fmt::format("  problem     l2-regularized logistic regression, {} rows, {} features\n", header.rows,
                  facts.d) +
      fmt::format("              {} worker{}, lambda = {}\n", facts.n, facts.n == 1 ? "" : "s", figure(facts.mu)) +
      fmt::format("  constants   L = {}, max L_i = {}, max L_ij = {}\n", figure(facts.L), figure(facts.largest_L_i),
                  figure(facts.largest_L_ij)) +
      fmt::format("  compressor  {}; gradients {}; numbers {}; seed {}\n", options.compressor, options.gradient,
                  options.scalar, options.settings.seed) +
      (options.shift_compressor.empty() ? ""
                                        : fmt::format("  shifts      learn by {}\n", options.shift_compressor)) +
      (options.settings.batch ? fmt::format("  minibatch   rows drawn in a step: {}\n", *options.settings.batch)
                              : "") +
      (options.settings.loop ? fmt::format("  outer loop  steps: {}\n", *options.settings.loop) : "") +
      fmt::format("  stepsize    {}; ", figure(header.gamma)) +
      (header.largest_stepsize ? fmt::format("the theorem allows {}\n", figure(*header.largest_stepsize))
                               : std::string("there is no theorem for this\n"));
  if (header.guarantee) {
    const Guarantee& promise = *header.guarantee;
    text += fmt::format("  theorem     {}: {}|x^k - x*|^2 <= bound,\n", header.claim,
                        header.deterministic ? "" : "E ") +
            fmt::format("              which shrinks by 1 - {} an iteration", figure(Rational(1 - promise.q))) +
            (promise.floor == 0 ? "\n"
                                : fmt::format(", down to {}\n", figure(Rational(promise.floor * promise.factor))));
  } else {
    text += "  theorem     NONE: this stepsize lies beyond what the theory allows\n";
  }
  return text + fmt::format("  solution    known to {}, proven\n\n", header.resolution) +
         fmt::format("{:>10} {:>13} {:>13} {:>13} {:>15}\n", "iteration", "|x - x*|^2", "bound", "f - f*",
                     "bits sent");
}

std::string trace_header(const RunOptions& options, const SparseData& data, const ExperimentHeader& header) {
  nlohmann::ordered_json line = {{"touchstone", TOUCHSTONE_VERSION},
                                 {"format", 1},
                                 {"method", options.settings.method},
                                 {"data", data.name},
                                 {"rows", header.rows},
                                 {"features", header.facts.d},
                                 {"workers", header.facts.n},
                                 {"lambda", static_cast<double>(header.facts.mu)},
                                 {"compressor", options.compressor},
                                 {"gradient", options.gradient},
                                 {"scalar", options.scalar},
                                 {"stepsize", header.gamma.str()},
                                 {"seed", options.settings.seed},
                                 {"claim", nullptr}};
  if (header.guarantee) line["claim"] = header.claim;
  if (!options.shift_compressor.empty()) line["shift_compressor"] = options.shift_compressor;
  if (options.settings.batch) line["batch"] = *options.settings.batch;
  if (options.settings.loop) line["loop"] = *options.settings.loop;
  return line.dump() + "\n";
}

std::string trace_line(const ExperimentRow& row, Index bits) {
  const auto number = [](const std::optional<Real<50>>& a) {
    return a ? nlohmann::ordered_json(figure(*a)) : nlohmann::ordered_json(nullptr);
  };
  const nlohmann::ordered_json line = {{"k", row.k},
                                       {"distance_squared", figure(row.distance_squared)},
                                       {"bound", number(row.bound)},
                                       {"gap", number(row.gap)},
                                       {"bits", bits},
                                       {"x", row.x}};
  return line.dump() + "\n";
}

/// Prints as the run goes, and writes the trace.
class Reporter {
 public:
  Reporter(const RunOptions& options, const SparseData& data) : options_(options), data_(data) {
    if (!options.trace.empty()) trace_.emplace(options.trace);
  }

  void begin(const ExperimentHeader& header) {
    bits_per_iteration_ = header.bits_per_iteration;
    deterministic_ = header.deterministic;
    print(describe(options_, data_, header));
    if (trace_) trace_->write(trace_header(options_, data_, header));
  }

  void row(const ExperimentRow& at) {
    const Index bits = at.k * bits_per_iteration_;
    if (trace_) trace_->write(trace_line(at, bits));
    last_ = at;
    if (!at.gap) return;
    clear_progress();
    print(fmt::format("{:>10} {:>13} {:>13} {:>13} {:>15}\n", at.k, figure(at.distance_squared), figure(at.bound),
                      figure(at.gap), bits));
    flush_output();
    show_progress(fmt::format("iteration {} of {}", at.k, options_.settings.iterations));
  }

  ExitStatus end(const ExperimentVerdict& verdict) {
    clear_progress();
    print("\n" + conclusion(verdict) + "\n");
    if (trace_) trace_->commit();
    return verdict.finite && !verdict.first_above ? ExitStatus::holds : ExitStatus::fails;
  }

 private:
  [[nodiscard]] std::string conclusion(const ExperimentVerdict& verdict) const {
    if (!verdict.finite)
      return fmt::format("diverged: not finite after iteration {}, |x - x*|^2 = {}", last_->k + 1,
                         figure(last_->distance_squared));
    if (verdict.first_above)
      return fmt::format("ABOVE the bound{} at iteration {}", deterministic_ ? "" : " by a factor of a million",
                         *verdict.first_above);
    if (!last_->bound) return "no theorem speaks about this run: nothing to compare";
    if (!verdict.last_compared)
      return fmt::format("nothing compared: the bound lies below what {} resolves", options_.scalar);
    const bool to_the_end = *verdict.last_compared == last_->k;
    if (!to_the_end)
      return fmt::format("{} the bound up to iteration {}; from there on it lies\nbelow what {} resolves",
                         deterministic_ ? "below" : "not compared with", *verdict.last_compared, options_.scalar);
    const std::string share = figure(Real<50>(last_->distance_squared / *last_->bound));
    return deterministic_
               ? fmt::format("below the bound in every iteration; at the end {} of it", share)
               : fmt::format("at the end {} of the bound, which is about the mean; this is one run", share);
  }

  const RunOptions& options_;
  const SparseData& data_;
  std::optional<AtomicFile> trace_;
  Index bits_per_iteration_ = 0;
  bool deterministic_ = false;
  std::optional<ExperimentRow> last_;
};

ExitStatus run(RunOptions options) {
  options.settings.compressor = parse_compressor("--compressor", options.compressor);
  if (!options.shift_compressor.empty())
    options.settings.shift_compressor = parse_compressor("--shift-compressor", options.shift_compressor);
  options.settings.sampled = options.gradient == "sampled";
  if (options.stepsize != "theory") options.settings.stepsize = parse_positive("--stepsize", options.stepsize);
  options.settings.states_wanted = !options.trace.empty();
  const SparseData data = read_libsvm(options.settings.data, options.settings.features);
  Reporter reporter(options, data);
  const auto begin = [&](const ExperimentHeader& header) { reporter.begin(header); };
  const auto row = [&](const ExperimentRow& at) { reporter.row(at); };
  return reporter.end(with_scalar(options.scalar, [&]<class S>(std::type_identity<S>) {
    return run_experiment<S>(options.settings, data, begin, row);
  }));
}

}  // namespace

void add_run_command(CLI::App& app, ExitStatus& status) {
  CLI::App* command = app.add_subcommand("run", "Run a method on data, beside its theorem's bound");
  auto options = std::make_shared<RunOptions>();
  ExperimentSettings& settings = options->settings;
  command
      ->add_option("method", settings.method,
                   "gd, sgd, sgd-mb, sgd-sr, sgd-star, saga, sega,\n"
                   "svrg, l-svrg, diana, diana-single, q-sgd-sr,\n"
                   "vr-diana-saga, vr-diana-loopless, parallel-sgd,\n"
                   "ec-gd, ec-gd-star, ec-gd-diana, ec-sgd,\n"
                   "ec-sgd-diana, ec-lsvrg, ec-lsvrg-star,\n"
                   "ec-lsvrg-diana")
      ->required()
      ->type_name("METHOD");
  command->add_option("--data", settings.data, "Labelled rows in LIBSVM format")->required()->type_name("FILE");
  add_shape_options(*command, settings.features, settings.workers);
  command
      ->add_option("--compressor", options->compressor,
                   "identity (default), rand-k:K, bernoulli:P,\n"
                   "natural, dithering:S, tern-grad or top-k:K")
      ->type_name("C");
  command
      ->add_option("--shift-compressor", options->shift_compressor,
                   "Of ec-...-diana's shifts: identity (default)\n"
                   "or another unbiased one")
      ->type_name("Q");
  command->add_option("--gradient", options->gradient, "A worker's gradient: full (default) or sampled")
      ->check(one_of({"full", "sampled"}))
      ->type_name("G");
  command->add_option("--batch", settings.batch, "Rows drawn in a step (default 1)")
      ->check(at_least_one())
      ->type_name("TAU");
  command->add_option("--loop", settings.loop, "Steps of svrg's outer loop (default: all)")
      ->check(at_least_one())
      ->type_name("STEPS");
  command->add_option("--stepsize", options->stepsize, "theory (default: its largest), 0.05, 1e-3, 1/7")
      ->type_name("GAMMA");
  command->add_flag("--beyond-theory", settings.beyond_theory, "Allow a stepsize that no theorem allows");
  add_regularization_option(*command, settings.regularization);
  command->add_option("--iterations", settings.iterations, "Steps (default 1000)")
      ->check(at_least_one())
      ->type_name("K");
  add_number_options(*command, options->scalar, settings.seed);
  command->add_option("--trace", options->trace, "Write every iteration as a line of JSON")->type_name("FILE");
  command->callback([options, &status] { status = run(*options); });
}

}  // namespace touchstone::inline v0
