#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/natural.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/participation.hpp"
#include "touchstone/compressors/perm_k.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/random_column.hpp"
#include "touchstone/compressors/shared_rand_k.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "verify/claims/compressors/draws_check.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::compressor_draws {

namespace {

/// Two places, drawn one after another; an equal second one is replaced by the place before it.
struct DrawnWithReplacement : RandK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const Index first = random.choose(x.size());
    const Index second = random.choose(x.size());
    Vector<S> y = Vector<S>::Zero(x.size());
    for (const Index i : {first, second != first ? second : first == 0 ? 1 : first - 1})
      y[i] = ratio<S>(x.size(), 2) * x[i];
    return y;
  }
};

/// The first coin's answer is that of all.
template <class R>
struct OneCoin : PassedOn<OneCoin<R>, R> {
  bool tossed = false;
  bool answer = false;
  template <class S>
  bool bernoulli(const S& p) {
    if (!tossed) answer = this->random.bernoulli(p);
    tossed = true;
    return answer;
  }
};

/// A column with probability proportional to its square.
struct LongerColumns : RandomColumn {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const Matrix<S> X = as_matrix(x, rows);
    std::vector<S> squares;
    for (Index j = 0; j < columns; ++j) squares.emplace_back(X.col(j).squaredNorm() / X.squaredNorm());
    const Matrix<S> start = Matrix<S>::Identity(columns, columns).col(random.pick(squares));
    return product_of(projected_on_range(X, start));
  }
};

/// What two workers send, one after the other.
Vector<Rational> of_two(const std::vector<Vector<Rational>>& sent) {
  Vector<Rational> both(sent[0].size() + sent[1].size());
  both << sent[0], sent[1];
  return both;
}

Claim joint_draws_claim(const std::string& name, const std::string& statement, const std::string& at,
                        const DrawsCase& stated, const std::string& wrong, const DrawsCase& mutant) {
  return {"compressor/" + name + "/seeded-law",
          "seeded draws of " + name + " follow their joint law",
          statement,
          {at},
          "derived",
          {draws_check(stated, {{"the same draws in every iteration", {stated.law, stated.draw, true}},
                                {wrong, {stated.law, mutant.draw}}})}};
}

}  // namespace

std::vector<Claim> claims() {
  constexpr auto one = NormIndex::one;
  constexpr auto two = NormIndex::two;
  constexpr auto infinity = NormIndex::infinity;
  Vector<Rational> x(3);
  x << 1, -2, ratio<Rational>(5, 7);
  Vector<Rational> pythagorean(3);
  pythagorean << 1, -2, 2;
  Vector<Rational> two_rows(6);  // column by column
  two_rows << 1, 1, -2, 1, ratio<Rational>(5, 7), 2;
  const std::string at = "x = (1, -2, 5/7)";
  const IndependentSparsification independent{{{1, 2}, {1, 3}, {3, 4}}};
  const std::vector<Vector<Rational>> a{x.head(2), Vector<Rational>(pythagorean.head(2))};
  const auto of_workers = [a](const auto& c) {
    return draws_case([a, c](auto& random) { return of_two(c.compress_all(a, random)); });
  };
  const auto unshared = [a](const auto& c) {
    return DrawsCase{{}, [a, c](Seeded& random) {
                       const Vector<Rational> first = c.compress_all(a, random)[0];
                       return of_two({first, c.compress_all(a, random)[1]});
                     }};
  };
  const auto by_worker = [a](bool one_mask) {
    return [a, one_mask](auto& random) {
      const Index k = random.place().iteration;
      const Vector<Rational> first = RandK{1}.compress(a[0], random.worker(0));
      if (one_mask) random.begin_iteration(k);
      return of_two({first, RandK{1}.compress(a[1], random.worker(one_mask ? 0 : 1))});
    };
  };
  const DrawsCase workers = draws_case(by_worker(false));
  const DrawsCase masked{{}, [run = by_worker(true)](Seeded& random) { return run(random); }};
  const auto wrong = [](const std::string& name, const auto& c) { return std::pair(name, c); };
  const std::string coins = "coins flipped";
  const std::string coin = "one coin for all coordinates";
  return {
      draws_claim("rand-k", "x = (1, -2, 5/7), K = 2", RandK{2}, x,
                  wrong("drawn with replacement", DrawnWithReplacement{{2}})),
      draws_claim("bernoulli", at + ", p = 1/3", Bernoulli{{1, 3}}, x, wrong(coins, Flipped<Bernoulli>{{{1, 3}}}),
                  wrong("p = 2/5", Bernoulli{{2, 5}})),
      draws_claim("independent-sparsification", at + ", p = (1/2, 1/3, 3/4)", independent, x,
                  wrong(coins, Flipped<IndependentSparsification>{independent}),
                  wrong(coin, Answered<IndependentSparsification, OneCoin>{independent})),
      draws_claim("adaptive-sparsification", at + ", kappa = 3/2", AdaptiveSparsification{{3, 2}}, x,
                  wrong(coins, Flipped<AdaptiveSparsification>{{{3, 2}}})),
      draws_claim("l1-sampling", at, L1Sampling{}, x, wrong("weights read from the end", Flipped<L1Sampling>{})),
      draws_claim("dithering-1", at + ", s = 4", Dithering{one, 4}, x, wrong(coins, Flipped<Dithering>{{one, 4}}),
                  wrong(coin, Answered<Dithering, OneCoin>{{one, 4}})),
      draws_claim("dithering-2", "x = (1, -2, 2), s = 2", Dithering{two, 2}, pythagorean,
                  wrong(coins, Flipped<Dithering>{{two, 2}}), wrong(coin, Answered<Dithering, OneCoin>{{two, 2}})),
      draws_claim("dithering-inf", at + ", s = 3", Dithering{infinity, 3}, x,
                  wrong(coins, Flipped<Dithering>{{infinity, 3}})),
      draws_claim("terngrad", at, TernGrad{}, x, wrong(coin, Answered<TernGrad, OneCoin>{})),
      draws_claim("natural", at, Natural{}, x, wrong(coins, Flipped<Natural>{})),
      draws_claim("exp-stochastic", at + ", b = 3", ExpStochastic{{3, 1}}, x,
                  wrong(coins, Flipped<ExpStochastic>{{{3, 1}}}),
                  wrong(coin, Answered<ExpStochastic, OneCoin>{{{3, 1}}})),
      draws_claim("natural-dithering", "x = (1, -2, 2), q = 2, s = 3", NaturalDithering{two, 3}, pythagorean,
                  wrong(coins, Flipped<NaturalDithering>{{two, 3}})),
      draws_claim("rand-k-unscaled", at + ", K = 2", RandKUnscaled{2}, x, wrong("scaled by d/K", RandK{2})),
      draws_claim("bernoulli-unscaled", at + ", p = 1/3", BernoulliUnscaled{{1, 3}}, x,
                  wrong(coins, Flipped<BernoulliUnscaled>{{{1, 3}}})),
      draws_claim("random-column", "X = [1 -2 5/7; 1 1 2], r = 1", RandomColumn{2, 3, 1}, two_rows,
                  wrong("longer columns more often", LongerColumns{{2, 3, 1}})),
      draws_claim("participation", at + ", RandK, K = 1, p = 1/3", Participation<RandK>{{1, 3}, {1}}, x,
                  wrong(coins, Flipped<Participation<RandK>>{{{1, 3}, {1}}})),
      joint_draws_claim("perm-k", "the workers' coordinates are a uniform permutation", "n = d = 2",
                        of_workers(PermK{}), "a permutation for each worker", unshared(PermK{})),
      joint_draws_claim("shared-rand-k", "all workers have the same uniform subset", "n = d = 2, K = 1",
                        of_workers(SharedRandK{1}), "a subset for each worker", unshared(SharedRandK{1})),
      joint_draws_claim("independent", "the choices of different workers are independent",
                        "RandK, n = d = 2, K = 1", workers, "one mask for all workers", masked),
  };
}

}  // namespace touchstone::inline v0::registry::compressor_draws
