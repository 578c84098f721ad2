// What every compressor promises by its flags and its page, at random rational vectors, through one list.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "properties/falsify.hpp"
#include "properties/generators.hpp"
#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/averaged.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/block.hpp"
#include "touchstone/compressors/composed.hpp"
#include "touchstone/compressors/composed_on_kept.hpp"
#include "touchstone/compressors/composed_unbiased.hpp"
#include "touchstone/compressors/convex_combination.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/induced.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/one_of.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/scaled.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"

namespace touchstone::properties::compressor_list_properties {
namespace {

using V = Vector<Rational>;
using Law = std::vector<std::pair<Rational, V>>;

/// What the flags do not say.
struct Promise {
  bool equivariant = true;     ///< Q(P x) has the law of P Q(x) for permutations P
  bool within_support = true;  ///< zeros stay zeros
};

/// A number of coordinates or levels, and a number above 1.
struct Parameters {
  Index K;
  Index more;
};

/// Every compressor at dimension d, with the parameters and what it promises.
template <class Visit>
void for_each_compressor(Index d, const Parameters& with, const Visit& visit) {
  const auto [K, more] = with;
  IndependentSparsification mixed;
  for (Index i = 0; i < d; ++i) mixed.p.push_back({1 + (i + K) % more, more});
  visit("identity", Identity{}, Promise{});
  visit("rand-k", RandK{K}, Promise{});
  visit("bernoulli", Bernoulli{{1, more}}, Promise{});
  visit("independent-sparsification", mixed, Promise{.equivariant = false});
  visit("adaptive-sparsification", AdaptiveSparsification{{K, more}}, Promise{});
  visit("l1-sampling", L1Sampling{}, Promise{});
  visit("dithering-1", Dithering{NormIndex::one, more}, Promise{});
  visit("dithering-inf", Dithering{NormIndex::infinity, K}, Promise{});
  visit("terngrad", TernGrad{}, Promise{});
  visit("natural", Natural{}, Promise{});
  visit("exp-stochastic", ExpStochastic{{more + 1, more}}, Promise{});
  visit("natural-dithering", NaturalDithering{NormIndex::infinity, more}, Promise{});
  const Promise in_order{.equivariant = false};  // ties go to the lower index
  visit("top-k", TopK{K}, in_order);
  visit("rand-k-unscaled", RandKUnscaled{K}, Promise{});
  visit("bernoulli-unscaled", BernoulliUnscaled{{1, more}}, Promise{});
  visit("scaled-sign", ScaledSign<1>{}, Promise{.within_support = false});
  visit("scaled-sign-zero", ScaledSign<0>{}, Promise{});
  visit("exp-round", ExpRound{{more, 1}}, Promise{});
  visit("random-column", RandomColumn{1, d, K}, Promise{});
  visit("scaled", Scaled<L1Sampling>{L1Sampling{}}, Promise{});
  visit("composed", Composed<TopK, RandK>{{K}, {1}}, in_order);
  visit("composed-on-kept", ComposedOnKept<TopK, Natural>{{K}, {}}, in_order);
  visit("composed-unbiased", ComposedUnbiased<RandK, Natural>{{K}, {}}, Promise{});
  visit("induced", Induced<TopK, RandK>{{1}, {K}}, in_order);
  visit("participation", Participation<RandK>{{1, more}, {K}}, Promise{});
  visit("averaged", Averaged<RandK>{2, {K}}, Promise{});
  visit("block", Block<L1Sampling>{{d}, {L1Sampling{}}}, Promise{});
  visit("one-of", OneOf<TopK, RandKUnscaled>{RandKUnscaled{K}}, in_order);
  visit("convex-combination", ConvexCombination<TopK, RandKUnscaled>{{1, more}, {{K}, {1}}}, in_order);
}

Law sorted(Law law) {
  std::sort(law.begin(), law.end(), [](const auto& a, const auto& b) {
    return std::lexicographical_compare(a.second.begin(), a.second.end(), b.second.begin(), b.second.end());
  });
  return law;
}

template <class C>
Law law_at(const C& c, const V& x) {
  return sorted(distribution<Rational>([&](auto& random) { return c.compress(x, random); }));
}

/// The law of every outcome multiplied.
Law times(Law law, const Rational& factor) {
  for (auto& [p, y] : law) y *= factor;
  return sorted(std::move(law));
}

V rotated(const V& x) {
  V y = x;
  std::rotate(y.begin(), y.begin() + 1, y.end());
  return y;
}

template <class C>
bool maps_zero_to_zero(const C& c, Index d) {
  return law_at(c, V(V::Zero(d))) == Law{{1, V(V::Zero(d))}};
}

template <class C>
bool scales(const C& c, const V& x, const Rational& factor) {
  return law_at(c, V(factor * x)) == times(law_at(c, x), factor);
}

template <class C>
bool is_equivariant(const C& c, const V& x) {
  Law law = law_at(c, x);
  for (auto& [p, y] : law) y = rotated(y);
  return law_at(c, rotated(x)) == sorted(std::move(law));
}

template <class C>
bool keeps_support(const C& c, const V& x) {
  for (const auto& [p, y] : law_at(c, x))
    for (Index i = 0; i < x.size(); ++i)
      if (x[i] == 0 && y[i] != 0) return false;
  return true;
}

/// Unbiased or contractive, as stated; an equality if so stated.
template <class C>
bool keeps_contract(const C& c, const V& x) {
  V mean = V::Zero(x.size());
  Rational error = 0;
  for (const auto& [p, y] : law_at(c, x)) {
    mean += p * y;
    error += p * Rational(V(y - x).squaredNorm());
  }
  const Index d = x.size();
  const auto within = [&](const Rational& constant) {
    const Rational bound = constant * x.squaredNorm();
    return C::attained_everywhere ? error == bound : error <= bound;
  };
  bool kept = true;
  if constexpr (requires { c.template omega<Rational>(d); })
    kept = mean == x && within(omega_bound<Rational>(c, d));
  if constexpr (requires { c.template delta<Rational>(d); })
    kept = kept && within(Rational(1 - c.template delta<Rational>(d)));
  return kept;
}

/// E<Q_1, Q_2> = <E Q_1, E Q_2> for two workers; `one_mask`: the second repeats what the first drew.
template <class C>
bool is_independent_across_workers(const C& c, const V& x, bool one_mask = false) {
  V mean = V::Zero(x.size());
  for (const auto& [p, y] : law_at(c, x)) mean += p * y;
  const auto product = expectation<Rational>([&](auto& random) {
    const V first = c.compress(x, random.worker(0));
    const V second = one_mask ? first : V(c.compress(x, random.worker(1)));
    return Rational(first.dot(second));
  });
  return product == mean.squaredNorm();
}

/// An outcome is determined by its transcript; a deterministic compressor has an empty one.
template <class C>
bool is_replayed(const C& c, const V& x) {
  bool same = true;
  for_each_outcome<Rational>(
      [&](Exhaustive<Rational>& random) {
        Recorder recorder(random);
        const V before = x;
        const V y = c.compress(x, recorder);
        Replayed replayed(recorder.transcript());
        same = same && c.compress(x, replayed) == y && replayed.exhausted() && before == x &&
               (!C::deterministic || recorder.transcript().empty());
        return y;
      },
      [](const Rational&, const V&) {});
  return same;
}

template <class C>
bool costs_what_it_says(const C& c, const V& x, std::uint64_t seed) {
  const auto y = convert<double>(x);
  const Index d = x.size();
  Seeded random(seed);
  const auto message = c.message(y, random);
  BitWriter out;
  c.write(message, d, out);
  BitReader in(out);
  return out.size() == c.bits(message, d, 64) && out.size() <= c.message_bits(d, 64) &&
         c.template read<double>(d, in) == message && in.left() == 0;
}

struct Case {
  V x;
  Parameters with;
};

Case draw_case(Index most_dimensions = 3) {
  const Index d = draw_count("d", 1, most_dimensions);
  return {draw_vector("x", d), {draw_count("K", 1, d), draw_count("more", 2, 4)}};
}

/// predicate(compressor, promise) for all of them.
template <class Predicate>
void assert_for_all(const Case& at, const Predicate& predicate) {
  for_each_compressor(at.x.size(), at.with, [&](const char* name, const auto& c, const Promise& promise) {
    if (!predicate(c, promise)) RC_FAIL(std::string(name));
  });
}

RC_GTEST_PROP(EveryCompressor, MapsZeroToZero, ()) {
  const Case at = draw_case();
  assert_for_all(at, [&](const auto& c, const Promise&) { return maps_zero_to_zero(c, at.x.size()); });
}

RC_GTEST_PROP(EveryCompressor, ScalesAsItsFlagsSay, ()) {
  const Case at = draw_case();
  const Rational factor = *positive_rational().as("factor");
  const Rational power = ratio<Rational>(Index{1} << draw_count("up", 0, 5), Index{1} << draw_count("down", 0, 5));
  assert_for_all(at, [&]<class C>(const C& c, const Promise&) {
    return (!C::homogeneous || scales(c, at.x, factor)) && (!C::two_homogeneous || scales(c, at.x, power)) &&
           (!C::odd || scales(c, at.x, Rational(-1)));
  });
}

RC_GTEST_PROP(EveryCompressor, TreatsCoordinatesAlike, ()) {
  const Case at = draw_case();
  assert_for_all(at, [&](const auto& c, const Promise& p) { return !p.equivariant || is_equivariant(c, at.x); });
}

RC_GTEST_PROP(EveryCompressor, StaysWithinTheSupport, ()) {
  const Case at = draw_case();
  assert_for_all(at, [&](const auto& c, const Promise& p) { return !p.within_support || keeps_support(c, at.x); });
}

RC_GTEST_PROP(EveryCompressor, KeepsItsContract, ()) {
  const Case at = draw_case(4);
  assert_for_all(at, [&](const auto& c, const Promise&) { return keeps_contract(c, at.x); });
}

RC_GTEST_PROP(EveryCompressor, IsIndependentAcrossWorkers, ()) {
  const Case at = draw_case();
  assert_for_all(at, [&](const auto& c, const Promise&) { return is_independent_across_workers(c, at.x); });
}

RC_GTEST_PROP(EveryCompressor, IsReplayedAndLeavesItsArgumentAlone, ()) {
  const Case at = draw_case();
  assert_for_all(at, [&](const auto& c, const Promise&) { return is_replayed(c, at.x); });
}

RC_GTEST_PROP(EveryCompressor, CostsWhatItSays, ()) {
  const Case at = draw_case(5);
  const auto seed = static_cast<std::uint64_t>(draw_count("seed", 0, 1000));
  assert_for_all(at, [&](const auto& c, const Promise&) { return costs_what_it_says(c, at.x, seed); });
}

// Each predicate refutes a compressor that is wrong in this way.

/// 1 is added to the first coordinate.
struct Shifted : Identity {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& /*random*/) const {
    return Vector<S>(x + Vector<S>::Unit(x.size(), 0));
  }
};

/// Counts one bit.
struct Cheap : RandK {
  [[nodiscard]] Index message_bits(Index /*d*/, Index /*scalar_bits*/) const { return 1; }
};

TEST(EveryPredicate, IsRefutedByAWrongCompressor) {
  V x(3);
  x << 1, 0, ratio<Rational>(-5, 3);
  EXPECT_FALSE(maps_zero_to_zero(Shifted{}, 3));
  EXPECT_FALSE(scales(Shifted{}, x, 2));
  EXPECT_FALSE(scales(Natural{}, x, 3)) << "homogeneous for powers of two only";
  EXPECT_FALSE(is_equivariant(IndependentSparsification{{{1, 2}, {1, 3}, {1, 1}}}, x));
  EXPECT_FALSE(keeps_support(Moved<TopK>{{2}}, x));
  EXPECT_FALSE(keeps_contract(Flipped<Natural>{}, x));
  EXPECT_FALSE(keeps_contract(Halved<RandK>{{2}}, x));
  EXPECT_FALSE(keeps_contract(Deterministic<TernGrad>{}, x));
  EXPECT_FALSE(is_independent_across_workers(RandK{1}, x, true));
  EXPECT_FALSE(costs_what_it_says(Cheap{{2}}, x, 1));
}

TEST(EveryPredicate, HasASmallWitness) {
  const auto witness = falsify([] {
    const V x = draw_vector("x", draw_count("d", 1, 3));
    RC_ASSERT(keeps_contract(Flipped<L1Sampling>{}, x));
  });
  ASSERT_TRUE(witness.has_value());
  EXPECT_EQ(*witness, "d = 2\nx = [0, -1]\n");
}

}  // namespace
}  // namespace touchstone::properties::compressor_list_properties
