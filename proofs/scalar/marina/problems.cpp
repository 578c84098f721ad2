// The problems of chapter 5 that are not quadratic: what is said of their profiles, losses and of the PL condition.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/problems/saturating_sum.hpp"

namespace touchstone::inline v0::proofs::topics::marina_problems {

namespace {

Term fraction(Index p, Index q) {
  return Term(ratio<Rational>(p, q));
}

/// f(x) = x^2 + 8 h(x), f' = 2 x + 8 h'(x)
Statement polyak_lojasiewicz(const Rational& mu) {
  Statement s;
  const Term x = s.variable("x", "the point");
  const Term f = x * x + 8 * SaturatingProfile::value(x);
  const Term slope = 2 * x + 8 * SaturatingProfile::slope(x);
  s.conclude(less_equal(Term(2 * mu) * f, slope * slope));
  const Term u = x * x;
  const Term w = 1 + u;  // what is left of the denominators
  s.square(x * (u * u - fraction(14, 3) * u - 7), w);
  s.square(x * (u - 9), w);
  s.square(x, w);
  return s;
}

/// h'(t)^2
Statement slope_of_saturating(const Rational& bound) {
  Statement s;
  const Term t = s.variable("t", "the argument");
  const Term slope = SaturatingProfile::slope(t);
  s.conclude(less_equal(slope * slope, Term(bound)));
  const Term u = t * t;
  for (const Term& factor : {Term(1), t, u}) s.square((3 * u - 1) * factor);
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
  Obligation pl = obligation("polyak-lojasiewicz", "x^2 + 8 h(x) satisfies the PL condition with mu = 5/4",
                             saturating, {"f(x) = x^2 + 8 x^2/(1 + x^2)", "=>  f'(x)^2 >= (5/2) f(x)"});
  state(pl, polyak_lojasiewicz({5, 4}));
  add_twin(pl, "larger-mu", "mu = 3", polyak_lojasiewicz(3));
  add_twin(pl, "much-larger-mu", "mu = 4", polyak_lojasiewicz(4));

  Obligation slope = obligation("saturating-slope", "the slope of t^2/(1 + t^2)", saturating, {"h'(t)^2 <= 27/64"});
  const auto largest = SaturatingProfile::largest_squared_slope<Rational>();
  state(slope, slope_of_saturating(largest));
  add_twin(slope, "smaller-bound", "half of the bound", slope_of_saturating(Rational(largest / 2)));
  add_twin(slope, "much-smaller-bound", "a quarter of the bound", slope_of_saturating(Rational(largest / 4)));

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
