#include "verify/claims/data_study.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "verify/experiment/theorem.hpp"

namespace touchstone::inline v0 {

namespace {

constexpr Index comparisons_of_a_run = 4;

/// P(Bin(N, 1/2) > q) for q = N - 1, N - 2, ...: the least q with a probability below `allowed`, and that probability.
std::pair<Index, Rational> most_above(Index N, const Rational& allowed) {
  Rational outcomes(1);
  for (Index i = 0; i < N; ++i) outcomes *= 2;
  Rational choose(1);  // N over i
  Rational above(0);
  Index q = N;
  for (Index i = 0; i < N; ++i) {
    const Rational more = Rational(above + choose / outcomes);
    if (more >= allowed) break;
    above = more;
    q = N - i - 1;
    choose = Rational(choose * (N - i) / (i + 1));
  }
  return {q, above};
}

double rounded_down(const Rational& q) {
  const auto a = static_cast<double>(q);
  return Rational(a) <= q ? a : std::nextafter(a, 0.0);
}

}  // namespace

DataSetting data_setting(const DataCase& at, const SolvedData& on, const DataFactors& factors) {
  const Rational lambda(SolvedData::lambda);
  const LogisticRegression<Interval<50>> enclosing(on.data, at.settings.workers, convert<Interval<50>>(lambda));
  LogisticRegression<double> f(on.data, at.settings.workers, SolvedData::lambda);
  const Theorem theorem = theorem_of(at.settings);
  const ProblemFacts facts = problem_facts(enclosing, f.constants(), lambda, on.enclosure, theorem.wanted);
  const double gamma = rounded_down(Rational(at.share * theorem.largest_stepsize(facts).value()));
  Guarantee promise = theorem.guarantee(facts, Rational(gamma));
  const Rational start = theorem.initial_lyapunov(promise, enclosing, on.enclosure, Rational(gamma));
  promise.q = std::max(Rational(0), Rational(1 - factors.rate * (1 - promise.q)));
  promise.floor /= factors.rate;

  const double stalled =
      16 * std::numeric_limits<double>::epsilon() * on.x_star.norm() / (gamma * SolvedData::lambda);
  std::vector<Index> compared;
  std::vector<double> bounds;
  BoundSequence bound(promise, start);
  for (Index k = 1; k <= at.settings.iterations; ++k) {
    bound.advance();
    const auto now = static_cast<double>(bound.current());
    if (now < stalled * stalled) break;
    if (k % (at.settings.iterations / comparisons_of_a_run) != 0) continue;
    compared.push_back(k);
    bounds.push_back(now);
  }
  return {on,
          std::move(f),
          gamma * static_cast<double>(factors.stepsize),
          static_cast<double>(promise.sigma_weight),
          std::move(compared),
          std::move(bounds)};
}

Finding data_finding(const CheckContext& context, const DataCase& at, const DataFactors& factors,
                     const Trajectory& trajectory) {
  const std::vector<SolvedData>& data = solved_data();
  const Rational allowed = ratio<Rational>(1, 1'000'000 * comparisons_of_a_run * static_cast<Index>(data.size()));
  const auto [most, error] = most_above(runs_of_a_case, allowed);
  Inspection inspection;
  Tightness tightness;
  Index largest_count = 0;
  std::string names;
  for (const SolvedData& on : data) {
    const DataSetting setting = data_setting(at, on, factors);
    std::vector<std::vector<double>> runs;
    for (Index r = 0; r < runs_of_a_case; ++r) {
      Seeded random = context.random(fmt::format("{}, {}, run {}", at.settings.method, on.name, r));
      try {
        runs.push_back(trajectory(setting, random));
      } catch (const precondition_error&) {  // a compressor refuses what is not finite
        runs.emplace_back(setting.compared.size(), std::numeric_limits<double>::infinity());
      }
    }
    for (std::size_t c = 0; c < setting.compared.size(); ++c) {
      const double bound = setting.bounds[c];
      Index above = 0;
      double sum = 0;
      for (const std::vector<double>& V : runs) {
        above += V[c] <= 2 * bound ? 0 : 1;
        sum += V[c];
      }
      const double mean = sum / static_cast<double>(runs_of_a_case);
      tightness.add(mean, bound - mean, bound);
      largest_count = std::max(largest_count, above);
      inspection.holds(above <= most, [&] {
        return fmt::format("{}, k = {}: {} of {} runs above twice the bound {:.3g}, mean {:.3g}", on.name,
                           setting.compared[c], above, runs_of_a_case, bound, mean);
      });
    }
    names += (names.empty() ? "" : ", ") + on.name;
    if (inspection.failed()) break;
  }
  Finding finding = inspection.finding(fmt::format(
      "{}: {} runs of {} steps in double, {} comparisons; at most {} above twice the bound, allowed {} (error "
      "probability {:.1e} a comparison)",
      names, runs_of_a_case, at.settings.iterations, inspection.comparisons(), largest_count, most,
      static_cast<double>(error)));
  finding.tightness = tightness;
  return finding;
}

}  // namespace touchstone::inline v0
