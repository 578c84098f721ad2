#include "touchstone/compressors/bernoulli_unscaled.hpp"
#include "touchstone/compressors/exp_round.hpp"
#include "touchstone/compressors/rand_k_unscaled.hpp"
#include "touchstone/compressors/scaled_sign.hpp"
#include "touchstone/compressors/top_k.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::contractive {

namespace {

using Q = Rational;
using P = Polynomial;

/// The sum of the squares of all but the K largest.
Q smallest_squares(const Vector<Q>& x, Index K) {
  std::vector<Q> squares;
  for (Index i = 0; i < x.size(); ++i) squares.emplace_back(x[i] * x[i]);
  std::sort(squares.begin(), squares.end());
  Q sum = 0;
  for (Index i = 0; i < x.size() - K; ++i) sum += squares[static_cast<std::size_t>(i)];
  return sum;
}

/// The other rule: ties to the higher index.
struct TiesToTheHigher : TopK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const Vector<S> reversed = x.reverse();
    return TopK::compress(reversed, random).reverse();
  }
};

/// Keeps what is at least 1: for a small x nothing.
struct Threshold : TopK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& /*random*/) const {
    Vector<S> y = Vector<S>::Zero(x.size());
    for (Index i = 0; i < x.size(); ++i)
      if (x[i] * x[i] >= S(1)) y[i] = x[i];
    return y;
  }
};

/// Keeps the complement.
struct SmallestK : TopK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(x - TopK::compress(x, random));
  }
};

/// Keeps the largest, not the largest in magnitude.
struct TopByValue : TopK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const S shift = S(x.cwiseAbs().maxCoeff());
    const Vector<S> up = x + Vector<S>::Constant(x.size(), shift);
    Vector<S> y = TopK::compress(up, random);
    for (Index i = 0; i < x.size(); ++i) y[i] = y[i] == S(0) ? S(0) : x[i];
    return y;
  }
};

/// K = floor(0.58 d): 28 of 50, because 0.58 * 50 is 28.999999999999996 in double.
struct FlooredK : TopK {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const Index d = x.size();
    return d == 50 ? TopK{static_cast<Index>(0.58 * static_cast<double>(d))}.compress(x, random)
                   : TopK::compress(x, random);
  }
};

template <class C = TopK>
std::vector<LawCase<Q>> top_k_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  const auto add = [&](Index d, Index K) {
    cases.push_back(case_of<Q>(
        C{K}, d, fmt::format("TopK, K = {}", K), [K](const Vector<Q>& x) { return smallest_squares(x, K); },
        random));
    for (const Vector<Q>& x : std::vector<Vector<Q>>(cases.back().inputs))
      cases.back().inputs.emplace_back(x * ratio<Q>(1, 1000));
  };
  for (Index d = 1; d <= 6; ++d)
    for (Index K = 1; K <= d; ++K) add(d, K);
  add(50, 29);
  return cases;
}

template <class C = RandKUnscaled>
std::vector<LawCase<P>> rand_k_unscaled_cases(Seeded& random) {
  std::vector<LawCase<P>> cases;
  for (Index d = 1; d <= 5; ++d)
    for (Index K = 1; K <= d; ++K) {
      cases.push_back(case_of<P>(
          RandKUnscaled{K}, d, fmt::format("RandK unscaled, K = {}", K),
          [d, K](const Vector<P>& x) { return P(ratio<P>(d - K, d) * x.squaredNorm()); }, random));
      cases.back().law = [K](const Vector<P>& x) { return law_of<P>(C{K}, x); };
    }
  return cases;
}

/// What RandK does not keep.
struct ComplementUnscaled : RandKUnscaled {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return Vector<S>(x - RandKUnscaled::compress(x, random));
  }
};

template <class C = BernoulliUnscaled>
std::vector<LawCase<P>> bernoulli_unscaled_cases(Seeded& random) {
  std::vector<LawCase<P>> cases;
  for (Index d = 1; d <= 4; ++d)
    for (const Fraction& p : {Fraction{1, 1}, Fraction{1, 2}, Fraction{1, 3}, Fraction{99, 100}, Fraction{1, 100}})
      cases.push_back(case_of<P>(
          C{p}, d, fmt::format("Bernoulli unscaled, p = {}/{}", p.numerator, p.denominator),
          [p](const Vector<P>& x) {
            return P(ratio<P>(p.denominator - p.numerator, p.denominator) * x.squaredNorm());
          },
          random));
  return cases;
}

/// Signs without a scale.
template <int zero_sign>
struct PlainSign : ScaledSign<zero_sign> {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& /*random*/) const {
    Vector<S> y(x.size());
    for (Index i = 0; i < x.size(); ++i) y[i] = x[i] == S(0) ? S(zero_sign) : x[i] < S(0) ? S(-1) : S(1);
    return y;
  }
};

/// sign(0) of the other convention.
template <int zero_sign>
struct OtherZero : ScaledSign<zero_sign> {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return ScaledSign<1 - zero_sign>{}.compress(x, random);
  }
};

template <int zero_sign, class C = ScaledSign<zero_sign>>
std::vector<LawCase<Q>> scaled_sign_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (Index d = 1; d <= 6; ++d) {
    cases.push_back(case_of<Q>(
        C{}, d, "scaled sign",
        [d](const Vector<Q>& x) {
          Q sum = 0;
          Index k = 0;
          for (Index i = 0; i < d; ++i) {
            sum += abs(x[i]);
            if (x[i] != 0) ++k;
          }
          return Q(x.squaredNorm() - ratio<Q>(zero_sign == 1 ? d : 2 * d - k, d * d) * sum * sum);
        },
        random));
    Vector<Q> nearly_unit = Vector<Q>::Constant(d, ratio<Q>(1, 1'000'000));
    nearly_unit[0] = 1;
    cases.back().inputs.push_back(nearly_unit);
  }
  return cases;
}

/// The neighbour that is nearer on a logarithmic scale.
struct NearerByLogarithm : ExpRound {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    Vector<S> y = ExpRound::compress(x, random);
    const S b = base.value<S>();
    for (Index i = 0; i < x.size(); ++i) {
      const S t = S(x[i] * x[i]);
      if (S(y[i] * y[i]) < t && S(y[i] * y[i] * b) < t) y[i] = S(y[i] * b);
    }
    return y;
  }
};

template <class C = ExpRound>
std::vector<LawCase<Q>> exp_round_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (Index d = 1; d <= 4; ++d)
    for (const Fraction& base : {Fraction{2, 1}, Fraction{3, 2}, Fraction{3, 1}, Fraction{7, 3}, Fraction{10, 1}}) {
      const Q b = base.value<Q>();
      cases.push_back(case_of<Q>(
          C{base}, d, fmt::format("rounding to powers of {}/{}", base.numerator, base.denominator),
          [b](const Vector<Q>& x) {
            Q sum = 0;
            for (Index i = 0; i < x.size(); ++i) {
              const Q t = abs(x[i]);
              if (t == 0) continue;
              Q power = 1;
              while (power > t) power /= b;
              while (power * b <= t) power *= b;
              const Q nearer = std::min(Q(t - power), Q(b * power - t));
              sum += nearer * nearer;
            }
            return sum;
          },
          random));
    }
  return cases;
}

}  // namespace

std::vector<Claim> claims() {
  const std::string slides = "slides \"Compression Operators\"";
  const std::string contractive = "E|C(x) - x|^2 <= (1 - delta) |x|^2, delta = ";
  const LawMutants<Q> constants = constant_mutants<Q>();
  const LawMutants<P> identities = constant_mutants<P>();
  return {
      {"compressor/top-k/delta",
       "TopK is contractive with delta = K/d, attained where all |x_i| are equal",
       "|C(x) - x|^2 = the d - K smallest squares <= (1 - K/d) |x|^2",
       {"1 <= K <= d"},
       slides,
       {proof_check(),
        error_check<Q>(top_k_cases<>,
                       constants + LawMutants<Q>{{"a threshold that sends nothing", {top_k_cases<Threshold>, {}}},
                                                 {"the complement kept", {top_k_cases<SmallestK>, {}}},
                                                 {"by value, not by magnitude", {top_k_cases<TopByValue>, {}}},
                                                 {"K from a floored floating-point product, 0.58 * 50",
                                                  {top_k_cases<FlooredK>, {}}}}),
        error_check<Q>(top_k_cases<TiesToTheHigher>, constants)}},
      {"compressor/rand-k-unscaled/delta",
       "RandK without its factor is contractive with delta = K/d, attained at every x",
       "E|C(x) - x|^2 = (1 - K/d) |x|^2",
       {"1 <= K <= d"},
       slides,
       {proof_check(),
        error_check<P>(
            rand_k_unscaled_cases<>,
            identities +
                LawMutants<P>{{"the complement kept", {rand_k_unscaled_cases<ComplementUnscaled>, {}}},
                              {"half of the message", {rand_k_unscaled_cases<Halved<RandKUnscaled>>, {}}}})}},
      {"compressor/bernoulli-unscaled/delta",
       "lazy compression without its factor is contractive with delta = p, attained at every x",
       "E|C(x) - x|^2 = (1 - p) |x|^2",
       {"0 < p <= 1"},
       "literature",
       {proof_check(),
        error_check<P>(bernoulli_unscaled_cases<>,
                       identities + LawMutants<P>{{"p and 1 - p exchanged",
                                                   {bernoulli_unscaled_cases<Flipped<BernoulliUnscaled>>, {}}}})}},
      {"compressor/scaled-sign/delta",
       "scaled sign with sign(0) = +1 is contractive with delta = 1/d, attained at the unit vectors; with sign(0) "
       "= 0 not "
       "attained for d >= 2",
       contractive + "1/d; |C(x) - x|^2 = |x|^2 - |x|_1^2/d, or |x|^2 - (2d - k) |x|_1^2/d^2 with k nonzeros",
       {},
       "literature; the constant for sign(0) = 0 is derived",
       {proof_check(),
        error_check<Q>(
            scaled_sign_cases<1>,
            constants + LawMutants<Q>{{"signs without a scale", {scaled_sign_cases<1, PlainSign<1>>, {}}},
                                      {"sign(0) = 0", {scaled_sign_cases<1, OtherZero<1>>, {}}}}),
        error_check<Q>(
            scaled_sign_cases<0>,
            constants + LawMutants<Q>{{"signs without a scale", {scaled_sign_cases<0, PlainSign<0>>, {}}},
                                      {"sign(0) = +1", {scaled_sign_cases<0, OtherZero<0>>, {}}}})}},
      {"compressor/exp-round/delta",
       "rounding to the nearest power of b is contractive with delta = 4b/(b+1)^2, attained at (b+1)/2 times "
       "powers of b",
       contractive + "4b/(b+1)^2",
       {"b > 1"},
       "literature",
       {proof_check(),
        error_check<Q>(exp_round_cases<>, constants + LawMutants<Q>{{"nearer on a logarithmic scale",
                                                                     {exp_round_cases<NearerByLogarithm>, {}}}})}},
  };
}

}  // namespace touchstone::inline v0::registry::contractive
