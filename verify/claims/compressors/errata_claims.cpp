#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::compressor_errata {

namespace {

/// d = 2, K = 1, x = (1, 1), the text of the slide: the mean of the two outcomes is (1/2, 1/2). `scaled`: with d/K.
Finding mean_without_scale(const CheckContext& /*context*/, const bool& scaled) {
  const Vector<Rational> x = Vector<Rational>::Ones(2);
  const Vector<Rational> mean = expectation<Rational>([&](auto& random) {
    const Vector<Rational> y = RandK{1}.compress(x, random);
    return scaled ? y : Vector<Rational>(y * ratio<Rational>(1, 2));
  });
  Inspection inspection;
  inspection.holds(mean != x, [] { return std::string("the mean is not x"); });
  return inspection.finding(fmt::format("d = 2, K = 1, x = (1, 1): E Q(x) = {}", text_of(mean)));
}

/// TopK with ties to the higher index: TopK of the reversed vector, reversed.
Vector<Rational> ties_to_the_higher(Index K, const Vector<Rational>& x, Seeded& random) {
  const Vector<Rational> reversed = x.reverse();
  return TopK{K}.compress(reversed, random).reverse();
}

/// d = 2, K = 1, x = (1, 1): one rule keeps the first, the other the second; both lose the same. `distinct`: no tie.
Finding two_tie_rules(const CheckContext& /*context*/, const bool& distinct) {
  Seeded random(1);
  Vector<Rational> x(2);
  x << 1, (distinct ? 2 : 1);
  const Vector<Rational> low = TopK{1}.compress(x, random);
  const Vector<Rational> high = ties_to_the_higher(1, x, random);
  Inspection inspection;
  inspection.holds(low != high, [] { return std::string("two rules differ"); });
  inspection.equal(Rational((low - x).squaredNorm()), Rational((high - x).squaredNorm()),
                   [] { return std::string("what is lost"); });
  return inspection.finding(fmt::format("d = 2, K = 1, x = {}: {} or {}, the same distance from x", text_of(x),
                                        text_of(low), text_of(high)));
}

/// The least constant lies below min(d/s^2, sqrt(d)/s), exactly. `declared`: below the declared one instead.
Finding literature_is_not_attained(const CheckContext& /*context*/, const bool& declared) {
  Inspection inspection;
  double closest = 0;
  std::string where;
  for (Index d = 1; d <= 9; ++d)
    for (Index s = 1; s <= 8; ++s) {
      const Dithering c{NormIndex::two, s};
      const std::vector<Surd> bounds = c.exact_omega_bounds<Surd>(d);
      const Surd exact = *std::max_element(bounds.begin(), bounds.end());
      const Surd stated = declared ? c.omega<Surd>(d) : c.omega_literature<Surd>(d);
      inspection.holds(exact < stated, [&] { return fmt::format("d = {}, s = {}", d, s); });
      const double ratio = approximately(exact) / approximately(stated);
      if (!(ratio > closest)) continue;
      closest = ratio;
      where = fmt::format("d = {}, s = {}", d, s);
    }
  Finding finding = inspection.finding(
      fmt::format("d <= 9, s <= 8: the least constant is at most {:.4f} of it ({})", closest, where));
  finding.tightness.add(closest, 1 - closest, 1);
  return finding;
}

}  // namespace

std::vector<Claim> claims() {
  const std::string slides = "slides \"Compression Operators\"";
  return {
      {"compressor/rand-k/without-scale",
       "K components picked uniformly at random are an unbiased compressor",
       "E sum over i in S of x_i e_i = x",
       {"S uniform on the K-subsets"},
       slides + ": the text does not mention the factor d/K",
       {make_check<bool>(Layer::exact, Level::refuted, mean_without_scale, false, {{"with d/K", true}})},
       "compressor/rand-k/unbiased"},
      {"compressor/top-k/without-tie-rule",
       "the K components of largest absolute value are a function of x",
       "two compressors that keep K largest |x_i| are equal",
       {"1 <= K <= d"},
       slides + ": no rule for ties",
       {make_check<bool>(Layer::exact, Level::refuted, two_tie_rules, false, {{"without a tie", true}})},
       "compressor/top-k/delta"},
      {"compressor/dithering-2/literature-constant-attained",
       "QSGD's constant in the literature is the least one",
       "sup over x of E|Q(x) - x|^2/|x|^2 = min(d/s^2, sqrt(d)/s)",
       {"q = 2, s >= 1"},
       "QSGD, as a bound",
       {make_check<bool>(Layer::exact, Level::refuted, literature_is_not_attained, false,
                         {{"the declared constant", true}})},
       "compressor/dithering-2/least-omega"},
  };
}

}  // namespace touchstone::inline v0::registry::compressor_errata
