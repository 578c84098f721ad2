#include "verify/experiment/comparison.hpp"

#include <filesystem>

#include <fmt/format.h>

#include "verify/experiment/decimals.hpp"
#include "verify/experiment/gap.hpp"
#include "verify/experiment/iterates.hpp"
#include "verify/experiment/theorem.hpp"

namespace touchstone::inline v0 {

namespace {

constexpr Index bits_of_double = 64;

ExperimentSettings settings_of(const std::string& method, const ComparisonSettings& shared) {
  ExperimentSettings own;
  own.method = method;
  own.workers = shared.workers;
  own.compressor = shared.compressor;
  if (method.ends_with("-diana")) own.shift_compressor = shared.shift_compressor;
  return own;
}

/// The largest stepsizes of the methods' theorems, as a line.
std::string theorems_stepsizes(const ComparisonSettings& settings, const ProblemFacts& facts) {
  std::optional<std::pair<Rational, std::string>> least;
  std::optional<std::pair<Rational, std::string>> largest;
  for (const ComparedMethod& method : compared_methods()) {
    const std::optional<Rational> gamma = theorem_of(settings_of(method.id, settings)).largest_stepsize(facts);
    if (!gamma) continue;
    const std::pair<Rational, std::string> allowed{*gamma, method.id};
    least = least ? std::min(*least, allowed) : allowed;
    largest = largest ? std::max(*largest, allowed) : allowed;
  }
  return fmt::format("allow at most {:.3g} ({}) to {:.3g} ({})", static_cast<double>(least->first), least->second,
                     static_cast<double>(largest->first), largest->second);
}

std::string setting_of(const ComparisonSettings& settings, const SparseData& data, const ProblemFacts& facts,
                       const Rational& gamma) {
  return fmt::format("  problem      l2-regularized logistic regression, {} rows, {} features\n", data.rows.rows(),
                     facts.d) +
         fmt::format("               {} workers, lambda = {}, L = {}\n", facts.n, figure(facts.mu),
                     figure(facts.L)) +
         fmt::format("               (1/n) sum_i |grad f_i(x*)|^2 = {}\n", figure(facts.zeta)) +
         fmt::format("  compressors  {}; shifts learn by {}; seed {}\n", to_string(settings.compressor),
                     to_string(settings.shift_compressor), settings.seed) +
         fmt::format("  stepsize     {} for all methods, {} times 1/L: tuned\n", figure(gamma),
                     settings.stepsize.str()) +
         fmt::format("  theorems     {}\n", theorems_stepsizes(settings, facts));
}

/// What all runs share.
template <class S>
struct Shared {
  const ComparisonSettings& settings;
  const LogisticRegression<S>& f;
  Vector<S> x_star;
  S gamma;
  Real<50> resolution;
};

template <class S>
ComparedRun run_of(const ComparedMethod& method, const Shared<S>& shared) {
  const Index iterations = shared.settings.iterations;
  const std::unique_ptr<Iterates<S>> run =
      iterates<S>(settings_of(method.id, shared.settings), {shared.f, shared.x_star, shared.gamma});
  std::vector<GapPoint> points;
  Seeded random(shared.settings.seed);
  for (Index k = 0;; ++k) {
    if (is_recorded(k, iterations)) {
      const S gap = gap_to_solution(shared.f, shared.x_star, run->x());
      if (!is_finite(gap)) break;
      points.push_back({k, Real<50>(gap)});
    }
    if (k == iterations || !advance(*run, random, k)) break;
  }
  Course course = course_of(points, iterations, shared.resolution);
  return {method, run->bits_per_iteration(bits_of_double), std::move(points), std::move(course)};
}

}  // namespace

const std::vector<ComparedMethod>& compared_methods() {
  static const std::vector<ComparedMethod> methods = {{"ec-gd", "EC-GD", Behaviour::stalls},
                                                      {"ec-gd-star", "EC-GDstar", Behaviour::converges},
                                                      {"ec-gd-diana", "EC-GD-DIANA", Behaviour::converges},
                                                      {"ec-sgd", "EC-SGD", Behaviour::stalls},
                                                      {"ec-sgd-diana", "EC-SGD-DIANA", Behaviour::stalls},
                                                      {"ec-lsvrg", "EC-LSVRG", Behaviour::stalls},
                                                      {"ec-lsvrg-star", "EC-LSVRGstar", Behaviour::converges},
                                                      {"ec-lsvrg-diana", "EC-LSVRG-DIANA", Behaviour::converges}};
  return methods;
}

bool is_recorded(Index k, Index iterations) {
  constexpr Index points = 200;
  return k == iterations || k % std::max<Index>(1, iterations / points) == 0;
}

template <FieldWithSqrt S>
Comparison compare_on_data(const ComparisonSettings& settings, const SparseData& data, const Progress& progress) {
  const double lambda = regularization(settings.regularization, data);
  const Rational mu(lambda);
  const LogisticRegression<S> f(data, settings.workers, S(lambda));
  const ProblemFacts facts = enclosed_problem(data, settings.workers, lambda, {}).facts;
  const auto solution = certified_solution<solution_digits<S>>(data, mu);
  const S gamma = convert<S>(Rational(settings.stepsize / facts.L));
  if (!(gamma > S(0))) throw usage_error("--stepsize: the number type rounds it to 0");
  const Rational exact_gamma(gamma);
  const Real<50> unresolved =
      unresolved_distance_squared<S>(Real<50>(sqrt(solution.x.squaredNorm())), Rational(exact_gamma * mu));

  Comparison comparison{
      fmt::format("Logistic regression on {}, {} workers, {}", std::filesystem::path(data.name).filename().string(),
                  facts.n, to_string(settings.compressor)),
      setting_of(settings, data, facts, exact_gamma),
      {},
      {}};
  const Shared<S> shared{settings, f, solution.x.unaryExpr([](const auto& a) { return static_cast<S>(a); }), gamma,
                         convert<Real<50>>(facts.L) / 2 * unresolved};
  for (const ComparedMethod& method : compared_methods()) {
    progress(method.id);
    comparison.runs.push_back(run_of(method, shared));
    comparison.statements.push_back(statement_that(method.name, method.stated, comparison.runs.back().course));
  }
  return comparison;
}

template Comparison compare_on_data<double>(const ComparisonSettings&, const SparseData&, const Progress&);
template Comparison compare_on_data<Real<50>>(const ComparisonSettings&, const SparseData&, const Progress&);
template Comparison compare_on_data<Real<100>>(const ComparisonSettings&, const SparseData&, const Progress&);
template Comparison compare_on_data<Real<200>>(const ComparisonSettings&, const SparseData&, const Progress&);
template Comparison compare_on_data<Real<1000>>(const ComparisonSettings&, const SparseData&, const Progress&);

}  // namespace touchstone::inline v0
