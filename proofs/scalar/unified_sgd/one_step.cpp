// One step of the main theorem: the key parametric assumption and quasi-strong convexity give
//
//     E V^{k+1} <= q V^k + noise
//
// The composite form, with R and its prox, is the same algebra as R = 0: D(x) is the Bregman distance, g and grad f(x)
// are measured from grad f(x*), and E|x+ - x*|^2 is at most, not equal to, what the square expands to
// (unified-sgd/theorem/proximal-step).
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_one_step {

namespace {

/// What a twin makes too good. The hypotheses (K2), (K3) keep the true constants.
struct Change {
  Rational stepsize = 1;                         ///< multiplies the bounds on gamma
  Rational mu = 1;                               ///< multiplies mu in the contraction factors
  Rational A = 1, B = 1, C = 1, D1 = 1, D2 = 1;  ///< multiply the constants that the conclusion is computed from
};

ParametricConstants<Term> claimed(const ParametricConstants<Term>& c, const Change& change) {
  return {Term(change.A) * c.A, Term(change.B) * c.B,   c.rho,
          Term(change.C) * c.C, Term(change.D1) * c.D1, Term(change.D2) * c.D2};
}

Statement one_step(const Change& change = {}) {
  Statement s;
  const ParametricConstants<Term> c = parametric_constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term M = s.positive("M", "weight of sigma_squared in V");
  const Term q = s.variable("q", "contraction factor");
  const Term r = s.nonnegative("r", "|x - x*|^2");
  const Term D = s.nonnegative("D", "D(x), the Bregman distance to x*");
  const Term sigma = s.nonnegative("sigma_squared", "distance of the shifts");
  const Term inner = s.variable("inner", "<grad f(x) - grad f(x*), x - x*>");
  const Term moment = s.variable("second_moment", "E |g - grad f(x*)|^2");
  const Term next_sigma = s.variable("next_sigma_squared", "E sigma_{k+1}^2");
  const ParametricConstants<Term> concluded = claimed(c, change);

  s.assume("quasi-strong-convexity", less_equal(D + mu / 2 * r, inner), "f is mu-quasi-strongly convex");
  s.assume("K2", less_equal(moment, 2 * c.A * D + c.B * sigma + c.D1), "(K2)");
  s.assume("K3", less_equal(next_sigma, (1 - c.rho) * sigma + 2 * c.C * D + c.D2), "(K3)");
  s.assume("M-large", less(c.B / c.rho, M), "M > B/rho");
  s.assume("stepsize-denominator", less(0, concluded.A + concluded.C * M), "the stepsize bound is a number");
  assume_stepsize(s, concluded, gamma, mu, M, change.stepsize);
  const std::vector<Term> factors =
      s.evaluate([&] { return contraction_factors(concluded, gamma, Term(change.mu) * mu, M); });
  for (std::size_t i = 0; i < factors.size(); ++i)
    s.assume("q-" + std::to_string(i + 1), less_equal(factors[i], q),
             "q >= contraction_factors(c, gamma, mu, M)[" + std::to_string(i) + "]");

  // The closed form needs the stepsize bound 1/mu and M > B/rho; one step does not.
  s.redundant({"A-nonnegative", "B-nonnegative", "rho-positive", "C-nonnegative", "D1-nonnegative",
               "D2-nonnegative", "rho-at-most-one", "mu-positive", "M-positive", "M-large", "stepsize-denominator",
               "stepsize-1"});

  // (K1) is used here: E |x+ - x*|^2 <= r - 2 gamma inner + gamma^2 E |g - grad f(x*)|^2.
  const Term next_r = r - 2 * gamma * inner + gamma * gamma * moment;
  const Term now = r + M * gamma * gamma * sigma;
  const Term next = next_r + M * gamma * gamma * next_sigma;
  s.conclude(less_equal(next, q * now + noise(concluded, gamma, M)));

  s.hint({"quasi-strong-convexity"}, gamma);
  s.hint({"K2"}, gamma * gamma);
  s.hint({"K3"}, M * gamma * gamma);
  s.hint({"stepsize-2", "D-nonnegative"}, gamma * (c.A + c.C * M));
  s.hint({"q-1", "r-nonnegative"});
  s.hint({"q-2", "sigma_squared-nonnegative"}, M * gamma * gamma);
  return s;
}

/// M = 0, which is admissible where B = 0: V = |x - x*|^2.
Statement without_table(const Change& change = {}) {
  Statement s;
  const Term A = s.positive("A", "before 2 D(x) in (K2)");
  const Term D1 = s.nonnegative("D1", "noise in (K2)");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term q = s.variable("q", "contraction factor");
  const Term r = s.nonnegative("r", "|x - x*|^2");
  const Term D = s.nonnegative("D", "D(x), the Bregman distance to x*");
  const Term inner = s.variable("inner", "<grad f(x) - grad f(x*), x - x*>");
  const Term moment = s.variable("second_moment", "E |g - grad f(x*)|^2");
  const ParametricConstants<Term> concluded = claimed({A, 0, 1, 0, D1, 0}, change);

  s.assume("quasi-strong-convexity", less_equal(D + mu / 2 * r, inner), "f is mu-quasi-strongly convex");
  s.assume("K2", less_equal(moment, 2 * A * D + D1), "(K2) with B = 0");
  assume_stepsize(s, concluded, gamma, mu, 0, change.stepsize);
  for (const Term& factor : contraction_factors<Term>(concluded, gamma, Term(change.mu) * mu, 0))
    s.assume("q-1", less_equal(factor, q), "q >= contraction_factors(c, gamma, mu, 0)[0]");
  s.redundant({"A-positive", "D1-nonnegative", "mu-positive", "stepsize-1"});
  s.conclude(less_equal(r - 2 * gamma * inner + gamma * gamma * moment, q * r + noise<Term>(concluded, gamma, 0)));

  s.hint({"quasi-strong-convexity"}, gamma);
  s.hint({"K2"}, gamma * gamma);
  s.hint({"stepsize-2", "D-nonnegative"}, gamma * A);
  s.hint({"q-1", "r-nonnegative"});
  return s;
}

using Make = Statement (*)(const Change&);

void add_common_twins(Obligation& o, Make make) {
  add_twin(o, "doubled-stepsize", "gamma may be twice as large", make({.stepsize = 2}));
  add_twin(o, "stepsize-past-the-bound", "gamma may be 1e-9 larger, relatively",
           make({.stepsize = Rational(1000000001, 1000000000)}));
  add_twin(o, "twice-mu", "2 mu in place of mu in the rate", make({.mu = 2}));
  add_twin(o, "smaller-A", "0.999 A in place of A in the stepsize", make({.A = Rational(999, 1000)}));
  add_twin(o, "smaller-D1", "0.999 D1 in place of D1 in the noise", make({.D1 = Rational(999, 1000)}));
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation with_table{
      .id = "unified-sgd/theorem/one-step",
      .claim = "unified-sgd/theorem/one-step",
      .title = "Main theorem, one step: the Lyapunov value contracts up to noise",
      .source = main_theorem_source,
      .generated_from = "theory/unified_sgd/assumption.hpp",
      .formula = {"(K2)  E|g - grad f(x*)|^2 <= 2A D(x) + B sigma^2 + D1",
                  "(K3)  E sigma_{k+1}^2 <= (1 - rho) sigma^2 + 2C D(x) + D2",
                  "M > B/rho, gamma <= 1/mu, gamma <= 1/(A + CM), q >= 1 - gamma mu, q >= 1 + B/M - "
                  "rho",
                  "=>  E V^{k+1} <= q V^k + gamma^2 (D1 + M D2),    V = r + M gamma^2 sigma^2"}};
  state(with_table, one_step());
  add_common_twins(with_table, one_step);
  add_twin(with_table, "rate-without-B", "the contraction factor 1 - rho in place of 1 + B/M - rho",
           one_step({.B = 0}));
  add_twin(with_table, "smaller-B", "0.999 B in place of B in the rate", one_step({.B = Rational(999, 1000)}));
  add_twin(with_table, "smaller-C", "0.999 C in place of C in the stepsize", one_step({.C = Rational(999, 1000)}));
  add_twin(with_table, "smaller-D2", "0.999 D2 in place of D2 in the noise", one_step({.D2 = Rational(999, 1000)}));

  Obligation table_free{
      .id = "unified-sgd/theorem/without-sigma",
      .claim = "unified-sgd/theorem/without-sigma",
      .title = "Main theorem, one step, for B = 0 and M = 0: the distance contracts up to noise",
      .source = std::string(main_theorem_source) + "; the slides leave M = 0 out",
      .generated_from = "theory/unified_sgd/assumption.hpp",
      .formula = {"(K2)  E|g - grad f(x*)|^2 <= 2A D(x) + D1", "gamma <= 1/mu, gamma <= 1/A, q >= 1 - gamma mu",
                  "=>  E|x^{k+1} - x*|^2 <= q |x^k - x*|^2 + gamma^2 D1"}};
  state(table_free, without_table());
  add_common_twins(table_free, without_table);
  return {std::move(with_table), std::move(table_free)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_one_step
