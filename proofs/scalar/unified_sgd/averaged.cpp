// The main theorem without strong convexity, for convex f and R = 0: half the stepsize leaves a descent of gamma gap in
// every step, and over K steps the gaps add up.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_averaged {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the bound on gamma
  Rational gain = 1;      ///< multiplies the descent, or the average gap
  Rational noise = 1;     ///< multiplies the noise in the conclusion
  Rational at_bound = 0;  ///< by how much of B, M may fall short of B/rho
};

/// E V^{k+1} <= V^k - gamma gap + noise
Statement one_step(const Change& change = {}) {
  Statement s;
  const ParametricConstants<Term> c = parametric_constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term M = s.nonnegative("M", "weight of sigma_squared in V");
  const Term r = s.variable("r", "|x - x*|^2");
  const Term gap = s.nonnegative("gap", "f(x) - f(x*)");
  const Term sigma = s.nonnegative("sigma_squared", "distance of the shifts");
  const Term inner = s.variable("inner", "<grad f(x), x - x*>");
  const Term moment = s.variable("second_moment", "E |g|^2");
  const Term next_sigma = s.variable("next_sigma_squared", "E sigma_{k+1}^2");
  s.assume("convexity", less_equal(gap, inner), "f is convex");
  s.assume("K2", less_equal(moment, 2 * c.A * gap + c.B * sigma + c.D1), "(K2)");
  s.assume("K3", less_equal(next_sigma, (1 - c.rho) * sigma + 2 * c.C * gap + c.D2), "(K3)");
  s.assume("M-large", less_equal((1 - Term(change.at_bound)) * c.B, c.rho * M), "M >= B/rho");
  s.assume("stepsize-denominator", less(0, c.A + c.C * M), "the stepsize bound is a number");
  const Term any_mu = 1;  // the second bound does not depend on it
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * stepsize_bounds(c, any_mu, M)[1] / 2),
           "gamma <= 1/(2(A + CM))");
  s.redundant({"A-nonnegative", "B-nonnegative", "rho-positive", "C-nonnegative", "D1-nonnegative",
               "D2-nonnegative", "rho-at-most-one", "M-nonnegative", "stepsize-denominator"});
  const Term now = r + M * gamma * gamma * sigma;
  const Term next = r - 2 * gamma * inner + gamma * gamma * moment + M * gamma * gamma * next_sigma;
  s.conclude(less_equal(next, now - Term(change.gain) * gamma * gap + Term(change.noise) * noise(c, gamma, M)));

  s.hint({"convexity"}, gamma);
  s.hint({"K2"}, gamma * gamma);
  s.hint({"K3"}, M * gamma * gamma);
  s.hint({"M-large", "sigma_squared-nonnegative"}, gamma * gamma);
  s.hint({"stepsize", "gap-nonnegative", "stepsize-denominator"}, gamma);
  return s;
}

/// gamma sum_{j<k} E gap(x^j) <= V^0 - E V^k + k noise, from k to k + 1. At k = 0 it says 0 <= 0.
Statement sum(const Change& change = {}) {
  Statement s;
  const Term gamma = s.variable("gamma", "stepsize");
  const Term added = s.variable("noise", "gamma^2 (D1 + M D2)");
  const Term k = s.variable("k", "steps made");
  const Term first = s.variable("V0", "V^0");
  const Term now = s.variable("V", "E V^k");
  const Term next = s.variable("next_V", "E V^{k+1}");
  const Term total = s.variable("total", "sum_{j<k} E gap(x^j)");
  const Term gap = s.variable("gap", "E gap(x^k)");
  s.assume("induction-hypothesis", less_equal(gamma * total, first - now + k * added), "the bound at k");
  s.assume("one-step", less_equal(next, now - gamma * gap + added), "unified-sgd/theorem/averaged-one-step");
  s.conclude(
      less_equal(gamma * (total + Term(change.gain) * gap), first - next + (k + Term(change.noise)) * added));
  s.hint({"induction-hypothesis"});
  s.hint({"one-step"});
  return s;
}

/// E gap(xbar) <= V^0/(gamma K) + gamma (D1 + M D2)
Statement average(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term M = s.variable("M", "weight of sigma_squared in V");
  const ParametricConstants<Term> c{
      0, 0, 1, 0, s.variable("D1", "noise in (K2)"), s.variable("D2", "noise in (K3)")};
  const Term K = s.positive("K", "steps made");
  const Term first = s.variable("V0", "V^0");
  const Term last = s.nonnegative("V", "E V^K");
  const Term total = s.variable("total", "sum_{k<K} E gap(x^k)");
  const Term gap = s.variable("gap_bar", "E gap(xbar), xbar the average of x^0, ..., x^{K-1}");
  s.assume("sum", less_equal(gamma * total, first - last + K * noise(c, gamma, M)),
           "unified-sgd/theorem/averaged-sum");
  s.assume("convexity", less_equal(gap, total / K), "f is convex");
  s.redundant({"K-positive"});
  s.conclude(
      less_equal(Term(change.gain) * gap, first / (gamma * K) + Term(change.noise) * gamma * noise<Term>(c, 1, M)));
  s.hint({"sum"}, 1 / (gamma * K));
  s.hint({"V-nonnegative"}, 1 / (gamma * K));
  s.hint({"convexity"});
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      Statement (*make)(const Change&)) {
  Obligation o{.id = "unified-sgd/theorem/averaged-" + name,
               .claim = "unified-sgd/theorem/averaged",
               .title = "Without strong convexity: " + title,
               .source = "derived; the slides ask for mu > 0",
               .generated_from = "theory/unified_sgd/assumption.hpp",
               .formula = std::move(formula)};
  state(o, make({}));
  add_twin(o, "larger-gain", "1.001 of the gap", make({.gain = {1001, 1000}}));
  add_twin(o, "smaller-noise", "0.999 of the noise", make({.noise = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation of_step = obligation("one-step", "one step",
                                  {"f convex, (K1), (K2), (K3), M rho >= B, gamma <= 1/(2(A + CM))",
                                   "=>  E V^{k+1} <= V^k - gamma gap(x^k) + gamma^2 (D1 + M D2)"},
                                  one_step);
  add_twin(of_step, "larger-stepsize", "gamma may be 1.001 times as large", one_step({.stepsize = {1001, 1000}}));
  add_twin(of_step, "smaller-M", "M rho >= 0.999 B", one_step({.at_bound = {1, 1000}}));
  return {std::move(of_step),
          obligation("sum", "the gaps of k steps add up",
                     {"T^k = sum_{j<k} E gap(x^j)", "gamma T^k <= V^0 - E V^k + k noise  and one step",
                      "=>  the same for k + 1"},
                     sum),
          obligation("average", "the gap at the average of the iterates",
                     {"gamma T^K <= V^0 - E V^K + K noise, V >= 0, gap(xbar) <= T^K/K",
                      "=>  E gap(xbar) <= V^0/(gamma K) + gamma (D1 + M D2)"},
                     average)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_averaged
