#include <cmath>
#include <map>

#include <fmt/format.h>

#include "touchstone/compressors/top_k.hpp"
#include "touchstone/problems/rational_quadratic.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0 {

namespace {

struct DeltaVariation {
  Rational excess = 0;  ///< added to the declared delta
  Index fewer = 0;      ///< coordinates fewer than declared are kept
};

/// |C(x) - x|^2 <= (1 - delta)|x|^2 at random, sparse, tied and flat x; equality where all |x_i| are equal.
Finding top_k_contracts(const CheckContext& context, const DeltaVariation& variation) {
  Seeded random = context.random("delta");
  Inspection inspection;
  for (Index d = 2; d <= 6; ++d)
    for (Index K = 1 + variation.fewer; K <= d; ++K) {
      std::vector<Vector<Rational>> inputs{Vector<Rational>::Zero(d), Vector<Rational>::Ones(d)};
      Vector<Rational> signs = Vector<Rational>::Ones(d);
      for (Index i = 0; i < d; ++i)
        if (random.bernoulli(ratio<Rational>(1, 2))) signs[i] = -1;
      inputs.push_back(signs);
      for (Index i = 0; i < d; ++i) inputs.emplace_back(Vector<Rational>::Unit(d, i));
      for (int repeat = 0; repeat < 10; ++repeat) inputs.push_back(random_vector(random, d));
      const Rational one_minus_delta = 1 - TopK{K}.delta<Rational>(d) - variation.excess;
      for (const Vector<Rational>& x : inputs) {
        const Vector<Rational> loss = TopK{K - variation.fewer}.compress(x, random) - x;
        inspection.less_equal(loss.squaredNorm(), Rational(one_minus_delta * x.squaredNorm()),
                              [&] { return fmt::format("d={} K={}", d, K); });
      }
      const Vector<Rational> loss = TopK{K - variation.fewer}.compress(signs, random) - signs;
      inspection.equal(Rational(loss.squaredNorm()), Rational(one_minus_delta * d),
                       [&] { return fmt::format("d={} K={}, all |x_i| = 1", d, K); });
    }
  return inspection.finding(
      fmt::format("{} vectors, d <= 6, every K; attained where all |x_i| are equal", inspection.comparisons()));
}

enum class SubsetLaw { seeded, with_replacement };

/// The frequency of every 2-subset of 5 among seeded draws is within Hoeffding's distance of 1/10.
Finding subsets_are_uniform(const CheckContext& context, const SubsetLaw& law) {
  constexpr Index d = 5;
  constexpr Index samples = 40'000;
  constexpr double error_probability = 1e-9;
  Seeded random = context.random("law");
  std::map<Indices, Index> counts;
  for (Index k = 0; k < samples; ++k) {
    random.begin_iteration(k);
    if (law == SubsetLaw::seeded) {
      ++counts[random.subset(d, 2)];
    } else {
      const Index first = random.choose(d);
      const Index second = random.choose(d);
      ++counts[first < second   ? Indices{first, second}
               : first > second ? Indices{second, first}
                                : Indices{first == 0 ? 0 : first - 1, first == 0 ? 1 : first}];
    }
  }
  const double outcomes = 10;
  const double distance = std::sqrt(std::log(2 * outcomes / error_probability) / (2.0 * samples));
  Inspection inspection;
  double worst = 0;
  for (const auto& [subset, count] : counts)
    worst = std::max(worst, std::abs(static_cast<double>(count) / samples - 1 / outcomes));
  inspection.holds(counts.size() == 10 && worst <= distance,
                   [&] { return fmt::format("a frequency is off by {:.4f}", worst); });
  Finding finding =
      inspection.finding(fmt::format("{} draws; largest deviation {:.4f}, allowed {:.4f} (error "
                                     "probability {:g})",
                                     samples, worst, distance, error_probability));
  finding.tightness.add(worst, distance - worst, distance);
  return finding;
}

}  // namespace

std::vector<Claim> compressor_claims() {
  const std::string slides = "slides \"Compression Operators\"";
  return {
      {"compressor/rand-k/seeded-law",
       "seeded draws of RandK follow its law",
       "every K-subset has probability 1/(d choose K)",
       {"d = 5, K = 2"},
       "derived",
       {make_check<SubsetLaw>(Layer::sampled, Level::measured, subsets_are_uniform, SubsetLaw::seeded,
                              {{"drawn with replacement", SubsetLaw::with_replacement}})}},
      {"compressor/top-k/delta",
       "TopK is contractive with delta = K/d, attained where all |x_i| are equal",
       "|C(x) - x|^2 <= (1 - K/d) |x|^2",
       {"1 <= K <= d"},
       slides,
       {proof_check(), make_check<DeltaVariation>(Layer::exact, Level::exact, top_k_contracts, {},
                                                  {{"delta 1 percent too large", {ratio<Rational>(1, 100), 0}},
                                                   {"one coordinate fewer kept", {0, 1}}})}},
  };
}

}  // namespace touchstone::inline v0
