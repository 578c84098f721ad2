#include "verify/experiment/stationary_comparison.hpp"

#include <cmath>
#include <filesystem>

#include <fmt/format.h>

#include "touchstone/methods/error_feedback/dqgd.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/problems/generalized_linear_model.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "touchstone/randomness/transcript.hpp"
#include "touchstone/theory/marina/complexity.hpp"
#include "verify/experiment/comparison.hpp"
#include "verify/experiment/entry.hpp"

namespace touchstone::inline v0 {

namespace stationary {

namespace {

constexpr Index scalar_bits = 64;

using Problem = GeneralizedLinearModel<double, SquaredSigmoidLoss>;

/// What the theorems take.
struct Facts {
  double n, d, omega;
  double L, L_squared, L_max;      ///< of f; (1/n) sum_i L_i^2; the largest L_i
  double gap;                      ///< f(x^0), at least f(x^0) - inf f
  double p;                        ///< MARINA's, 1/(1 + omega)
  double full_bits, message_bits;  ///< of all workers, an iteration
};

Facts facts_of(const Problem& f, const UnbiasedChoice& compressor) {
  const Index n = f.workers();
  const Index d = f.dimension();
  Facts facts{static_cast<double>(n),
              static_cast<double>(d),
              compressor.omega<double>(d),
              f.constants().L,
              0,
              0,
              0,
              0,
              static_cast<double>(n * d * scalar_bits),
              static_cast<double>(n * compressor.message_bits(d, scalar_bits))};
  for (const double L_i : f.constants().L_i) facts.L_squared += L_i * L_i / facts.n;
  facts.L_max = f.constants().largest_L_i();
  facts.gap = f.value(Vector<double>::Zero(d));
  facts.p = marina_probability(facts.omega);
  return facts;
}

/// A method's theorem: gamma for epsilon^2, the bound after K steps, the steps it needs.
struct Promise {
  std::string id, name;
  double gamma;
  std::function<double(Index K)> bound;
  std::function<double(double epsilon_squared)> iterations;
  double bits;         ///< an iteration, in the mean
  bool least = false;  ///< of the iterates, in place of their mean
};

/// By the theorem of biased estimators, or one of its form, with t.
Promise promise_of(const std::string& id, const std::string& name, const Facts& facts, double t, double bits,
                   double factor) {
  const double gamma = factor * biased_estimator_stepsize(facts.L, t);
  return {id,
          name,
          gamma,
          [gamma, gap = facts.gap](Index K) {
            return biased_estimator_bound<double>(gamma, static_cast<double>(K), gap);
          },
          [L = facts.L, t, gap = facts.gap](double epsilon_squared) {
            return stationary_complexity<double>(L, t, gap, epsilon_squared);
          },
          bits};
}

/// Delta* <= f(x^0), as no f_i is negative.
Promise qgd_promise(const Facts& facts, double epsilon_squared, double factor) {
  const GradientMoment<double> c = qgd_constants<double>(facts.L_max, facts.omega, facts.n, facts.gap);
  const auto iterations = [c, L = facts.L, gap = facts.gap](double accuracy) {
    const std::vector<double> all = qgd_complexity<double>(c, L, gap, accuracy);
    return *std::max_element(all.begin(), all.end());
  };
  const QgdStepsize<double> allowed =
      qgd_accuracy_stepsize<double>(c, facts.L, std::ceil(iterations(epsilon_squared)), epsilon_squared);
  double gamma = 1 / std::sqrt(allowed.inverse_square);
  for (const double inverse : allowed.inverses) gamma = std::min(gamma, 1 / inverse);
  gamma *= factor;
  const double growth = qgd_growth<double>(c, facts.L, gamma);
  return {"qgd",
          "QGD",
          gamma,
          [=, L = facts.L, gap = facts.gap](Index K) {
            const auto steps = static_cast<double>(K);
            return qgd_bound<double>(c, L, gamma, steps, std::pow(growth, steps), gap);
          },
          iterations,
          facts.message_bits,
          true};
}

std::vector<Promise> promises_of(const Facts& facts, double epsilon_squared, double factor) {
  const double alpha = 1 / (1 + facts.omega);
  const double theta =
      std::sqrt(diana_nonconvex_theta_squared<double>(facts.omega, facts.n, alpha) * facts.L_squared);
  const double lambda = std::sqrt(marina_lambda_squared<double>(facts.L_squared, facts.omega, facts.n, facts.p));
  const double marina_bits = facts.p * facts.full_bits + (1 - facts.p) * facts.message_bits;
  return {promise_of("gd", "GD", facts, 0, facts.full_bits, factor), qgd_promise(facts, epsilon_squared, factor),
          promise_of("diana", "DIANA", facts, theta, facts.message_bits, factor),
          promise_of("marina", "MARINA", facts, lambda, marina_bits, factor)};
}

/// What an iteration of MARINA sent: its coin is the first thing that is drawn, and not drawn where p = 1.
Index marina_bits(const Transcript& drawn, const Facts& facts) {
  const bool certain =
      drawn.empty() || drawn.front().kind != ChoiceKind::bernoulli || drawn.front().place.worker != Place::server;
  const bool in_full = certain ? facts.p == 1 : drawn.front().answer.front() == 1;
  return static_cast<Index>(in_full ? facts.full_bits : facts.message_bits);
}

class Measured {
 public:
  Measured(const Promise& promise, double epsilon_squared, const StationarySettings& settings)
      : promise_(promise), epsilon_squared_(epsilon_squared), settings_(settings) {
    const double iterations = std::ceil(promise.iterations(epsilon_squared));
    run_ = {promise.id, promise.name, promise.gamma, iterations, iterations * promise.bits, {}, {}, true, 0, {}};
  }

  /// |grad f(x^{K-1})|^2, and what was sent until then. False where it is not finite.
  bool add(Index K, double gradient, Index bits) {
    if (!std::isfinite(gradient)) return run_.kept = false;
    sum_ += gradient;
    least_ = K == 1 ? gradient : std::min(least_, gradient);
    const double mean = sum_ / static_cast<double>(K);
    const double bound = promise_.bound(K);
    const double share = (promise_.least ? least_ : mean) / bound;
    run_.kept = run_.kept && share <= 1;
    run_.largest_share = std::max(run_.largest_share, share);
    if (!run_.reached && mean <= epsilon_squared_) {
      run_.reached = K;
      run_.reached_bits = bits;
    }
    if (K == 1 || is_recorded(K, settings_.iterations)) run_.points.push_back({K, bits, gradient, mean, bound});
    return true;
  }

  [[nodiscard]] StationaryRun take() { return std::move(run_); }

 private:
  const Promise& promise_;
  double epsilon_squared_;
  const StationarySettings& settings_;
  StationaryRun run_;
  double sum_ = 0;
  double least_ = 0;
};

/// `bits_at_start` and those of an iteration, from what was drawn in it.
template <class Method, class Bits>
StationaryRun run_of(const Problem& f, const Method& method, typename Method::State state, const Promise& promise,
                     double epsilon_squared, const StationarySettings& settings, Index bits_at_start,
                     Bits bits_of) {
  Measured measured(promise, epsilon_squared, settings);
  Seeded source(settings.seed);
  Index bits = bits_at_start;
  for (Index k = 0; k < settings.iterations; ++k) {
    if (!measured.add(k + 1, full_gradient<double>(f, state.x).squaredNorm(), bits)) break;
    Recorder<Seeded> random(source);
    random.begin_iteration(k);
    state = method.step(f, std::move(state), random);
    bits += bits_of(random.transcript());
  }
  return measured.take();
}

std::string setting_of(const StationarySettings& settings, const SparseData& data, const Facts& facts,
                       double epsilon_squared) {
  return fmt::format("  problem      squared sigmoid loss, not convex, {} rows, {} features\n", data.rows.rows(),
                     static_cast<Index>(facts.d)) +
         fmt::format("               {} workers, lambda = {:.6g}, L = {:.6g}\n", settings.workers,
                     settings.regularization, facts.L) +
         fmt::format("               f(x^0) = {:.6g}, x^0 = 0\n", facts.gap) +
         fmt::format("  compressor   {}, omega = {:.6g}; seed {}\n", to_string(settings.compressor), facts.omega,
                     settings.seed) +
         fmt::format("  stepsizes    {} times those of the theorems\n", settings.stepsize.str()) +
         fmt::format("  accuracy     epsilon^2 = {:.3e}, {} times |grad f(x^0)|^2\n", epsilon_squared,
                     settings.accuracy.str());
}

const StationaryRun& named(const std::vector<StationaryRun>& runs, const std::string& id) {
  return *std::find_if(runs.begin(), runs.end(), [&](const StationaryRun& run) { return run.id == id; });
}

/// "MARINA 487", or its mean in the end.
std::string reached_text(const StationaryRun& run, const std::optional<Index>& reached) {
  return reached ? fmt::format("{} {}", run.name, *reached)
                 : fmt::format("{} still at {:.2e}", run.name, run.points.back().mean);
}

/// The mean at the last point within a budget of bits.
double mean_within(const StationaryRun& run, Index bits) {
  double mean = run.points.front().mean;
  for (const StationaryPoint& at : run.points)
    if (at.bits <= bits) mean = at.mean;
  return mean;
}

/// That the first reaches epsilon^2 in fewer iterations; where neither does, that its mean is smaller in the end.
bool needs_fewer_iterations(const StationaryRun& first, const StationaryRun& second) {
  if (first.reached || second.reached)
    return first.reached && (!second.reached || *first.reached < *second.reached);
  return first.points.back().mean < second.points.back().mean;
}

/// That the first reaches epsilon^2 with fewer bits; where neither does, that its mean is smaller when it has sent what the one
/// that sends less has sent in the end.
bool sends_fewer_bits(const StationaryRun& first, const StationaryRun& second) {
  if (first.reached || second.reached)
    return first.reached && (!second.reached || *first.reached_bits < *second.reached_bits);
  const Index budget = std::min(first.points.back().bits, second.points.back().bits);
  return mean_within(first, budget) < mean_within(second, budget);
}

std::vector<Statement> statements_of(const std::vector<StationaryRun>& runs) {
  const StationaryRun& qgd = named(runs, "qgd");
  const StationaryRun& diana = named(runs, "diana");
  const StationaryRun& marina = named(runs, "marina");
  std::vector<Statement> all{
      {marina.promised < diana.promised && diana.promised < qgd.promised,
       "the theorems rank MARINA before DIANA before QGD",
       fmt::format("iterations for epsilon^2: {:.4g}, {:.4g}, {:.4g}", marina.promised, diana.promised,
                   qgd.promised)},
      {needs_fewer_iterations(marina, diana) && needs_fewer_iterations(marina, qgd),
       "MARINA needs fewer iterations than DIANA and QGD",
       fmt::format("{}; {}; {}", reached_text(marina, marina.reached), reached_text(diana, diana.reached),
                   reached_text(qgd, qgd.reached))},
      {sends_fewer_bits(marina, diana) && sends_fewer_bits(marina, qgd),
       "MARINA sends fewer bits than DIANA and QGD",
       fmt::format("{}; {}; {}", reached_text(marina, marina.reached_bits), reached_text(diana, diana.reached_bits),
                   reached_text(qgd, qgd.reached_bits))}};
  for (const StationaryRun& run : runs)
    all.push_back({run.kept, run.name + " stays below its theorem's bound",
                   fmt::format("at most {:.3g} of it", run.largest_share)});
  return all;
}

/// From accuracy 1 down to what was asked for, ten a decade, and two decades more.
std::vector<ComplexityPoint> complexities(const Facts& facts, double first_gradient, double accuracy) {
  std::vector<ComplexityPoint> all;
  const int last = static_cast<int>(std::ceil(-10 * std::log10(accuracy))) + 20;
  for (int tenth = 0; tenth <= last; ++tenth) {
    const double at = std::pow(10.0, -tenth / 10.0);
    for (const Promise& promise : promises_of(facts, at * first_gradient, 1)) {
      const double K = std::ceil(promise.iterations(at * first_gradient));
      all.push_back({promise.id, at, K, K * promise.bits});
    }
  }
  return all;
}

StationaryComparison compared(const StationarySettings& settings, const SparseData& data,
                              const std::function<void(const std::string&)>& progress) {
  ExperimentSettings of_marina;
  of_marina.method = "marina";
  of_marina.compressor = settings.compressor;
  const UnbiasedChoice compressor = unbiased(of_marina);
  const Problem f(data, settings.workers, settings.regularization);
  const Facts facts = facts_of(f, compressor);
  const Vector<double> x = Vector<double>::Zero(f.dimension());
  const double first_gradient = full_gradient<double>(f, x).squaredNorm();
  require(first_gradient > 0, "x^0 = 0 must not be stationary (|grad f(0)|^2)", first_gradient);
  const double epsilon_squared = static_cast<double>(settings.accuracy) * first_gradient;
  const std::vector<Promise> promises = promises_of(facts, epsilon_squared, static_cast<double>(settings.stepsize));

  StationaryComparison comparison{fmt::format("Classification, not convex, on {}, {} workers, {}",
                                              std::filesystem::path(data.name).filename().string(),
                                              settings.workers, to_string(settings.compressor)),
                                  setting_of(settings, data, facts, epsilon_squared),
                                  epsilon_squared,
                                  {},
                                  {},
                                  {}};
  const auto run = [&](const Promise& promise, const auto& method, const auto& start, Index bits_at_start,
                       const auto& bits_of) {
    progress(promise.id);
    comparison.runs.push_back(run_of(f, method, start, promise, epsilon_squared, settings, bits_at_start, bits_of));
  };
  const auto always = [](double bits) {
    return [bits](const Transcript& /*drawn*/) { return static_cast<Index>(bits); };
  };
  const auto in_full = static_cast<Index>(facts.full_bits);
  std::vector<Vector<double>> gradients;
  for (Index i = 0; i < f.workers(); ++i) gradients.push_back(f.gradient(i, x));

  const Gd<double> gd{promises[0].gamma};
  run(promises[0], gd, gd.initial(f, x), 0, always(facts.full_bits));
  const Dqgd<double, UnbiasedChoice> qgd{compressor, promises[1].gamma};
  run(promises[1], qgd, qgd.initial(f, x), 0, always(facts.message_bits));
  const Diana<double, UnbiasedChoice> diana{compressor, promises[2].gamma, 1 / (1 + facts.omega)};
  run(promises[2], diana, diana.initial(f, x, gradients), in_full, always(facts.message_bits));
  const Marina<double, UnbiasedChoice> marina{compressor, promises[3].gamma, facts.p};
  run(promises[3], marina, marina.initial(f, x), in_full,
      [&](const Transcript& drawn) { return marina_bits(drawn, facts); });

  comparison.statements = statements_of(comparison.runs);
  comparison.complexity = complexities(facts, first_gradient, static_cast<double>(settings.accuracy));
  return comparison;
}

}  // namespace

}  // namespace stationary

StationaryComparison compare_stationary(const StationarySettings& settings, const SparseData& data,
                                        const std::function<void(const std::string&)>& progress) {
  return stationary::compared(settings, data, progress);
}

}  // namespace touchstone::inline v0
