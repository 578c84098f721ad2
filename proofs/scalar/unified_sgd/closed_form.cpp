// From one step to all: V^k <= (1 - g)^k V^0 + noise/g for the least contraction gap g, by induction over k.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_closed_form {

namespace {

struct Change {
  Rational stepsize = 1;  ///< multiplies the bounds on gamma
  bool at_bound = false;  ///< M >= B/rho in place of M > B/rho
  Rational noise = 1;     ///< multiplies the noise in the closed form
};

/// Every gap lies in (0, 1] and belongs to its factor, so q = 1 - g is the largest factor and 0 <= q < 1.
Statement range(const Change& change = {}) {
  Statement s;
  const ParametricConstants<Term> c = parametric_constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term M = s.positive("M", "weight of sigma_squared in V");
  s.assume("M-large", atom(c.B / c.rho, change.at_bound ? Relation::less_equal : Relation::less, M), "M > B/rho");
  s.assume("stepsize-denominator", less(0, c.A + c.C * M), "the stepsize bound is a number");
  assume_stepsize(s, c, gamma, mu, M, change.stepsize);
  const std::vector<Term> gaps = s.evaluate([&] { return contraction_gaps(c, gamma, mu, M); });
  const std::vector<Term> factors = s.evaluate([&] { return contraction_factors(c, gamma, mu, M); });
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    s.conclude(less(0, gaps[i]));
    s.conclude(less_equal(gaps[i], 1));
    s.conclude(equal(factors[i], 1 - gaps[i]));
  }
  s.redundant({"A-nonnegative", "rho-positive", "C-nonnegative", "D1-nonnegative", "D2-nonnegative", "M-positive",
               "stepsize-denominator", "stepsize-2"});
  s.hint({"gamma-positive"}, mu);
  s.hint({"stepsize-1"}, mu);
  s.hint({"M-large"}, c.rho / M);
  s.hint({"rho-at-most-one"});
  s.hint({"B-nonnegative"}, 1 / M);
  return s;
}

/// noise/g, with the symbols it needs. Their signs matter at k = 0 only.
struct Floor {
  Term gamma, M, D1, D2, g, noise, closed_form;
};

Floor noise_floor(Statement& s, const Change& change) {
  Floor f{.gamma = s.variable("gamma", "stepsize"),
          .M = s.variable("M", "weight of sigma_squared in V"),
          .D1 = s.variable("D1", "noise in (K2)"),
          .D2 = s.variable("D2", "noise in (K3)"),
          .g = s.positive("g", "least contraction gap, 1 - q"),
          .noise = {},
          .closed_form = {}};
  f.noise = noise(ParametricConstants<Term>{0, 0, 1, 0, f.D1, f.D2}, f.gamma, f.M);
  f.closed_form = Term(change.noise) * f.noise / f.g;
  return f;
}

Statement base(const Change& change = {}) {
  Statement s;
  const Floor floor = noise_floor(s, change);
  const Term V0 = s.variable("V0", "V^0");
  s.assume("M-nonnegative", less_equal(0, floor.M), "M > B/rho");
  s.assume("D1-nonnegative", less_equal(0, floor.D1), "(K2)");
  s.assume("D2-nonnegative", less_equal(0, floor.D2), "(K3)");
  s.redundant({"g-positive"});
  s.conclude(less_equal(V0, V0 + floor.closed_form));
  s.hint({"D1-nonnegative"}, floor.gamma * floor.gamma / floor.g);
  s.hint({"M-nonnegative", "D2-nonnegative"}, floor.gamma * floor.gamma / floor.g);
  return s;
}

Statement induction(const Change& change = {}) {
  Statement s;
  const Floor floor = noise_floor(s, change);
  const Term V0 = s.variable("V0", "V^0");
  const Term power = s.variable("power", "(1 - g)^k");
  const Term now = s.variable("V", "E V^k");
  const Term next = s.variable("next_V", "E V^{k+1}");
  const Term q = 1 - floor.g;
  s.assume("gap-at-most-one", less_equal(floor.g, 1), "closed-form-range");
  s.assume("induction-hypothesis", less_equal(now, power * V0 + floor.closed_form), "the closed form at k");
  s.assume("one-step", less_equal(next, q * now + floor.noise), "unified-sgd/theorem/one-step");
  s.conclude(less_equal(next, q * power * V0 + floor.closed_form));
  s.hint({"one-step"});
  s.hint({"induction-hypothesis", "gap-at-most-one"});
  return s;
}

/// E V^k <= (1 - g)^k V^0 + (1 - (1 - g)^k) noise/g. At k = 0 it says V^0 <= V^0.
Statement sharper(const Change& change = {}) {
  Statement s;
  const Floor floor = noise_floor(s, change);
  const Term V0 = s.variable("V0", "V^0");
  const Term power = s.variable("power", "(1 - g)^k");
  const Term now = s.variable("V", "E V^k");
  const Term next = s.variable("next_V", "E V^{k+1}");
  const Term q = 1 - floor.g;
  s.assume("gap-at-most-one", less_equal(floor.g, 1), "closed-form-range");
  s.assume("induction-hypothesis", less_equal(now, power * V0 + (1 - power) * floor.closed_form), "the bound at k");
  s.assume("one-step", less_equal(next, q * now + floor.noise), "unified-sgd/theorem/one-step");
  s.conclude(less_equal(next, q * power * V0 + (1 - q * power) * floor.closed_form));
  s.hint({"one-step"});
  s.hint({"induction-hypothesis", "gap-at-most-one"});
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula) {
  return {.id = "unified-sgd/theorem/" + name,
          .claim = "unified-sgd/theorem/closed-form",
          .title = title,
          .source = main_theorem_source,
          .generated_from = "theory/unified_sgd/assumption.hpp",
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation gaps = obligation("closed-form-range", "Main theorem: the contraction gaps lie in (0, 1]",
                               {"M > B/rho, gamma <= 1/mu, gamma <= 1/(A + CM)",
                                "=>  0 < gamma mu <= 1, 0 < rho - B/M <= 1, and each is one minus its factor"});
  state(gaps, range());
  add_twin(gaps, "M-at-its-bound", "M = B/rho is allowed", range({.at_bound = true}));
  add_twin(gaps, "doubled-stepsize", "gamma may be twice as large", range({.stepsize = 2}));

  Obligation start = obligation("closed-form-base", "Main theorem, closed form at k = 0",
                                {"V^0 <= (1 - g)^0 V^0 + gamma^2 (D1 + M D2)/g"});
  state(start, base());
  add_twin(start, "negative-noise", "the noise is subtracted", base({.noise = -1}));

  Obligation step =
      obligation("closed-form-induction", "Main theorem, closed form from k to k + 1",
                 {"E V^k <= (1 - g)^k V^0 + noise/g  and  E V^{k+1} <= (1 - g) E V^k + noise,    0 < g <= 1",
                  "=>  E V^{k+1} <= (1 - g)^{k+1} V^0 + noise/g,    noise = gamma^2 (D1 + M D2)"});
  state(step, induction());
  add_twin(step, "smaller-noise", "0.999 of the noise in the closed form",
           induction({.noise = Rational(999, 1000)}));

  Obligation finite = obligation("sharper-noise", "Main theorem, closed form for a finite k, from k to k + 1",
                                 {"E V^k <= (1 - g)^k V^0 + (1 - (1 - g)^k) noise/g  and one step,    0 < g <= 1",
                                  "=>  E V^{k+1} <= (1 - g)^{k+1} V^0 + (1 - (1 - g)^{k+1}) noise/g"});
  finite.claim = finite.id;
  finite.source = "derived; the slides leave the factor out";
  state(finite, sharper());
  add_twin(finite, "smaller-noise", "0.999 of the noise in the closed form",
           sharper({.noise = Rational(999, 1000)}));
  return {std::move(gaps), std::move(start), std::move(step), std::move(finite)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_closed_form
