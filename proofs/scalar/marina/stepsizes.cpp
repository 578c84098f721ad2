// MARINA meets the conditions of the theorem of biased estimators, for all omega >= 0, n >= 1 and 0 < p <= 1. What its
// estimator does in a step is E G+ <= (1 - p)(G + (omega/n) Y), Y = (1/n) sum_i |grad f_i(x+) - grad f_i(x)|^2, which
// the claim marina/marina/estimator checks on the method itself.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/marina.hpp"

namespace touchstone::inline v0::proofs::topics::marina_stepsizes {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the bounds on gamma
  Rational root = 1;      ///< multiplies what t^2 must reach
  Rational lambda = 1;    ///< multiplies Lambda^2 in the row
};

enum class Case { nonconvex, pl };

/// t^2 >= this times Lambda^2
int needed(Case of) {
  return of == Case::nonconvex ? 1 : 2;
}

Statement conditions(Case of, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "L^2 = (1/n) sum_i L_i^2");
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.variable("n", "workers");
  s.assume("n-at-least-one", less_equal(1, n), "n >= 1");
  const Term p = s.positive("p", "probability that the gradients are sent in full");
  s.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term t = s.nonnegative("t", "at least the root");
  const Term G = s.variable("G", "|g - grad f(x)|^2");
  const Term moved = s.variable("moved", "|x+ - x|^2");
  const Term Y = s.variable("Y", "(1/n) sum_i |grad f_i(x+) - grad f_i(x)|^2");
  s.assume("smoothness", less_equal(Y, L * L * moved), "every f_i is L_i-smooth");
  const Term lambda_squared = marina_lambda_squared<Term>(L * L, omega, n, p);
  const Term radicand = Term(needed(of)) * lambda_squared;
  s.assume("root", less_equal(Term(change.root) * radicand, t * t),
           of == Case::nonconvex ? "t^2 >= Lambda^2" : "t^2 >= 2 Lambda^2");
  const auto assume_bound = [&](const std::string& name, const Term& bound) {
    s.assume(name, less_equal(gamma, Term(change.stepsize) * bound), "gamma is at most the declared stepsize");
  };

  s.conclude(
      less_equal((1 - p) * (G + omega / n * Y), (1 - p) * G + p * (Term(change.lambda) * lambda_squared) * moved));
  s.conclude(less_equal(0, biased_estimator_descent(L, gamma, radicand)));
  s.hint({"p-at-most-one", "smoothness"}, omega / n);
  s.hint({"stepsize-1"}, L + t);
  s.hint({"stepsize-1"}, gamma * t * (L + t));
  s.hint({"root"}, gamma * gamma);
  s.hint({"t-nonnegative"}, gamma * gamma * L);
  if (of == Case::nonconvex) {
    assume_bound("stepsize-1", biased_estimator_stepsize(L, t));
    return s;
  }
  const Term mu = s.positive("mu", "constant of the PL condition");
  const std::vector<Term> bounds = biased_estimator_pl_stepsizes(L, t, p, mu);
  for (std::size_t i = 0; i < bounds.size(); ++i) assume_bound("stepsize-" + std::to_string(i + 1), bounds[i]);
  s.conclude(less_equal(gamma * mu, Term(Rational(1, 2))));
  s.redundant({"p-positive", "mu-positive"});
  s.hint({"stepsize-2"}, mu);
  s.hint({"p-at-most-one"});
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      Case of) {
  const std::string id = "marina/marina/" + name;
  Obligation o{.id = id,
               .claim = id,
               .title = title,
               .source = "slides \"New Method: MARINA\"; constants of arXiv:2102.07845",
               .generated_from = "theory/marina/marina.hpp, theory/marina/biased_estimator.hpp",
               .formula = std::move(formula)};
  state(o, conditions(of));
  add_twin(o, "larger-stepsize", "1.001 times the declared stepsize", conditions(of, {.stepsize = {1001, 1000}}));
  add_twin(o, "much-larger-stepsize", "1.7 times the declared stepsize", conditions(of, {.stepsize = {17, 10}}));
  add_twin(o, "smaller-root", "t^2 >= 0.999 of it", conditions(of, {.root = {999, 1000}}));
  add_twin(o, "smaller-lambda", "0.999 Lambda^2 in place of Lambda^2 in the row",
           conditions(of, {.lambda = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const std::string given = "0 < p <= 1, n >= 1, omega >= 0, Lambda^2 = (1 - p) omega L^2/(p n), E G+ as of MARINA";
  return {obligation("stepsize", "MARINA: row and stepsize meet the theorem's conditions",
                     {given, "gamma <= 1/(L + t), t^2 >= Lambda^2",
                      "=>  (R) with nu = 0,    1 - gamma L - gamma^2 Lambda^2 >= 0"},
                     Case::nonconvex),
          obligation("stepsize-pl", "MARINA under the PL condition: row and stepsize meet the theorem's conditions",
                     {given, "gamma <= 1/(L + t), t^2 >= 2 Lambda^2, gamma <= p/(2 mu)",
                      "=>  (R) with nu = 0,    1 - gamma L - 2 gamma^2 Lambda^2 >= 0,    gamma mu <= 1/2"},
                     Case::pl)};
}

}  // namespace touchstone::inline v0::proofs::topics::marina_stepsizes
