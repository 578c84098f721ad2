#include "touchstone/compressors/dithering.hpp"
#include "touchstone/compressors/natural_dithering.hpp"
#include "touchstone/compressors/tern_grad.hpp"
#include "touchstone/numbers/convert.hpp"
#include "verify/claims/compressors/hardest_vector.hpp"
#include "verify/claims/compressors/law_checks.hpp"
#include "verify/claims/compressors/wrong_compressors.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::dithering {

namespace {

constexpr Index most_d = 4;
constexpr Index most_levels = 6;

template <class S>
S norm_of(const Vector<S>& x, NormIndex q) {
  S sum(0);
  S largest(0);
  S squares(0);
  for (Index i = 0; i < x.size(); ++i) {
    const S size = x[i] < S(0) ? S(-x[i]) : x[i];
    sum += size;
    squares += x[i] * x[i];
    if (largest < size) largest = size;
  }
  if (q == NormIndex::two) return square_root(squares);
  return q == NormIndex::one ? sum : largest;
}

/// |x|_q^2 sum (u_i - l_i)(r_i - u_i) with u_i = |x_i|/|x|_q between the neighbouring levels l_i <= u_i <= r_i.
template <class S>
S error_between(const std::vector<S>& levels, const Vector<S>& x, NormIndex q) {
  const S N = norm_of(x, q);
  if (N == S(0)) return N;
  S sum(0);
  for (Index i = 0; i < x.size(); ++i) {
    const S u = S((x[i] < S(0) ? S(-x[i]) : x[i]) / N);
    std::size_t j = 0;
    while (j + 2 < levels.size() && levels[j + 1] <= u) ++j;
    const S between = S((u - levels[j]) * (levels[j + 1] - u));
    if (between > S(0)) sum += between;  // the last level is reached, in double perhaps passed
  }
  return S(N * N * sum);
}

template <class S>
std::vector<S> even_levels(Index s) {
  std::vector<S> levels;
  for (Index m = 0; m <= s; ++m) levels.push_back(ratio<S>(m, s));
  return levels;
}

template <class S>
std::vector<S> natural_levels(Index s) {
  std::vector<S> levels{S(0)};
  for (Index j = s - 1; j >= 0; --j) levels.push_back(ratio<S>(1, Index{1} << j));
  return levels;
}

/// With the vector that uses up the most of the constant where the compressor states none that attains it.
template <class C>
LawCase<Surd> dithering_case(const C& c, NormIndex q, const std::vector<Surd>& levels,
                             const std::vector<double>& approximate_levels, Index d, const std::string& name,
                             Seeded& random) {
  LawCase<Surd> made = case_of<Surd>(
      c, d, name, [q, levels](const Vector<Surd>& x) { return error_between(levels, x, q); }, random);
  if (!made.worst_case)
    made.inputs.push_back(convert<Surd>(hardest_vector(
        d, [&](const Vector<double>& x) { return error_between(approximate_levels, x, q) / x.squaredNorm(); })));
  return made;
}

template <class C>
C with_levels(NormIndex q, Index s) {
  C c{};
  c.q = q;
  c.s = s;
  return c;
}

template <NormIndex q, class C = Dithering>
std::vector<LawCase<Surd>> dithering_cases(Seeded& random) {
  std::vector<LawCase<Surd>> cases;
  for (Index d = 1; d <= most_d; ++d)
    for (Index s = 1; s <= most_levels; ++s)
      cases.push_back(dithering_case(with_levels<C>(q, s), q, even_levels<Surd>(s), even_levels<double>(s), d,
                                     fmt::format("dithering, s = {}", s), random));
  return cases;
}

template <NormIndex q, class C = NaturalDithering>
std::vector<LawCase<Surd>> natural_dithering_cases(Seeded& random) {
  std::vector<LawCase<Surd>> cases;
  for (Index d = 1; d <= most_d; ++d)
    for (Index s = 1; s <= most_levels; ++s)
      cases.push_back(dithering_case(with_levels<C>(q, s), q, natural_levels<Surd>(s), natural_levels<double>(s), d,
                                     fmt::format("natural dithering, s = {}", s), random));
  return cases;
}

template <class C = TernGrad>
std::vector<LawCase<Surd>> tern_grad_cases(Seeded& random) {
  std::vector<LawCase<Surd>> cases;
  for (Index d = 1; d <= most_d + 2; ++d)
    cases.push_back(dithering_case(C{}, NormIndex::infinity, even_levels<Surd>(1), even_levels<double>(1), d,
                                   "TernGrad", random));
  return cases;
}

/// The receiver knows one level fewer.
template <class C>
struct OneLevelFewer : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    const C receiver{this->q, std::max(Index{1}, this->s - 1)};
    return receiver.reconstruct(C::message(x, random), x.size());
  }
};

/// Sends the maximum as the norm, or the sum where the maximum is right.
template <class C>
struct AnotherNorm : C {
  template <class S, class R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    auto message = C::message(x, random);
    message.norm = norm_of(x, this->q == NormIndex::infinity ? NormIndex::one : NormIndex::infinity);
    return C::reconstruct(message, x.size());
  }
};

/// The law does not enter: at larger d and s the closed form takes the constant's value at the worst case.
Finding constants_at_worst_cases(const CheckContext& /*context*/, const Rational& factor) {
  Inspection inspection;
  for (const NormIndex q : {NormIndex::one, NormIndex::two, NormIndex::infinity})
    for (Index d = 1; d <= 40; ++d)
      for (Index s = 1; s <= 8; ++s) {
        const Dithering c{q, s};
        const std::optional<Vector<Surd>> x = c.worst_case<Surd>(d);
        if (!x || inspection.failed()) continue;
        const Surd bound = Surd(factor) * c.omega<Surd>(d) * Surd(x->squaredNorm());
        inspection.attained(error_between(even_levels<Surd>(s), *x, q), bound,
                            [&] { return fmt::format("q = {}, d = {}, s = {}", static_cast<int>(q), d, s); });
      }
  return inspection.finding(
      fmt::format("d <= 40, s <= 8, closed form at {} worst cases", inspection.comparisons()));
}

/// Whether some vector of odd numbers has the error exact |x|^2.
bool attained_at_odd_vector(const LawCase<Surd>& c, Index s, Index d, const Surd& exact) {
  const Index largest = 2 * s + 1;
  for (Index n = d; n <= largest * largest * d; n += 8) {
    const std::optional<Indices> odd = odd_squares(n, d, largest);
    if (!odd) continue;
    Vector<Surd> x(d);
    for (Index i = 0; i < d; ++i) x[i] = integer<Surd>((*odd)[static_cast<std::size_t>(i)]);
    if (c.error(x) == exact * Surd(x.squaredNorm())) return true;
  }
  return false;
}

/// omega*, attained at the odd vector that gives it; nowhere exceeded.
Finding least_omega(const CheckContext& context, const Rational& factor) {
  Seeded random = context.random("least omega");
  Inspection inspection;
  double lowest = 1;
  std::string where;
  for (Index d = 1; d <= most_d + 2; ++d)
    for (Index s = 1; s <= most_levels; ++s) {
      if (inspection.failed()) break;
      const Dithering dithering{NormIndex::two, s};
      const LawCase<Surd> c = dithering_case(dithering, NormIndex::two, even_levels<Surd>(s),
                                             even_levels<double>(s), d, fmt::format("s = {}", s), random);
      const std::vector<Surd> bounds = dithering.exact_omega_bounds<Surd>(d);
      const Surd exact = Surd(factor) * *std::max_element(bounds.begin(), bounds.end());
      inspection.holds(attained_at_odd_vector(c, s, d, exact),
                       [&] { return c.name + ": attained at an odd vector"; });
      for (const Vector<Surd>& x : c.inputs)
        inspection.holds(c.error(x) <= exact * Surd(x.squaredNorm()),
                         [&] { return fmt::format("{}, x = {}", c.name, text_of(x)); });
      const double share = d == 1 ? 1 : approximately(exact) / approximately(c.bound);
      if (share >= lowest) continue;
      lowest = share;
      where = c.name;
    }
  Finding finding = inspection.finding(fmt::format(
      "attained for every d <= {}, s <= {}; it is at least {:.4f} of the declared omega for d >= 2 ({})",
      most_d + 2, most_levels, lowest, where));
  finding.tightness.add(1, 0, 1);
  return finding;
}

template <NormIndex q>
LawMutants<Surd> law_mutants() {
  return {{"coins flipped", {dithering_cases<q, Answered<Dithering, FlippedCoins>>, {}}},
          {"deterministic, called random", {dithering_cases<q, Answered<Dithering, LikelierAnswers>>, {}}},
          {"the receiver has s - 1 levels", {dithering_cases<q, OneLevelFewer<Dithering>>, {}}},
          {"another norm sent", {dithering_cases<q, AnotherNorm<Dithering>>, {}}}};
}

}  // namespace

std::vector<Claim> claims() {
  using Cases = LawMutants<Surd>;
  constexpr auto one = NormIndex::one;
  constexpr auto two = NormIndex::two;
  constexpr auto infinity = NormIndex::infinity;
  const std::string unbiased = "E Q(x) = x";
  const Check at_worst_cases = make_check<Rational>(Layer::exact, Level::exact, constants_at_worst_cases, 1,
                                                    {{"1 percent too small", ratio<Rational>(99, 100)}});
  const auto unbiased_claim = [&](const std::string& name, Check check) {
    return Claim{"compressor/" + name + "/unbiased",
                 name + " is unbiased",
                 unbiased,
                 {"s >= 1"},
                 "literature",
                 {std::move(check)}};
  };
  const LawMutants<Surd> constants = constant_mutants<Surd>();
  const LawMutants<Surd> halved{
      constants[1], {"half of the constant", {{}, [](LawCase<Surd>& c) { c.bound = c.bound / Surd(2); }}}};
  const std::string form = "E|Q(x) - x|^2 = (|x|_q/s)^2 sum phi(u_i) <= omega |x|^2, ";
  const std::string natural_form =
      "E|Q(x) - x|^2 = |x|_q^2 sum (u_i - l_i)(r_i - u_i) <= omega |x|^2, l_i <= u_i <= r_i neighbouring levels, ";
  return {
      unbiased_claim("dithering-1", unbiased_check<Surd>(dithering_cases<one>, law_mutants<one>())),
      {"compressor/dithering-1/omega",
       "dithering with the l1 norm has omega = d/s - 1 for 3s <= 2d, attained where all |x_i| are equal",
       form + "omega = d/s - 1 if 3s <= 2d, else min(d/s, d^2/(4 s^2))",
       {"q = 1, s >= 1"},
       "derived",
       {proof_check(), error_check<Surd>(dithering_cases<one>, constants), at_worst_cases}},
      unbiased_claim("dithering-2", unbiased_check<Surd>(dithering_cases<two>, law_mutants<two>())),
      {"compressor/dithering-2/omega",
       "dithering with the Euclidean norm (QSGD) has omega = sqrt(d)/s - 1 for 2s <= sqrt(d), d/(4 s^2) else",
       form + "omega = sqrt(d)/s - 1 if 2s <= sqrt(d) or s = 1, else d/(4 s^2)",
       {"q = 2, s >= 1"},
       "derived; the literature has min(d/s^2, sqrt(d)/s)",
       {proof_check(), error_check<Surd>(dithering_cases<two>, constants), at_worst_cases}},
      {"compressor/dithering-2/least-omega",
       "QSGD's least constant, attained at vectors of odd numbers",
       "omega* = max over n of (d/4 - (sqrt(n)/2 - s)^2)/s^2, n the sums of d odd squares",
       {"q = 2, s >= 1"},
       "derived",
       {make_check<Rational>(Layer::exact, Level::exact, least_omega, 1,
                             {{"1 in 1000 smaller", ratio<Rational>(999, 1000)},
                              {"1 in 1000 larger", ratio<Rational>(1001, 1000)}})}},
      unbiased_claim("dithering-inf", unbiased_check<Surd>(dithering_cases<infinity>, law_mutants<infinity>())),
      {"compressor/dithering-inf/omega",
       "dithering with the maximum norm has omega = (sqrt(1 + (d-1)/s^2) - 1)/2, attained at (1, t, ..., t)",
       form + "omega (1 + omega) = (d - 1)/(4 s^2); t = 1/(2s (1 + omega))",
       {"q = infinity, s >= 1"},
       "derived",
       {proof_check(), error_check<Surd>(dithering_cases<infinity>, constants), at_worst_cases}},
      unbiased_claim("terngrad",
                     unbiased_check<Surd>(
                         tern_grad_cases<>,
                         Cases{{"coins flipped", {tern_grad_cases<Flipped<TernGrad>>, {}}},
                               {"deterministic, called random", {tern_grad_cases<Deterministic<TernGrad>>, {}}}})),
      {"compressor/terngrad/omega",
       "TernGrad has omega = (sqrt(d) - 1)/2, attained at (1, t, ..., t), t = 1/(1 + sqrt(d))",
       "E|Q(x) - x|^2 = |x|_inf |x|_1 - |x|^2 <= (sqrt(d) - 1)/2 |x|^2",
       {},
       "derived",
       {error_check<Surd>(tern_grad_cases<>, constants)}},
      unbiased_claim(
          "natural-dithering",
          unbiased_check<Surd>(
              natural_dithering_cases<two>,
              {{"coins flipped", {natural_dithering_cases<two, Flipped<NaturalDithering>>, {}}},
               {"the receiver has s - 1 levels",
                {natural_dithering_cases<two, OneLevelFewer<NaturalDithering>>, {}}},
               {"another norm sent", {natural_dithering_cases<two, AnotherNorm<NaturalDithering>>, {}}}})),
      {"compressor/natural-dithering/omega",
       "natural dithering has omega = 1/8 + (2/9) 4^(1-s) d for q = 2 and infinity",
       natural_form + "omega = 1/8 + (2/9) h^2 d for q = 2, infinity; 1/8 + d h min(1, d h) for q = 1; h = 2^(1-s)",
       {"s >= 1"},
       "derived; literature for q = 1",
       {error_check<Surd>(natural_dithering_cases<two>, constants),
        error_check<Surd>(natural_dithering_cases<infinity>, halved),
        error_check<Surd>(natural_dithering_cases<one>, halved)}},
  };
}

}  // namespace touchstone::inline v0::registry::dithering
