#include "touchstone/compressors/averaged.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/block.hpp"
#include "touchstone/compressors/composed.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/composed_unbiased.hpp"
#include "touchstone/compressors/convex_combination.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::combination {

namespace {

using Q = Rational;

/// Of the parameters K, K' with 1 <= K, K' <= d, drawn from the seed, at dimensions 2 and 3.
template <class Make>
LawCases<Q> compositions(const Make& make) {
  return [make](Seeded& random) {
    std::vector<LawCase<Q>> cases;
    for (Index d = 2; d <= 3; ++d)
      for (int repeat = 0; repeat < 3; ++repeat) {
        const Index K = 1 + random.choose(d);
        const Index other = 1 + random.choose(d - 1);  // below d, so that something is left
        make(cases, d, K, other, random);
      }
    return cases;
  };
}

/// c, made wrong.
template <template <class> class Wrong = std::type_identity_t, class C>
void add(std::vector<LawCase<Q>>& cases, const C& c, Index d, const std::string& name, Seeded& random) {
  cases.push_back(case_of<Q>(Wrong<C>{c}, d, name, {}, random));
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> scaled_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, Scaled<RandK>{{other}}, d, fmt::format("RandK, K = {}", other), random);
    add<Wrong>(cases, Scaled<L1Sampling>{L1Sampling{}}, d, "l1 sampling", random);
    add<Wrong>(cases, Scaled<Natural>{Natural{}}, d, "natural", random);
    add<Wrong>(cases, Scaled<Bernoulli>{{{1, K + 1}}}, d, "lazy", random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> composed_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, Composed<TopK, RandK>{{other}, {K}}, d, fmt::format("RandK {} of TopK {}", K, other), random);
    add<Wrong>(cases, Composed<TopK, L1Sampling>{{other}, {}}, d, "l1 sampling of TopK", random);
    add<Wrong>(cases, Composed<RandKUnscaled, Natural>{{other}, {}}, d, "natural of RandK", random);
    add<Wrong>(cases, Composed<ScaledSign<1>, RandK>{{}, {K}}, d, "RandK of scaled sign", random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> composed_on_kept_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    const Index few = std::min(K, other);
    add<Wrong>(cases, ComposedOnKept<TopK, RandK>{{other}, {few}}, d, fmt::format("RandK {} of the kept", few),
               random);
    add<Wrong>(cases, ComposedOnKept<TopK, L1Sampling>{{other}, {}}, d, "l1 sampling of the kept", random);
    add<Wrong>(cases, ComposedOnKept<RandKUnscaled, Natural>{{other}, {}}, d, "natural of the kept", random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> composed_unbiased_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, ComposedUnbiased<RandK, Bernoulli>{{other}, {{1, K + 1}}}, d, "RandK of lazy", random);
    add<Wrong>(cases, ComposedUnbiased<RandK, RandK>{{K}, {other}}, d, "RandK of RandK", random);
    add<Wrong>(cases, ComposedUnbiased<Natural, L1Sampling>{{}, {}}, d, "natural of l1 sampling", random);
    add<Wrong>(cases, ComposedUnbiased<Dithering, Natural>{{NormIndex::one, K}, {}}, d, "dithering of natural",
               random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> induced_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, Induced<TopK, RandK>{{other}, {K}}, d, fmt::format("TopK {}, RandK {}", other, K), random);
    add<Wrong>(cases, Induced<TopK, Bernoulli>{{other}, {{1, K + 1}}}, d, "TopK, lazy", random);
    add<Wrong>(cases, Induced<RandKUnscaled, Natural>{{other}, {}}, d, "RandK, natural", random);
    add<Wrong>(cases, Induced<ScaledSign<0>, L1Sampling>{{}, {}}, d, "scaled sign, l1 sampling", random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> participation_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, Participation<RandK>{{1, K + 1}, {other}}, d, "RandK", random);
    add<Wrong>(cases, Participation<Natural>{{K, d + 1}, {}}, d, "natural", random);
    add<Wrong>(cases, Participation<L1Sampling>{{1, 1}, {}}, d, "l1 sampling, p = 1", random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> averaged_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, Averaged<RandK>{2, {other}}, d, "2 RandK", random);
    add<Wrong>(cases, Averaged<L1Sampling>{2, {}}, d, "2 l1 sampling", random);
    add<Wrong>(cases, Averaged<Bernoulli>{K + 1, {{1, 3}}}, d, fmt::format("{} lazy", K + 1), random);
  });
}

template <template <class> class Wrong = std::type_identity_t>
LawCases<Q> block_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add<Wrong>(cases, Block<Bernoulli>{{other, d - other}, {{{1, 2}}, {{1, K + 2}}}}, d, "lazy blocks", random);
    add<Wrong>(cases, Block<L1Sampling>{{other, d - other}, {{}, {}}}, d, "l1 sampling of blocks", random);
    const Block<OneOf<RandK, Natural>> mixed{{d, 1}, {{RandK{K}}, {Natural{}}}};
    add<Wrong>(cases, mixed, d + 1, fmt::format("RandK {} and natural", K), random);
  });
}

LawCases<Q> contractive_block_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add(cases, Block<TopK>{{d, K}, {{other}, {K}}}, d + K, "TopK of blocks", random);
  });
}

/// Not attained in general: parts of the same kind make it so.
LawCases<Q> convex_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add(cases, ConvexCombination<TopK, RandKUnscaled>{{K, other}, {{other}, {K}}}, d, "TopK and RandK", random);
    add(cases, ConvexCombination<TopK, TopK>{{1, K}, {{other}, {other}}}, d, "TopK twice", random);
    add(cases, ConvexCombination<TopK, ScaledSign<1>>{{1, 2}, {{K}, {}}}, d, "TopK and scaled sign", random);
  });
}

/// Q after TopK, not scaled: omega < 1.
struct Projected {
  static constexpr bool attained_everywhere = false;
  TopK projection;
  Bernoulli lazy;
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const Vector<S> kept = projection.compress(x, random);
    return lazy.compress(kept, random);
  }
  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    return S(projection.delta<S>(d) * (S(1) - lazy.omega<S>(d)));
  }
  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    return flat_vector<S>(d);
  }
};

LawCases<Q> projected_cases() {
  return compositions([](auto& cases, Index d, Index K, Index other, Seeded& random) {
    add(cases, Projected{{other}, {{K + 1, K + 2}}}, d, "lazy of TopK", random);
    add(cases, Projected{{other}, {{1, 2}}}, d, "lazy of TopK, omega = 1", random);
  });
}

/// One draw for all copies.
template <class C>
struct OneMask : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return this->unbiased.compress(x, random);
  }
};

/// What compresses the rest compresses x.
template <class C>
struct WholeCompressed : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(this->contractive.compress(x, random) + this->unbiased.compress(x, random));
  }
};

/// (1 + omega) zeta >= d, and at the flat vector no more nonzeros on average than zeta.
template <class C>
void inspect_density(Inspection& inspection, const C& c, Index d, const Q& factor, bool tight) {
  const Q zeta = factor * c.template density<Q>(d);
  Q nonzeros = 0;
  for (const auto& [p, y] : law_of<Q>(c, flat_vector<Q>(d)))
    for (Index i = 0; i < d; ++i) nonzeros += y[i] == 0 ? Q(0) : p;
  const auto where = [&] { return fmt::format("d = {}", d); };
  inspection.less_equal(nonzeros, zeta, where);
  inspection.less_equal(Q(d), Q((1 + omega_bound<Q>(c, d)) * zeta), where);
  if (tight) inspection.attained(Q(d), Q((1 + omega_bound<Q>(c, d)) * zeta), where);
}

Finding densities(const CheckContext& /*context*/, const Rational& factor) {
  Inspection inspection;
  for (Index d = 1; d <= 4; ++d) {
    for (Index K = 1; K <= d; ++K) {
      inspect_density(inspection, RandK{K}, d, factor, true);
      inspect_density(inspection, Participation<RandK>{{1, 3}, {K}}, d, factor, true);
      inspect_density(inspection, Dithering{NormIndex::one, K}, d, factor, 3 * K <= 2 * d);
      inspect_density(inspection, Dithering{NormIndex::infinity, K}, d, factor, false);
    }
    inspect_density(inspection, Bernoulli{{2, 5}}, d, factor, true);
    inspect_density(inspection, L1Sampling{}, d, factor, true);
    inspect_density(inspection, Natural{}, d, factor, false);
  }
  return inspection.finding(
      fmt::format("{} comparisons, d <= 4; an equality for RandK, lazy compression, l1 sampling, "
                  "dithering with q = 1, 3s <= 2d",
                  inspection.comparisons()));
}

}  // namespace

std::vector<Claim> claims() {
  const LawMutants<Q> constants = constant_mutants<Q>();
  const std::vector<std::string> independent{"the parts' choices are independent"};
  const auto with = [&](const std::string& name, const LawCases<Q>& wrong) {
    return constants + LawMutants<Q>{{name, {wrong, {}}}};
  };
  return {
      {"compressor/scaled/delta",
       "an unbiased compressor over 1 + omega is contractive with delta = 1/(1 + omega)",
       "E|Q(x)/(1 + omega) - x|^2 <= (1 - 1/(1 + omega)) |x|^2, attained where Q's contract is",
       {"Q unbiased with omega"},
       "literature",
       {proof_check(), error_check<Q>(scaled_cases(), with("half of the message", scaled_cases<Halved>()))}},
      {"compressor/composed/delta",
       "an unbiased compressor after a contractive one, over 1 + omega, is contractive with delta/(1 + omega)",
       "E|Q(C(x))/(1 + omega) - x|^2 <= (1 - delta/(1 + omega)) |x|^2",
       independent,
       "derived",
       {proof_check(), error_check<Q>(composed_cases(), constants)}},
      {"compressor/composed-on-kept/delta",
       "an unbiased compressor of the K coordinates that are kept, over 1 + omega, is contractive with delta/(1 + "
       "omega), omega that of dimension K",
       "E|Q(C(x))/(1 + omega) - x|^2 <= (1 - delta/(1 + omega)) |x|^2",
       independent,
       "derived",
       {proof_check(),
        error_check<Q>(composed_on_kept_cases(), with("half of the message", composed_on_kept_cases<Halved>()))}},
      {"compressor/composed-unbiased/omega",
       "an unbiased compressor after an unbiased one is unbiased with (1 + omega_1)(1 + omega_2) - 1",
       "E|Q1(Q2(x)) - x|^2 <= ((1 + omega_1)(1 + omega_2) - 1) |x|^2, E Q1(Q2(x)) = x",
       independent,
       "literature",
       {proof_check(),
        unbiased_check<Q>(composed_unbiased_cases(),
                          {{"half of the message", {composed_unbiased_cases<Halved>(), {}}}}),
        error_check<Q>(composed_unbiased_cases(), constants)}},
      {"compressor/induced/omega",
       "a contractive compressor made unbiased has omega (1 - delta)",
       "E|C(x) + Q(x - C(x)) - x|^2 <= omega (1 - delta) |x|^2, E[C(x) + Q(x - C(x))] = x",
       independent,
       "Horvath and Richtarik",
       {proof_check(),
        unbiased_check<Q>(induced_cases(),
                          {{"x compressed, not the rest", {induced_cases<WholeCompressed>(), {}}}}),
        error_check<Q>(induced_cases(), with("x compressed, not the rest", induced_cases<WholeCompressed>()))}},
      {"compressor/participation/omega",
       "taking part with probability p makes omega (1 + omega)/p - 1",
       "E|b/p Q(x) - x|^2 <= ((1 + omega)/p - 1) |x|^2, attained where Q's contract is",
       {"b = 1 with probability p, independent of Q"},
       "literature",
       {proof_check(),
        unbiased_check<Q>(participation_cases(), {{"coins flipped", {participation_cases<Flipped>(), {}}}}),
        error_check<Q>(participation_cases(), constants)}},
      {"compressor/averaged/omega",
       "the mean of n independent copies has omega/n",
       "E|(1/n) sum Q_i(x) - x|^2 <= (omega/n) |x|^2, attained where Q's contract is",
       independent,
       "literature",
       {proof_check(),
        error_check<Q>(averaged_cases(), with("one mask for all copies", averaged_cases<OneMask>()))}},
      {"compressor/block/constants",
       "blocks have the largest omega, or the least delta, of their compressors",
       "omega = max omega_b, delta = min delta_b, attained by a vector supported on the worst block",
       {"one compressor for every block of coordinates"},
       "derived",
       {unbiased_check<Q>(block_cases(), {{"values moved by a place", {block_cases<Moved>(), {}}}}),
        error_check<Q>(block_cases(), constants), error_check<Q>(contractive_block_cases(), constants)}},
      {"compressor/projected/delta",
       "an unbiased compressor with omega <= 1 after a coordinate projection is contractive with delta (1 - omega)",
       "E|Q(C(x)) - x|^2 <= (1 - delta (1 - omega)) |x|^2",
       {"C a coordinate projection", "independent"},
       "derived",
       {proof_check(), error_check<Q>(projected_cases(), constants)}},
      {"compressor/convex-combination/delta",
       "a convex combination of contractive compressors is contractive with the combination of their delta",
       "delta = sum lambda_j delta_j",
       {"lambda_j >= 0, sum lambda_j = 1"},
       "derived",
       {proof_check(), error_check<Q>(convex_cases(), constants)}},
      {"compressor/density-tradeoff/bound",
       "no unbiased compressor is both sparse and accurate: (1 + omega) zeta >= d",
       "zeta = sup over x of the expected number of nonzeros; also (1 - p)/p <= omega for p = zeta/d",
       {"Q unbiased with omega"},
       "derived",
       {proof_check(), make_check<Rational>(Layer::exact, Level::exact, densities, 1,
                                            {{"zeta 1 percent smaller", ratio<Rational>(99, 100)}})}},
  };
}

}  // namespace touchstone::inline v0::registry::combination
