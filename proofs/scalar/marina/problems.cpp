// The problems of chapter 5 that are not quadratic: what is said of their profiles, losses and of the PL condition.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/problems/saturating_sum.hpp"

namespace touchstone::inline v0::proofs::topics::marina_problems {

namespace {

Term fraction(Index p, Index q) {
  return Term(ratio<Rational>(p, q));
}

// All in u = t^2 or x^2: in x itself degrees double, and cvc5 does not end.

/// f(x) = x^2 + 8 h(x), h = u/(1 + u); f'(x) = x (2 + 16/(1 + u)^2)
Statement polyak_lojasiewicz(const Rational& mu) {
  Statement s;
  const Term u = s.nonnegative("u", "x^2");
  const Term w = 1 + u;
  const Term f = u + 8 * u / w;
  const Term slope_over_x = 2 + 16 / (w * w);
  s.conclude(less_equal(Term(2 * mu) * f, u * slope_over_x * slope_over_x));
  s.square(u * u - fraction(14, 3) * u - 7, u * w);
  s.square(u - 9, u * w);
  s.hint({"u-nonnegative"}, w);
  return s;
}

/// h'(t)^2 = 4 u/(1 + u)^4
Statement slope_of_saturating(const Rational& bound) {
  Statement s;
  const Term u = s.nonnegative("u", "t^2");
  const Term w = 1 + u;
  s.conclude(less_equal(4 * u / (w * w * w * w), Term(bound)));
  s.redundant({"u-nonnegative"});
  s.square(3 * u - 1);
  s.square(3 * u - 1, u);
  s.square(3 * u - 1, u * u);
  return s;
}

/// h'' = 2 (1 - 3 u)/(1 + u)^3 with u = t^2.
Statement curvature_of_saturating(const Rational& below, const Rational& above) {
  Statement s;
  const Term u = s.nonnegative("u", "t^2");
  const Term w = 1 + u;
  const Term second = 2 * (1 - 3 * u) / (w * w * w);
  s.conclude(less_equal(Term(-below), second));
  s.conclude(less_equal(second, Term(above)));
  s.square(u - 1, u);
  s.square(u - 1);
  for (const Term& factor : {Term(1), u, u * u}) s.hint({"u-nonnegative"}, factor);
  return s;
}

/// l'' = 2 q^2 (1 - q)(2 - 3 q) with q = 1/(1 + e^z), c = 1 - q; written so that q + c = 1 is not needed.
Statement curvature_of_sigmoid(const Rational& bound) {
  Statement s;
  const Term q = s.nonnegative("q", "1/(1 + exp(z))");
  const Term c = s.nonnegative("c", "1 - q");
  const Term one = q + c;
  const Term second = 2 * q * q * c * (2 * c - q);
  const Term largest = Term(bound) * one * one * one * one;
  s.conclude(less_equal(second, largest));
  s.conclude(less_equal(0 - largest, second));
  for (const Term& extreme : {fraction(27, 70), fraction(64, 74)})
    for (const Term& factor : {q * q, q * c, c * c}) s.square(q - extreme * one, factor);
  for (const Term& factor : {q * q * q, q * q * c, q * c * c, c * c * c}) {
    s.hint({"q-nonnegative"}, factor);
    s.hint({"c-nonnegative"}, factor);
  }
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, const std::string& header,
                      std::vector<std::string> formula) {
  const std::string id = "marina/problems/" + name;
  return {.id = id,
          .claim = id,
          .title = title,
          .source = "derived",
          .generated_from = header,
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string saturating = "problems/saturating_sum.hpp";
  Obligation pl =
      obligation("polyak-lojasiewicz", "x^2 + 8 h(x) satisfies the PL condition with mu = 5/4", saturating,
                 {"u = x^2, f(x) = u + 8u/(1 + u)", "=>  f'(x)^2 = u (2 + 16/(1 + u)^2)^2 >= (5/2) f(x)"});
  state(pl, polyak_lojasiewicz({5, 4}));
  add_twin(pl, "larger-mu", "mu = 127/100", polyak_lojasiewicz({127, 100}));
  add_twin(pl, "much-larger-mu", "mu = 3/2", polyak_lojasiewicz({3, 2}));

  Obligation slope = obligation("saturating-slope", "the slope of t^2/(1 + t^2)", saturating,
                                {"u = t^2", "=>  h'(t)^2 = 4u/(1 + u)^4 <= 27/64"});
  const auto largest = SaturatingProfile::largest_squared_slope<Rational>();
  state(slope, slope_of_saturating(largest));
  add_twin(slope, "smaller-bound", "0.999 of the bound", slope_of_saturating(Rational(largest * 999 / 1000)));
  add_twin(slope, "much-smaller-bound", "half of the bound", slope_of_saturating(Rational(largest / 2)));

  Obligation curvature = obligation("saturating-curvature", "the curvature of t^2/(1 + t^2)", saturating,
                                    {"u = t^2", "=>  -1/2 <= 2 (1 - 3u)/(1 + u)^3 <= 2"});
  const auto above = SaturatingProfile::curvature<Rational>();
  state(curvature, curvature_of_saturating({1, 2}, above));
  add_twin(curvature, "smaller-above", "1.999 in place of 2", curvature_of_saturating({1, 2}, {1999, 1000}));
  add_twin(curvature, "smaller-below", "0.499 in place of 1/2", curvature_of_saturating({499, 1000}, above));

  Obligation sigmoid =
      obligation("sigmoid-curvature", "the curvature of the squared sigmoid loss", "problems/losses.hpp",
                 {"q = 1/(1 + e^z), c = 1 - q", "=>  |2 q^2 c (2c - q)| <= 31/200"});
  state(sigmoid, curvature_of_sigmoid({31, 200}));
  add_twin(sigmoid, "smaller-bound", "0.154 in place of 0.155", curvature_of_sigmoid({154, 1000}));
  add_twin(sigmoid, "much-smaller-bound", "0.12 in place of 0.155", curvature_of_sigmoid({12, 100}));
  return {pl, slope, curvature, sigmoid};
}

}  // namespace touchstone::inline v0::proofs::topics::marina_problems
