#include "verify/claims/compressors/law_checks.hpp"

#include <cmath>
#include <set>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/problems/rational_quadratic.hpp"

namespace touchstone::inline v0 {

double approximately(const Rational& a) {
  return static_cast<double>(a);
}

double approximately(const Surd& a) {
  return static_cast<double>(a.rational_part()) +
         static_cast<double>(a.coefficient()) * std::sqrt(static_cast<double>(a.radicand()));
}

namespace {

/// (3, -5, 1, 2, -7, 4, 3, ...): what pictures show.
Vector<Rational> readable_vector(Index d) {
  const std::vector<Index> pattern{3, -5, 1, 2, -7, 4};
  Vector<Rational> x(d);
  for (Index i = 0; i < d; ++i) x[i] = integer<Rational>(pattern[static_cast<std::size_t>(i) % pattern.size()]);
  return x;
}

std::vector<Vector<Rational>> rational_law_inputs(Seeded& random, Index d) {
  const Vector<Rational> flat = Vector<Rational>::Ones(d);
  std::vector<Vector<Rational>> inputs{Vector<Rational>::Zero(d), flat};
  Vector<Rational> signs = 3 * flat;
  Vector<Rational> ties = 2 * flat;
  Vector<Rational> zeros = random_vector(random, d);
  Vector<Rational> powers(d);
  Vector<Rational> near_ties(d);
  for (Index i = 0; i < d; ++i) {
    if (i % 2 == 1) signs[i] = -3;
    if (i % 3 == 2) ties[i] = -5;
    if (i % 2 == 0) zeros[i] = 0;
    powers[i] = ratio<Rational>(i % 2 == 0 ? 1 : -4, Index{1} << (2 * i));
    near_ties[i] = 1 + ratio<Rational>(i, 1000);
    inputs.emplace_back(Vector<Rational>::Unit(d, i));
  }
  for (const Vector<Rational>& x : {readable_vector(d), signs, ties, zeros, powers, near_ties}) inputs.push_back(x);
  for (int repeat = 0; repeat < 4; ++repeat) inputs.push_back(random_vector(random, d));
  return inputs;
}

template <Field S>
S mean_squared_error(const Law<S>& law, const Vector<S>& x) {
  S sum(0);
  for (const auto& [p, y] : law) sum += S(p * Vector<S>(y - x).squaredNorm());
  return sum;
}

/// The cases that a variation means; the same random inputs for all.
template <Field S>
std::vector<LawCase<S>> varied_cases(const CheckContext& context, const LawCases<S>& stated,
                                     const LawVariation<S>& variation) {
  Seeded random = context.random("law");
  std::vector<LawCase<S>> cases = variation.cases ? variation.cases(random) : stated(random);
  if (variation.alter)
    for (LawCase<S>& c : cases) variation.alter(c);
  return cases;
}

/// left <= right, for numbers with an order.
template <OrderedField S, class Where>
void inspect_order(Inspection& inspection, Tightness& tightness, const S& left, const S& right, Where&& where) {
  inspection.holds(left <= right, [&] {
    std::ostringstream line;
    line << where() << ": " << left << " <= " << right;
    return line.str();
  });
  const double a = approximately(left);
  const double b = approximately(right);
  tightness.add(a, left == right ? 0 : b - a, b);  // left and right may be of different fields
}

template <Field S>
std::string exactly(const S& value) {
  std::ostringstream text;
  text << value;
  return text.str();
}

/// Of a constant, which is all that the law at a vector of numbers has.
double rounded(const Polynomial& a) {
  return static_cast<double>(Rational(exactly(a)));
}
template <OrderedField S>
double rounded(const S& a) {
  return approximately(a);
}

/// The first vector with the most different magnitudes.
template <Field S>
Vector<S> shown_vector(const LawCase<S>& c) {
  const auto magnitudes = [](const Vector<S>& x) {
    std::set<std::string> all;
    for (const S& value : x) all.insert(exactly(S(value * value)));
    return all.size();
  };
  return *std::ranges::max_element(c.inputs, {}, magnitudes);
}
template <>
Vector<Polynomial> shown_vector(const LawCase<Polynomial>& c) {
  return readable_vector(c.inputs.front().size()).unaryExpr([](const Rational& value) {
    return Polynomial(value);
  });
}

/// What the compressor makes of x, equal outcomes joined.
template <Field S>
OutcomeTable outcome_table(const LawCase<S>& c, const Vector<S>& x) {
  std::vector<std::pair<S, Vector<S>>> joined;
  for (const auto& [p, y] : c.law(x)) {
    const auto same =
        std::ranges::find_if(joined, [&value = y](const auto& other) { return other.second == value; });
    if (same == joined.end())
      joined.emplace_back(p, y);
    else
      same->first = S(same->first + p);
  }
  OutcomeTable table{c.name, {}, {}, {}};
  for (const S& value : x) {
    table.coordinates.push_back(exactly(value));
    table.rounded.push_back(rounded(value));
  }
  for (const auto& [p, y] : joined) {
    OutcomeTable::Outcome outcome{exactly(p), rounded(p), {}, {}};
    for (const S& value : y) {
      outcome.coordinates.push_back(exactly(value));
      outcome.rounded.push_back(rounded(value));
    }
    table.outcomes.push_back(std::move(outcome));
  }
  return table;
}

/// Of the first case in three dimensions, or as near to three as there is, whose law is random and small enough to be read.
template <Field S>
Pictures law_pictures(const std::vector<LawCase<S>>& all) {
  constexpr std::size_t most_outcomes = 12;
  for (const Index d : {3, 2, 4, 6, 1})
    for (const std::size_t least : {2, 1})
      for (const LawCase<S>& c : all) {
        if (c.inputs.empty() || c.inputs.front().size() != d) continue;
        OutcomeTable table = outcome_table(c, shown_vector(c));
        if (table.outcomes.size() >= least && table.outcomes.size() <= most_outcomes)
          return {{}, {std::move(table)}};
      }
  return {};
}

/// The largest ratio at a vector that no case claims to be its worst.
struct Unattained {
  double ratio = -1;
  std::string where;
};

template <Field S>
void inspect_error(Inspection& inspection, Tightness& tightness, Unattained& unattained, const LawCase<S>& c,
                   const Vector<S>& x, bool attained) {
  const auto where = [&] { return fmt::format("{}, x = {}", c.name, text_of(x)); };
  const S error = mean_squared_error(c.law(x), x);
  const S bound = S(c.bound * x.squaredNorm());
  if (c.error) inspection.equal(error, c.error(x), where);
  if (attained || c.everywhere) inspection.attained(error, bound, where);
  if constexpr (OrderedField<S>) {
    inspect_order(inspection, tightness, error, bound, where);
    const double ratio = bound > S(0) ? approximately(error) / approximately(bound) : -1;
    if (!c.worst_case && ratio > unattained.ratio) unattained = {ratio, where()};
  }
}

}  // namespace

template <>
std::vector<Vector<Rational>> law_inputs<Rational>(Seeded& random, Index d) {
  return rational_law_inputs(random, d);
}

template <>
std::vector<Vector<Surd>> law_inputs<Surd>(Seeded& random, Index d) {
  std::vector<Vector<Surd>> inputs;
  for (const Vector<Rational>& x : rational_law_inputs(random, d)) inputs.push_back(convert<Surd>(x));
  return inputs;
}

template <>
std::vector<Vector<Polynomial>> law_inputs<Polynomial>(Seeded& /*random*/, Index d) {
  return {variables("x", d)};
}

template <Field S>
Check unbiased_check(const LawCases<S>& cases, const LawMutants<S>& mutants) {
  const auto run = [cases](const CheckContext& context, const LawVariation<S>& variation) {
    Inspection inspection;
    const std::vector<LawCase<S>> all = varied_cases(context, cases, variation);
    for (const LawCase<S>& c : all)
      for (const Vector<S>& x : c.inputs) {
        if (inspection.failed()) break;
        const auto where = [&] { return fmt::format("{}, x = {}", c.name, text_of(x)); };
        Vector<S> mean = Vector<S>::Zero(x.size());
        for (const auto& [p, y] : c.law(x)) {
          mean += p * y;
          if constexpr (OrderedField<S>) inspection.holds(p > S(0), where);
        }
        inspection.equal(mean, x, where);
      }
    Finding finding = inspection.finding(
        fmt::format("E Q(x) = x {}, {} compressors and dimensions",
                    std::same_as<S, Polynomial> ? std::string("as polynomials in x")
                                                : fmt::format("in {} comparisons", inspection.comparisons()),
                    all.size()));
    if (!inspection.failed()) finding.pictures = law_pictures(all);
    return finding;
  };
  return make_check<LawVariation<S>>(Layer::exact, std::same_as<S, Polynomial> ? Level::identity : Level::exact,
                                     run, {}, mutants);
}

template <Field S>
Check error_check(const LawCases<S>& cases, const LawMutants<S>& mutants) {
  const auto run = [cases](const CheckContext& context, const LawVariation<S>& variation) {
    Inspection inspection;
    Tightness tightness;
    Unattained unattained;
    Index attained = 0;
    const std::vector<LawCase<S>> all = varied_cases(context, cases, variation);
    for (const LawCase<S>& c : all) {
      for (const Vector<S>& x : c.inputs)
        if (!inspection.failed()) inspect_error(inspection, tightness, unattained, c, x, false);
      if (!c.worst_case || inspection.failed()) continue;
      ++attained;
      inspection.holds(!(c.worst_case->squaredNorm() == S(0)),
                       [&] { return c.name + ": the worst case is nonzero"; });
      inspect_error(inspection, tightness, unattained, c, *c.worst_case, true);
    }
    std::string detail =
        fmt::format("{} compressors and dimensions{}, the constant attained in {}", all.size(),
                    std::same_as<S, Polynomial> ? ", polynomials in x"
                                                : fmt::format(", {} comparisons", inspection.comparisons()),
                    attained);
    if (unattained.ratio >= 0)
      detail += fmt::format("; elsewhere at most {:.6f} of it seen ({})", unattained.ratio, unattained.where);
    Finding finding = inspection.finding(detail);
    finding.tightness.merge(tightness);
    if (!inspection.failed()) finding.pictures = law_pictures(all);
    return finding;
  };
  return make_check<LawVariation<S>>(Layer::exact, std::same_as<S, Polynomial> ? Level::identity : Level::exact,
                                     run, {}, mutants);
}

template Check unbiased_check(const LawCases<Rational>&, const LawMutants<Rational>&);
template Check unbiased_check(const LawCases<Surd>&, const LawMutants<Surd>&);
template Check unbiased_check(const LawCases<Polynomial>&, const LawMutants<Polynomial>&);
template Check error_check(const LawCases<Rational>&, const LawMutants<Rational>&);
template Check error_check(const LawCases<Surd>&, const LawMutants<Surd>&);
template Check error_check(const LawCases<Polynomial>&, const LawMutants<Polynomial>&);

}  // namespace touchstone::inline v0
