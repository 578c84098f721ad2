#include "touchstone/compressors/adaptive_sparsification.hpp"
#include "touchstone/compressors/bernoulli.hpp"
#include "touchstone/compressors/identity.hpp"
#include "touchstone/compressors/independent_sparsification.hpp"
#include "touchstone/compressors/l1_sampling.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::sparsifier {

namespace {

constexpr Index most_d = 4;

/// The slide's text: K coordinates, as they are.
struct WithoutScale : RandK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(RandK::compress(x, random) * ratio<S>(K, x.size()));
  }
};

/// Sends what should be left out; a subset of all coordinates has an empty complement.
struct ComplementKept : RandK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(ratio<S>(x.size(), K) * x - RandK::compress(x, random));
  }
};

/// K draws of a coordinate; a coordinate drawn twice is sent once.
struct WithReplacement : RandK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    Vector<S> y = Vector<S>::Zero(x.size());
    for (Index draw = 0; draw < K; ++draw) {
      const Index i = random.choose(x.size());
      y[i] = S(ratio<S>(x.size(), K) * x[i]);
    }
    return y;
  }
};

/// K draws of a coordinate, summed: unbiased, with too much variance.
struct DrawsSummed : RandK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    Vector<S> y = Vector<S>::Zero(x.size());
    for (Index draw = 0; draw < K; ++draw) {
      const Index i = random.choose(x.size());
      y[i] += S(ratio<S>(x.size(), K) * x[i]);
    }
    return y;
  }
};

template <Field S, class C = RandK>
std::vector<LawCase<S>> rand_k_cases(Seeded& random) {
  std::vector<LawCase<S>> cases;
  for (Index d = 1; d <= most_d + 1; ++d)
    for (Index K = 1; K <= d; ++K)
      cases.push_back(case_of<S>(
          C{K}, d, fmt::format("RandK, K = {}", K),
          [d, K](const Vector<S>& x) { return S(ratio<S>(d - K, K) * x.squaredNorm()); }, random));
  return cases;
}

template <Field S, class C = Identity>
std::vector<LawCase<S>> identity_cases(Seeded& random) {
  std::vector<LawCase<S>> cases;
  for (Index d = 1; d <= most_d; ++d)
    cases.push_back(case_of<S>(
        C{}, d, "identity", [](const Vector<S>&) { return S(0); }, random));
  return cases;
}

const std::vector<Fraction> probabilities{{1, 1}, {1, 2}, {1, 3}, {2, 3}, {3, 4}, {1, 100}, {99, 100}};

template <Field S, class C = Bernoulli>
std::vector<LawCase<S>> bernoulli_cases(Seeded& random) {
  std::vector<LawCase<S>> cases;
  for (Index d = 1; d <= most_d; ++d)
    for (const Fraction& p : probabilities)
      cases.push_back(case_of<S>(
          C{p}, d, fmt::format("Bernoulli, p = {}/{}", p.numerator, p.denominator),
          [p](const Vector<S>& x) {
            return S(ratio<S>(p.denominator - p.numerator, p.numerator) * x.squaredNorm());
          },
          random));
  return cases;
}

template <Field S, class C = IndependentSparsification>
std::vector<LawCase<S>> independent_cases(Seeded& random) {
  std::vector<LawCase<S>> cases;
  for (Index d = 1; d <= most_d; ++d)
    for (std::size_t first = 0; first < probabilities.size(); ++first) {
      std::vector<Fraction> p;
      for (std::size_t i = 0; i < static_cast<std::size_t>(d); ++i)
        p.push_back(probabilities[(first + 2 * i) % probabilities.size()]);
      cases.push_back(case_of<S>(
          C{p}, d, fmt::format("independent sparsification, p_1 = {}/{}", p[0].numerator, p[0].denominator),
          [p](const Vector<S>& x) {
            S sum(0);
            for (Index i = 0; i < x.size(); ++i) {
              const Fraction& p_i = p[static_cast<std::size_t>(i)];
              sum += S(ratio<S>(p_i.denominator - p_i.numerator, p_i.numerator) * x[i] * x[i]);
            }
            return sum;
          },
          random));
    }
  return cases;
}

/// sum (1/p_i - 1) x_i^2 where p_i = min(1, |x_i|/tau) sum to min(kappa, nonzeros): tau by trial of every number of
/// certain coordinates.
Rational filled_error(const Rational& kappa, const Vector<Rational>& x) {
  std::vector<Rational> sizes;
  Rational squares = 0;
  for (Index i = 0; i < x.size(); ++i) {
    sizes.emplace_back(abs(x[i]));
    squares += x[i] * x[i];
  }
  std::sort(sizes.begin(), sizes.end(), std::greater<>());
  for (std::size_t certain = 0; certain < sizes.size(); ++certain) {
    Rational tail = 0;
    for (std::size_t j = certain; j < sizes.size(); ++j) tail += sizes[j];
    if (tail == 0) return 0;
    const Rational room = kappa - Rational(static_cast<Index>(certain));
    if (room <= 0) break;
    const Rational tau = tail / room;
    if (sizes[certain] > tau || (certain > 0 && sizes[certain - 1] < tau)) continue;
    Rational error = 0;
    for (std::size_t j = certain; j < sizes.size(); ++j) error += sizes[j] * (tau - sizes[j]);
    return error;
  }
  return 0;
}

template <class C = AdaptiveSparsification>
std::vector<LawCase<Rational>> adaptive_cases(Seeded& random) {
  std::vector<LawCase<Rational>> cases;
  for (Index d = 1; d <= most_d; ++d)
    for (Index thirds = 1; thirds <= 3 * d; thirds += thirds < 6 ? 1 : 2)
      cases.push_back(case_of<Rational>(
          C{{thirds, 3}}, d, fmt::format("adaptive sparsification, kappa = {}/3", thirds),
          [kappa = ratio<Rational>(thirds, 3)](const Vector<Rational>& x) { return filled_error(kappa, x); },
          random));
  return cases;
}

/// Probabilities in proportion to the squares.
struct PickedBySquares : L1Sampling {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const S squares = S(x.squaredNorm());
    if (squares == S(0)) return x;
    std::vector<S> p;
    for (Index i = 0; i < x.size(); ++i) p.push_back(S(x[i] * x[i] / squares));
    const Index i = random.pick(p);
    const S norm = sum_norm(x);
    return Vector<S>(Vector<S>::Unit(x.size(), i) * (x[i] < S(0) ? S(-norm) : norm));
  }
};

template <class C = L1Sampling>
std::vector<LawCase<Rational>> l1_cases(Seeded& random) {
  std::vector<LawCase<Rational>> cases;
  for (Index d = 1; d <= most_d + 1; ++d)
    cases.push_back(case_of<Rational>(
        C{}, d, "l1 sampling",
        [](const Vector<Rational>& x) {
          Rational sum = 0;
          for (Index i = 0; i < x.size(); ++i) sum += abs(x[i]);
          return Rational(sum * sum - x.squaredNorm());
        },
        random));
  return cases;
}

}  // namespace

std::vector<Claim> claims() {
  using P = Polynomial;
  using Q = Rational;
  const std::string slides = "slides \"Compression Operators\"";
  const std::string unbiased = "E Q(x) = x";
  return {
      {"compressor/identity/contract",
       "the identity is unbiased with omega = 0",
       "E Q(x) = x, E|Q(x) - x|^2 = 0",
       {},
       slides,
       {unbiased_check<P>(identity_cases<P>,
                          {{"values moved by a place", {identity_cases<P, Moved<Identity>>, {}}}}),
        error_check<P>(identity_cases<P>, {{"half of the message", {identity_cases<P, Halved<Identity>>, {}}}})}},
      {"compressor/rand-k/unbiased",
       "RandK is unbiased",
       unbiased,
       {"1 <= K <= d"},
       slides,
       {unbiased_check<P>(rand_k_cases<P>, {{"d/K forgotten", {rand_k_cases<P, WithoutScale>, {}}},
                                            {"the complement kept", {rand_k_cases<P, ComplementKept>, {}}},
                                            {"drawn with replacement", {rand_k_cases<P, WithReplacement>, {}}},
                                            {"values moved by a place", {rand_k_cases<P, Moved<RandK>>, {}}}})}},
      {"compressor/rand-k/omega",
       "RandK has omega = d/K - 1, attained at every x",
       "E|Q(x) - x|^2 = (d/K - 1) |x|^2",
       {"1 <= K <= d"},
       slides,
       {proof_check(),
        error_check<P>(rand_k_cases<P>,
                       constant_mutants<P>() +
                           LawMutants<P>{{"d/K forgotten", {rand_k_cases<P, WithoutScale>, {}}},
                                         {"draws with replacement, summed", {rand_k_cases<P, DrawsSummed>, {}}}})}},
      {"compressor/bernoulli/unbiased",
       "lazy compression is unbiased",
       unbiased,
       {"0 < p <= 1"},
       "literature",
       {unbiased_check<P>(bernoulli_cases<P>,
                          {{"1/p forgotten", {bernoulli_cases<P, Halved<Bernoulli>>, {}}},
                           {"p and 1 - p exchanged", {bernoulli_cases<P, Flipped<Bernoulli>>, {}}}})}},
      {"compressor/bernoulli/omega",
       "lazy compression has omega = 1/p - 1, attained at every x",
       "E|Q(x) - x|^2 = (1/p - 1) |x|^2",
       {"0 < p <= 1"},
       "literature",
       {error_check<P>(bernoulli_cases<P>,
                       constant_mutants<P>() + LawMutants<P>{{"p and 1 - p exchanged",
                                                              {bernoulli_cases<P, Flipped<Bernoulli>>, {}}}})}},
      {"compressor/independent-sparsification/unbiased",
       "independent sparsification is unbiased",
       unbiased,
       {"0 < p_i <= 1"},
       "Wangni et al.",
       {unbiased_check<P>(
           independent_cases<P>,
           {{"1/p forgotten", {independent_cases<P, Halved<IndependentSparsification>>, {}}},
            {"p and 1 - p exchanged", {independent_cases<P, Flipped<IndependentSparsification>>, {}}}})}},
      {"compressor/independent-sparsification/omega",
       "independent sparsification has omega = 1/min p_i - 1, attained at the unit vector of the least p_i",
       "E|Q(x) - x|^2 = sum (1/p_i - 1) x_i^2 <= (1/min p_i - 1) |x|^2",
       {"0 < p_i <= 1"},
       "Wangni et al.; the constant is derived",
       {error_check<Q>(independent_cases<Q>, constant_mutants<Q>()),
        error_check<P>(
            [](Seeded& random) {
              auto cases = independent_cases<P>(random);
              for (auto& c : cases) c.worst_case.reset();  // the closed form alone, for all x
              return cases;
            },
            {{"p and 1 - p exchanged", {independent_cases<P, Flipped<IndependentSparsification>>, {}}}})}},
      {"compressor/adaptive-sparsification/unbiased",
       "adaptive sparsification is unbiased",
       unbiased,
       {"0 < kappa <= d"},
       "Wangni et al.",
       {unbiased_check<Q>(
           adaptive_cases<>,
           {{"p and 1 - p exchanged", {adaptive_cases<Flipped<AdaptiveSparsification>>, {}}},
            {"deterministic, called random", {adaptive_cases<Deterministic<AdaptiveSparsification>>, {}}}})}},
      {"compressor/adaptive-sparsification/omega",
       "adaptive sparsification has omega = d/kappa - 1, attained where all |x_i| are equal",
       "E|Q(x) - x|^2 = sum over |x_i| < tau of |x_i| (tau - |x_i|) <= (d/kappa - 1) |x|^2",
       {"0 < kappa <= d", "sum min(1, |x_i|/tau) = min(kappa, number of nonzero x_i)"},
       "derived",
       {error_check<Q>(
           adaptive_cases<>,
           constant_mutants<Q>() +
               LawMutants<Q>{{"half of the message", {adaptive_cases<Halved<AdaptiveSparsification>>, {}}}})}},
      {"compressor/l1-sampling/unbiased",
       "l1 sampling is unbiased",
       unbiased,
       {},
       "literature",
       {unbiased_check<Q>(l1_cases<>,
                          {{"weights read from the end", {l1_cases<Flipped<L1Sampling>>, {}}},
                           {"picked in proportion to the squares", {l1_cases<PickedBySquares>, {}}},
                           {"the largest, called random", {l1_cases<Deterministic<L1Sampling>>, {}}}})}},
      {"compressor/l1-sampling/omega",
       "l1 sampling has omega = d - 1, attained where all |x_i| are equal",
       "E|Q(x) - x|^2 = |x|_1^2 - |x|^2 <= (d - 1) |x|^2",
       {},
       "derived",
       {error_check<Q>(l1_cases<>, constant_mutants<Q>() + LawMutants<Q>{{"picked in proportion to the squares",
                                                                          {l1_cases<PickedBySquares>, {}}}})}},
  };
}

}  // namespace touchstone::inline v0::registry::sparsifier
