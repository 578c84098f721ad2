#include "verify/program/promised_bound.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "verify/experiment/theorem.hpp"
#include "verify/experiment/unified_sgd_methods.hpp"
#include "verify/oracle/catalog/compressors.hpp"

namespace touchstone::inline v0 {

/// What a theorem promises of a run.
struct PromisedRun {
  std::string claim;
  bool deterministic;
  Vector<Interval<50>> solution;
  Guarantee guarantee;
  Rational mu;
  Rational gamma;
  /// V^0, once the first line is known; none where the run does not begin as the theorem says.
  std::function<std::optional<Rational>(const oracle::TraceLine&)> start;
};

namespace {

using Enclosed = Interval<50>;

Enclosed squared_distance(const Vector<double>& x, const Vector<Enclosed>& solution) {
  return detail::squared_norm(Vector<Enclosed>(convert<Enclosed>(x) - solution));
}

bool begins_from_zero(const oracle::TraceLine& first) {
  return std::all_of(first.state.begin(), first.state.end(), [](const oracle::StatePart<double>& part) {
    const bool derived = part.name.starts_with("reference_gradient");
    return derived || std::all_of(part.vectors.begin(), part.vectors.end(),
                                  [](const Vector<double>& vector) { return vector.isZero(0); });
  });
}

bool parameters_of_theorem(const oracle::MethodSpec& method, const oracle::LogisticSpec& problem) {
  const oracle::MethodParameters& p = method.parameters;
  const bool of_shifts = method.name.starts_with("ec-");
  const auto shift =
      oracle::parse_compressor<Rational>("compressor", of_shifts ? p.shift_compressor : p.compressor);
  if (p.alpha && *p.alpha * (1 + shift.omega(problem.data.rows.cols()).value_or(0)) != 1) return false;
  if (p.p && *p.p * Rational(problem.data.rows.rows() / problem.workers) != 1) return false;
  return p.regularizer.kind == oracle::RegularizerKind::none;
}

std::optional<PromisedRun> on_logistic(const oracle::MethodSpec& method, const oracle::LogisticSpec& problem) {
  const oracle::MethodParameters& p = method.parameters;
  if (!parameters_of_theorem(method, problem)) return std::nullopt;
  ExperimentSettings settings;
  settings.method = method.name;
  settings.workers = problem.workers;
  settings.compressor = parse_compressor("compressor", p.compressor);
  if (p.shift_compressor != "identity")
    settings.shift_compressor = parse_compressor("compressor", p.shift_compressor);
  settings.sampled = p.gradient == oracle::GradientKind::sampled;
  settings.batch = p.tau;
  const Theorem theorem = theorem_of(settings);
  const EnclosedProblem enclosed =
      enclosed_problem(problem.data, problem.workers, static_cast<double>(problem.lambda), theorem.wanted);
  const std::optional<Rational> largest = theorem.largest_stepsize(enclosed.facts);
  if (!largest || p.gamma > *largest) return std::nullopt;
  const Guarantee guarantee = theorem.guarantee(enclosed.facts, p.gamma);
  const Rational start = theorem.initial_lyapunov(guarantee, enclosed.f, enclosed.box, p.gamma);
  return PromisedRun{theorem.claim,
                     theorem.deterministic,
                     enclosed.box,
                     guarantee,
                     enclosed.facts.mu,
                     p.gamma,
                     [start](const oracle::TraceLine& first) {
                       return begins_from_zero(first) ? std::optional(start) : std::nullopt;
                     }};
}

std::optional<PromisedRun> on_quadratic(const oracle::MethodSpec& method, const Quadratic<Rational>& f) {
  constexpr Index largest_dimension = 30;
  const oracle::MethodParameters& p = method.parameters;
  const ProblemConstants<Rational>& constants = f.constants();
  if (method.name != "gd" || p.regularizer.kind != oracle::RegularizerKind::none) return std::nullopt;
  if (constants.mu <= 0 || constants.L < constants.mu || f.dimension() > largest_dimension) return std::nullopt;
  ProblemFacts facts{};
  facts.L = constants.L;
  facts.mu = constants.mu;
  const WeightedRow row = GdEntry{}.row(facts);
  if (p.gamma > unified_stepsize(row, facts.mu)) return std::nullopt;
  const Vector<Enclosed> solution = convert<Enclosed>(f.minimizer());
  return PromisedRun{
      std::string(GdEntry::claim),
      true,
      solution,
      unified_guarantee(row, p.gamma, facts.mu),
      facts.mu,
      p.gamma,
      [solution](const oracle::TraceLine& first) {
        return std::optional(Rational(upper_end(squared_distance(first.state.front().vectors.front(), solution))));
      }};
}

std::optional<PromisedRun> promised(const oracle::TraceHeader& header) {
  try {
    if (const auto* logistic = std::get_if<oracle::LogisticSpec>(&header.problem))
      return on_logistic(header.method, *logistic);
    return on_quadratic(header.method, std::get<Quadratic<Rational>>(header.problem));
  } catch (const std::exception&) {  // no theorem, or no solution that could be certified
    return std::nullopt;
  }
}

}  // namespace

struct PromisedBound::Watch {
  PromisedRun run;
  double unit_roundoff;
  std::optional<BoundSequence> bound{};
  bool begun = false;
  std::optional<Index> first_above{};
  Index compared = 0;
  bool last_resolved = false;
  Real<50> last_distance{}, last_bound{};

  [[nodiscard]] Real<50> resolution() const {
    const Enclosed size = detail::squared_norm(run.solution);
    const Rational factor = 16 * Rational(unit_roundoff) / (run.gamma * run.mu);
    return upper_end(Enclosed(convert<Enclosed>(Rational(factor * factor)) * size));
  }
};

PromisedBound::PromisedBound(const oracle::TraceHeader& header) {
  if (std::optional<PromisedRun> run = promised(header))
    watch_ = std::make_unique<Watch>(Watch{std::move(*run), header.format.unit_roundoff});
}

PromisedBound::~PromisedBound() = default;

void PromisedBound::look_at(const oracle::TraceLine& line) {
  if (!watch_) return;
  Watch& watch = *watch_;
  if (!watch.begun) {
    watch.begun = true;
    if (const std::optional<Rational> start = watch.run.start(line))
      watch.bound.emplace(watch.run.guarantee, *start);
  } else if (watch.bound) {
    watch.bound->advance();
  }
  if (!watch.bound) return;
  const Vector<double>& x = line.state.front().vectors.front();
  if (!x.allFinite()) {
    if (!watch.first_above) watch.first_above = line.k;
    return;
  }
  watch.last_distance = lower_end(squared_distance(x, watch.run.solution));
  watch.last_bound = watch.bound->current();
  watch.last_resolved = watch.last_bound > watch.resolution();
  if (!watch.last_resolved) return;
  ++watch.compared;
  if (watch.run.deterministic && watch.last_distance > watch.last_bound && !watch.first_above)
    watch.first_above = line.k;
}

std::string PromisedBound::conclusion() const {
  if (!watch_ || !watch_->bound) return none_;
  const Watch& watch = *watch_;
  const bool far_above = watch.last_resolved && watch.last_distance > watch.last_bound * 1'000'000;
  if (watch.first_above)
    return fmt::format("{}: NOT KEPT from iteration {} on", watch.run.claim, *watch.first_above);
  if (watch.run.deterministic) return fmt::format("{}: kept in {} iterations", watch.run.claim, watch.compared);
  if (far_above) return fmt::format("{}: NOT KEPT, a million times above", watch.run.claim);
  return fmt::format("{}: about the mean; not contradicted", watch.run.claim);
}

}  // namespace touchstone::inline v0
