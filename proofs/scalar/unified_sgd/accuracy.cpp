// The main theorem with a given accuracy: a stepsize that makes the noise small, and enough steps for the rest. And why
// the slides' maximum of powers is the power of the maximum.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_accuracy {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the bounds on gamma and gamma^2
  Rational epsilon = 1;   ///< multiplies the accuracy in the conclusion
};

/// noise <= (epsilon/2) gap, for both gaps.
Statement stepsize(const Change& change = {}) {
  Statement s;
  const ParametricConstants<Term> c = parametric_constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term M = s.positive("M", "weight of sigma_squared in V");
  const Term epsilon = s.positive("epsilon", "accuracy");
  const Term rate = noise<Term>(c, 1, M);
  const std::vector<Term> gaps = s.evaluate([&] { return contraction_gaps(c, gamma, mu, M); });
  s.assume("stepsize-1", less_equal(2 * gamma * rate, Term(change.stepsize) * epsilon * mu),
           "gamma <= epsilon mu/(2 (D1 + M D2))");
  s.assume("stepsize-2", less_equal(2 * gamma * gamma * rate, Term(change.stepsize) * epsilon * gaps[1]),
           "gamma^2 <= epsilon (rho - B/M)/(2 (D1 + M D2))");
  for (const Term& gap : gaps) s.conclude(less_equal(noise(c, gamma, M), Term(change.epsilon) * epsilon / 2 * gap));
  s.redundant({"A-nonnegative", "B-nonnegative", "rho-positive", "C-nonnegative", "D1-nonnegative",
               "D2-nonnegative", "rho-at-most-one", "mu-positive", "M-positive", "epsilon-positive"});
  s.hint({"stepsize-1"}, gamma);
  s.hint({"stepsize-2"});
  return s;
}

Statement total(const Change& change = {}) {
  Statement s;
  const Term g = s.positive("g", "least contraction gap, 1 - q");
  const Term added = s.variable("noise", "gamma^2 (D1 + M D2)");
  const Term epsilon = s.variable("epsilon", "accuracy");
  const Term first = s.variable("V0", "V^0");
  const Term power = s.variable("power", "(1 - g)^k");
  const Term now = s.variable("V", "E V^k");
  s.assume("closed-form", less_equal(now, power * first + added / g), "unified-sgd/theorem/closed-form");
  s.assume("noise-small", less_equal(added, Term(change.stepsize) * epsilon / 2 * g), "accuracy-stepsize");
  s.assume("steps", less_equal(power * first, epsilon / 2), "k >= ln(2 V^0/epsilon)/g");
  s.conclude(less_equal(now, Term(change.epsilon) * epsilon));
  s.hint({"closed-form"});
  s.hint({"noise-small"}, 1 / g);
  s.hint({"steps"});
  return s;
}

/// 0 <= a <= b implies 0 <= a^k <= b^k, from k to k + 1, so that max{a^k, b^k} = max{a, b}^k; likewise for b <= a.
/// At k = 0 it says 0 <= 1 <= 1.
Statement powers(const Change& change = {}) {
  Statement s;
  const Term a = s.nonnegative("a", "the smaller factor");
  const Term b = s.variable("b", "the larger factor");
  const Term ak = s.nonnegative("ak", "a^k");
  const Term bk = s.variable("bk", "b^k");
  s.assume("order", less_equal(a, b), "a <= b");
  s.assume("induction-hypothesis", less_equal(ak, bk), "a^k <= b^k");
  s.conclude(less_equal(0, a * ak));
  s.conclude(less_equal(a * ak, Term(change.epsilon) * b * bk));
  s.hint({"a-nonnegative", "ak-nonnegative"});
  s.hint({"order", "ak-nonnegative"});
  s.hint({"order", "induction-hypothesis"});
  s.hint({"a-nonnegative", "induction-hypothesis"});
  return s;
}

Obligation obligation(const std::string& name, const std::string& claim, const std::string& title,
                      std::vector<std::string> formula, Statement (*make)(const Change&)) {
  Obligation o{.id = "unified-sgd/theorem/" + name,
               .claim = "unified-sgd/theorem/" + claim,
               .title = title,
               .source = "derived",
               .generated_from = "theory/unified_sgd/assumption.hpp",
               .formula = std::move(formula)};
  state(o, make({}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation of_stepsize =
      obligation("accuracy-stepsize", "accuracy", "Main theorem: a stepsize for which the noise is small",
                 {"gamma <= epsilon mu/(2 (D1 + M D2)), gamma^2 <= epsilon (rho - B/M)/(2 (D1 + M D2))",
                  "=>  noise <= (epsilon/2) gamma mu, noise <= (epsilon/2) (rho - B/M)"},
                 stepsize);
  add_twin(of_stepsize, "larger-stepsize", "1.001 of the bounds", stepsize({.stepsize = {1001, 1000}}));
  add_twin(of_stepsize, "smaller-noise", "0.999 epsilon/2", stepsize({.epsilon = {999, 1000}}));

  Obligation of_total =
      obligation("accuracy-total", "accuracy", "Main theorem: the accuracy after enough steps",
                 {"E V^k <= (1 - g)^k V^0 + noise/g, noise <= (epsilon/2) g, (1 - g)^k V^0 <= epsilon/2",
                  "=>  E V^k <= epsilon"},
                 total);
  of_total.generated_from = "nothing: the closed form is that on the page of theory/unified_sgd/assumption.hpp";
  add_twin(of_total, "larger-noise", "noise <= 1.001 (epsilon/2) g", total({.stepsize = {1001, 1000}}));
  add_twin(of_total, "smaller-accuracy", "0.999 epsilon", total({.epsilon = {999, 1000}}));

  Obligation of_powers = obligation("powers", "powers", "Main theorem: the maximum of powers, from k to k + 1",
                                    {"0 <= a <= b, 0 <= a^k <= b^k", "=>  0 <= a^{k+1} <= b^{k+1}"}, powers);
  of_powers.generated_from = "nothing: it is about real numbers";
  add_twin(of_powers, "smaller-power", "0.999 b^{k+1} in place of b^{k+1}", powers({.epsilon = {999, 1000}}));
  return {std::move(of_stepsize), std::move(of_total), std::move(of_powers)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_accuracy
