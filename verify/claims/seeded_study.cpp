#include "verify/claims/seeded_study.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace touchstone::inline v0 {

namespace {

constexpr Index runs = 40;
constexpr double cut = 3;
constexpr double error_probability_of_runs = 1e-9;
const std::vector<Index> compared{200, 800, 2000};

/// N KL(m, 1/cut); 0 where m <= 1/cut.
double exponent(double mean) {
  const double p = 1 / cut;
  if (mean <= p) return 0;
  const double rest = mean < 1 ? (1 - mean) * std::log((1 - mean) / (1 - p)) : 0;
  return static_cast<double>(runs) * (mean * std::log(mean / p) + rest);
}

/// (1 - eta)^k V + noise (1 - (1 - eta)^k)/eta
double closed_form(const SchemeTheorem& theorem, double V, Index k) {
  const auto eta = static_cast<double>(theorem.gap());
  const double power = std::pow(1 - eta, static_cast<double>(k));
  return (power * V + static_cast<double>(theorem.noise()) * (1 - power) / eta) * (1 + 1e-9);
}

Finding seeded(const CheckContext& context, const SeededRuns& of) {
  std::vector<std::vector<double>> values;
  for (Index r = 0; r < runs; ++r) {
    Seeded random = context.random(fmt::format("run {}", r));
    values.push_back(of.lyapunov(random, compared));
  }
  const double allowed = std::log(static_cast<double>(compared.size()) / error_probability_of_runs);
  Inspection inspection;
  inspection.holds(of.theorem.descent() >= 0, [] { return std::string("theta >= 0"); });
  Tightness tightness;
  double worst = 0;
  for (std::size_t c = 0; c < compared.size(); ++c) {
    const double bound = closed_form(of.theorem, values.front().front(), compared[c]);
    double truncated = 0;
    double sum = 0;
    for (const std::vector<double>& V : values) {
      const double share = V[c + 1] / (cut * bound);
      truncated += share < 1 ? share : 1;
      sum += V[c + 1];
    }
    const double found = exponent(truncated / static_cast<double>(runs));
    worst = std::max(worst, found);
    const double mean = sum / static_cast<double>(runs);
    tightness.add(mean, bound - mean, bound);
    inspection.holds(found <= allowed, [&] {
      return fmt::format("k = {}: mean {:.3g} of V, bound {:.3g}; N KL = {:.1f}", compared[c], mean, bound, found);
    });
  }
  Finding finding = inspection.finding(
      fmt::format("{} runs of {} steps; largest N KL {:.2f}, allowed {:.2f} (Hoeffding, error probability {:g})",
                  runs, compared.back(), worst, allowed, error_probability_of_runs));
  finding.tightness = tightness;
  return finding;
}

}  // namespace

Claim seeded_claim(const MethodNames& names, const SeededRuns& stated,
                   const std::vector<Mutant<SeededRuns>>& mutants) {
  return {"error-feedback/" + names.subject + "/seeded-runs",
          names.title + " with Top1 stays below its bound for 2000 steps",
          "E V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta for k = 100, 300, 600, from the mean of 60 "
          "seeded runs",
          {"f_i of the counterexample of Top1 with other linear terms, two components each", "theta = 0"},
          names.source + "; constants derived",
          {make_check<SeededRuns>(Layer::sampled, Level::measured, seeded, stated, mutants)}};
}

}  // namespace touchstone::inline v0
