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

}  // namespace

std::vector<Claim> compressor_claims() {
  const std::string slides = "slides \"Compression Operators\"";
  return {
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
