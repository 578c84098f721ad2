#include "touchstone/compressors/exp_stochastic.hpp"
#include "touchstone/compressors/natural.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::rounding {

namespace {

using Q = Rational;

constexpr Index most_d = 4;

/// The largest power of b that is at most t > 0, by repeated multiplication.
Q power_below(const Q& b, const Q& t) {
  Q power = 1;
  while (power > t) power /= b;
  while (power * b <= t) power *= b;
  return power;
}

/// sum (|x_i| - l_i)(b l_i - |x_i|) with l_i the power of b below |x_i|
Q error_between_powers(const Q& b, const Vector<Q>& x) {
  Q sum = 0;
  for (Index i = 0; i < x.size(); ++i) {
    const Q t = abs(x[i]);
    if (t == 0) continue;
    const Q lower = power_below(b, t);
    sum += (t - lower) * (b * lower - t);
  }
  return sum;
}

/// Also at the worst case moved by powers, with signs, and next to powers.
void add_inputs(LawCase<Q>& c, const Q& b, Index d) {
  Vector<Q> moved = *c.worst_case;
  Vector<Q> next_to_powers(d);
  for (Index i = 0; i < d; ++i) {
    for (Index k = 0; k < i; ++k) moved[i] *= i % 2 == 0 ? Q(b) : Q(-1 / b);
    next_to_powers[i] = (i % 2 == 0 ? 1 : -1) * (b + ratio<Q>(i < 2 ? 1 : -1, 1'000'000));
  }
  c.inputs.push_back(next_to_powers);
  c.inputs.push_back(moved);
  c.worst_case = moved;
}

template <class C = Natural>
std::vector<LawCase<Q>> natural_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (Index d = 1; d <= most_d; ++d) {
    cases.push_back(case_of<Q>(
        C{}, d, "natural compression", [](const Vector<Q>& x) { return error_between_powers(2, x); }, random));
    add_inputs(cases.back(), 2, d);
  }
  return cases;
}

const std::vector<Fraction> bases{{2, 1}, {3, 2}, {3, 1}, {7, 3}, {101, 100}, {10, 1}};

template <class C = ExpStochastic>
std::vector<LawCase<Q>> exp_stochastic_cases(Seeded& random) {
  std::vector<LawCase<Q>> cases;
  for (Index d = 1; d <= most_d; ++d)
    for (const Fraction& base : bases) {
      const Q b = base.value<Q>();
      cases.push_back(case_of<Q>(
          C{base}, d, fmt::format("rounding to powers of {}/{}", base.numerator, base.denominator),
          [b](const Vector<Q>& x) { return error_between_powers(b, x); }, random));
      add_inputs(cases.back(), b, d);
    }
  return cases;
}

/// Tosses a coin for a power of two as well.
struct CoinAtPowers : Natural {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const bool up = random.bernoulli(ratio<S>(1, 2));
    const Vector<S> y = Natural::compress(x, random);
    return up && y == x ? Vector<S>(y * S(2)) : y;
  }
};

/// The probability of the upper neighbour in the logarithm's proportion, roughly: its square.
template <class R>
struct SquaredProbabilities : PassedOn<SquaredProbabilities<R>, R> {
  template <class S>
  bool bernoulli(const S& p) {
    return this->random.bernoulli(S(p * p));
  }
};

}  // namespace

std::vector<Claim> claims() {
  const std::string source = "Horvath et al.";
  const std::string unbiased = "E Q(x) = x";
  return {
      {"compressor/natural/unbiased",
       "natural compression is unbiased",
       unbiased,
       {},
       source,
       {unbiased_check<Q>(natural_cases<>,
                          {{"coins flipped", {natural_cases<Flipped<Natural>>, {}}},
                           {"deterministic, called random", {natural_cases<Deterministic<Natural>>, {}}},
                           {"a coin for powers of two", {natural_cases<CoinAtPowers>, {}}}})}},
      {"compressor/natural/omega",
       "natural compression has omega = 1/8, attained where every |x_i| is 4/3 of a power of two",
       "E|Q(x) - x|^2 = sum (|x_i| - 2^a)(2^{a+1} - |x_i|) <= |x|^2/8",
       {"2^a <= |x_i| < 2^{a+1}"},
       source,
       {proof_check(),
        error_check<Q>(natural_cases<>,
                       constant_mutants<Q>() +
                           LawMutants<Q>{{"coins flipped", {natural_cases<Flipped<Natural>>, {}}},
                                         {"a coin for powers of two", {natural_cases<CoinAtPowers>, {}}}})}},
      {"compressor/exp-stochastic/unbiased",
       "stochastic rounding to powers of b is unbiased",
       unbiased,
       {"b > 1"},
       "literature",
       {unbiased_check<Q>(
           exp_stochastic_cases<>,
           {{"coins flipped", {exp_stochastic_cases<Flipped<ExpStochastic>>, {}}},
            {"deterministic, called random", {exp_stochastic_cases<Deterministic<ExpStochastic>>, {}}},
            {"probabilities squared",
             {exp_stochastic_cases<Answered<ExpStochastic, SquaredProbabilities>>, {}}}})}},
      {"compressor/exp-stochastic/omega",
       "stochastic rounding to powers of b has omega = (b-1)^2/(4b), attained at 2b/(b+1) times powers of b",
       "E|Q(x) - x|^2 = sum (|x_i| - b^a)(b^{a+1} - |x_i|) <= (b-1)^2/(4b) |x|^2",
       {"b > 1, b^a <= |x_i| < b^{a+1}"},
       "derived",
       {proof_check(),
        error_check<Q>(exp_stochastic_cases<>,
                       constant_mutants<Q>() +
                           LawMutants<Q>{{"coins flipped", {exp_stochastic_cases<Flipped<ExpStochastic>>, {}}}})}},
  };
}

}  // namespace touchstone::inline v0::registry::rounding
