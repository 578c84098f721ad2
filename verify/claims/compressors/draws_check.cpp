#include "verify/claims/compressors/draws_check.hpp"

#include <cmath>

namespace touchstone::inline v0 {

namespace {

constexpr Index samples = 10'000;
constexpr double error_probability = 1e-9;

/// KL(f, p) = f log(f/p) + (1 - f) log((1 - f)/(1 - p))
double divergence(double f, double p) {
  const auto part = [](double a, double b) { return a == 0 ? 0 : a * std::log(a / b); };
  return part(f, p) + part(1 - f, 1 - p);
}

Finding frequencies(const CheckContext& context, const DrawsCase& c) {
  Seeded random = context.random("draws");
  std::vector<Index> counts(c.law.size(), 0);
  Index strangers = 0;
  for (Index k = 0; k < samples; ++k) {
    random.begin_iteration(c.one_iteration ? 0 : k);
    const Vector<Rational> y = c.draw(random);
    std::size_t i = 0;
    while (i < c.law.size() && !(c.law[i].second == y)) ++i;
    if (i == c.law.size())
      ++strangers;
    else
      ++counts[i];
  }
  const double allowed = std::log(2.0 * static_cast<double>(c.law.size()) / error_probability);
  double worst = 0;
  for (std::size_t i = 0; i < counts.size(); ++i)
    worst = std::max(
        worst, samples * divergence(static_cast<double>(counts[i]) / samples, static_cast<double>(c.law[i].first)));
  Inspection inspection;
  inspection.holds(c.law.size() >= 2, [] { return std::string("a law with a choice"); });
  inspection.holds(strangers == 0,
                   [&] { return fmt::format("{} outcomes that the law does not have", strangers); });
  inspection.holds(worst <= allowed, [&] { return fmt::format("N KL = {:.1f} for an outcome", worst); });
  Finding finding =
      inspection.finding(fmt::format("{} draws, {} outcomes; largest N KL(f, p) {:.2f}, allowed {:.2f} "
                                     "(Chernoff, error probability {:g})",
                                     samples, c.law.size(), worst, allowed, error_probability));
  finding.tightness.add(worst, allowed - worst, allowed);
  return finding;
}

}  // namespace

Check draws_check(const DrawsCase& stated, const std::vector<Mutant<DrawsCase>>& mutants) {
  return make_check<DrawsCase>(Layer::sampled, Level::measured, frequencies, stated, mutants);
}

}  // namespace touchstone::inline v0
