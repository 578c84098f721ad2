#pragma once
/// \file
/// Evidence about the law of a compressor: enumerated, at vectors of every kind that matters, in exact numbers.
///
/// A case is a compressor at one dimension with what it states of itself; it is erased to functions, so that a check is
/// written once and a mutant is another list of cases: a wrong compressor, or a wrong constant.

#include <fmt/format.h>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/numbers/polynomial.hpp"
#include "touchstone/numbers/surd.hpp"
#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/claim.hpp"

namespace touchstone::inline v0 {

/// Every path through the choices, with its probability.
template <Field S>
using Law = std::vector<std::pair<S, Vector<S>>>;

template <Field S, class C>
[[nodiscard]] Law<S> law_of(const C& c, const Vector<S>& x) {
  Law<S> law;
  for_each_outcome<S>([&](auto& random) { return c.compress(x, random); },
                      [&law](const S& p, Vector<S> y) { law.emplace_back(p, std::move(y)); });
  return law;
}

template <Field S>
using LawFunction = std::function<Law<S>(const Vector<S>&)>;

template <Field S>
using ErrorFunction = std::function<S(const Vector<S>&)>;

template <Field S>
struct LawCase {
  std::string name;
  LawFunction<S> law;
  S bound;                              ///< E|Q(x) - x|^2 <= bound |x|^2: omega, or 1 - delta
  bool everywhere = false;              ///< an equality for every x
  std::optional<Vector<S>> worst_case;  ///< where it is an equality
  ErrorFunction<S> error;               ///< E|Q(x) - x|^2 in closed form; empty where there is none
  std::vector<Vector<S>> inputs;
};

template <Field S>
using LawCases = std::function<std::vector<LawCase<S>>(Seeded& random)>;

/// Other cases, or a change to each; empty: as stated.
template <Field S>
struct LawVariation {
  LawCases<S> cases;
  std::function<void(LawCase<S>&)> alter;
};

template <Field S>
using LawMutants = std::vector<Mutant<LawVariation<S>>>;

/// For every d: 0; flat, with signs; one to read; the unit vectors; with ties; with zeros; powers of two; near-ties; random.
template <Field S>
[[nodiscard]] std::vector<Vector<S>> law_inputs(Seeded& random, Index d);

/// The variables x_0, ..., x_{d-1}: an equality is one for all x.
template <>
[[nodiscard]] std::vector<Vector<Polynomial>> law_inputs(Seeded& random, Index d);

template <Field S, class C>
[[nodiscard]] LawCase<S> case_of(const C& c, Index d, std::string name, ErrorFunction<S> error, Seeded& random) {
  LawCase<S> made{fmt::format("{}, d = {}", name, d),
                  [c](const Vector<S>& x) { return law_of<S>(c, x); },
                  S(0),
                  C::attained_everywhere,
                  c.template worst_case<S>(d),
                  std::move(error),
                  law_inputs<S>(random, d)};
  if constexpr (requires { c.template omega<S>(d); })
    made.bound = c.template omega<S>(d);
  else
    made.bound = S(S(1) - c.template delta<S>(d));
  return made;
}

/// Probabilities are positive and E Q(x) = x.
template <Field S>
[[nodiscard]] Check unbiased_check(const LawCases<S>& cases, const LawMutants<S>& mutants);

/// E|Q(x) - x|^2 is what the closed form says and at most bound |x|^2; an equality at the worst case and, where it says so,
/// everywhere. The detail names the largest ratio among the cases that state no worst case.
template <Field S>
[[nodiscard]] Check error_check(const LawCases<S>& cases, const LawMutants<S>& mutants);

/// The mutants that every constant must catch.
template <Field S>
[[nodiscard]] LawMutants<S> constant_mutants() {
  return {{"the constant is 1 percent too small",
           {{}, [](LawCase<S>& c) { c.bound = S(c.bound * ratio<S>(99, 100)); }}},
          {"the constant is 0", {{}, [](LawCase<S>& c) { c.bound = S(0); }}}};
}

/// Mutants joined.
template <Field S>
[[nodiscard]] LawMutants<S> operator+(LawMutants<S> mutants, const LawMutants<S>& more) {
  mutants.insert(mutants.end(), more.begin(), more.end());
  return mutants;
}

/// Approximately, for reports.
[[nodiscard]] double approximately(const Rational& a);
[[nodiscard]] double approximately(const Surd& a);

/// "(1, -1/2)"
template <Field S>
[[nodiscard]] std::string text_of(const Vector<S>& x) {
  std::ostringstream text;
  for (Index i = 0; i < x.size(); ++i) text << (i == 0 ? "(" : ", ") << x[i];
  return text.str() + ")";
}

}  // namespace touchstone::inline v0
