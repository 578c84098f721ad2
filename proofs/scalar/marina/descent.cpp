// One step of the theorem of biased estimators, non-convex and under the PL condition, and how the stepsize meets what
// the step asks for. Vectors enter through their inner products, q = grad f(x):
//
//     f(x+) <= f(x) - gamma <q, g> + (L/2) gamma^2 |g|^2,      G = |g - q|^2 = |g|^2 - 2 <q, g> + |q|^2
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0::proofs::topics::marina_descent {

namespace {

/// What a twin makes too good.
struct Change {
  Rational weight = 1;       ///< multiplies the weight of G in the Lyapunov value
  Rational gain = 1;         ///< multiplies the promised descent
  Rational noise = 1;        ///< multiplies the noise in the conclusion
  Rational coefficient = 0;  ///< the least descent coefficient allowed
  Rational stepsize = 1;     ///< multiplies the bound 1/(L + t)
  Rational root = 1;         ///< multiplies what t^2 must reach
  bool pl_bound = true;      ///< gamma <= p/(2 mu); else only gamma mu <= 1
};

/// What is asked of the stepsize: that the descent coefficient is not negative, or not to exceed the largest one.
enum class Asked { coefficient, largest };

struct Parameters {
  Term L, gamma, p, lambda_squared, nu;
};

/// Before the step, and after it in expectation.
struct Values {
  Term gap, next_gap;
  Term qq, G, next_G;
};

Parameters parameters(Statement& s) {
  return {s.variable("L", "smoothness of f"), s.positive("gamma", "stepsize"),
          s.positive("p", "share of its error that the estimator loses"),
          s.variable("lambda_squared", "Lambda^2 in (R)"), s.variable("nu", "noise in (R)")};
}

/// gamma <= 2/(L + r): four times the descent coefficient is u^2 + 2 gamma r u + gamma^2 (r^2 - L^2 - 4 needed Lambda^2) for u = 2 -
/// gamma (L + r).
void assume_largest_stepsize(Statement& s, const Parameters& c, const Term& gg, int needed, const Change& change) {
  const Term r = s.nonnegative("r", "at least the root");
  s.assume("L-positive", less(0, c.L), "f is L-smooth");
  s.assume("root", less_equal(c.L * c.L + Term(4 * needed) * c.lambda_squared, r * r),
           needed == 1 ? "r^2 >= L^2 + 4 Lambda^2" : "r^2 >= L^2 + 8 Lambda^2");
  s.assume("largest-stepsize", less_equal(c.gamma, Term(change.stepsize) * biased_estimator_sharp_stepsize(c.L, r)),
           "gamma <= biased_estimator_sharp_stepsize(L, r)");
  s.redundant({"L-positive"});
  const Term quarter = c.gamma / 8;
  s.square(2 - c.gamma * (c.L + r), quarter * gg);
  s.hint({"largest-stepsize", "gg-nonnegative"}, quarter * 2 * c.gamma * r * (c.L + r));
  s.hint({"root", "gg-nonnegative"}, quarter * c.gamma * c.gamma);
}

/// What smoothness and (R) say of a step; `needed` multiplies Lambda^2 in the descent coefficient.
Values step(Statement& s, const Parameters& c, int needed, Asked asked, const Change& change) {
  const Term gg = s.nonnegative("gg", "|g|^2");
  const Term qg = s.variable("qg", "<q, g>, q = grad f(x)");
  Values v{.gap = s.variable("gap", "f(x) - inf f"),
           .next_gap = s.variable("next_gap", "f(x+) - inf f"),
           .qq = s.variable("qq", "|q|^2"),
           .G = {},
           .next_G = s.variable("next_G", "E |g+ - grad f(x+)|^2")};
  v.G = gg - 2 * qg + v.qq;
  s.assume("smoothness", less_equal(v.next_gap, v.gap - c.gamma * qg + c.L / 2 * (c.gamma * c.gamma * gg)),
           "f is L-smooth, x+ = x - gamma g");
  s.assume("R",
           less_equal(v.next_G, (1 - c.p) * v.G + c.p * c.lambda_squared * (c.gamma * c.gamma * gg) + c.p * c.nu),
           "(R)");
  s.hint({"smoothness"});
  if (asked == Asked::largest) {
    assume_largest_stepsize(s, c, gg, needed, change);
    return v;
  }
  s.assume("coefficient",
           less_equal(Term(change.coefficient),
                      biased_estimator_descent<Term>(c.L, c.gamma, Term(needed) * c.lambda_squared)),
           "the stepsize is small enough");
  s.hint({"coefficient", "gg-nonnegative"}, c.gamma / 2);
  return v;
}

Statement one_step(Asked asked, const Change& change = {}) {
  Statement s;
  const Parameters c = parameters(s);
  const Values v = step(s, c, 1, asked, change);
  const Term weight = biased_estimator_weight(c.gamma, c.p);
  const Term claimed = Term(change.weight) * weight;
  s.conclude(less_equal(
      v.next_gap + claimed * v.next_G,
      v.gap + claimed * v.G - Term(change.gain) * c.gamma / 2 * v.qq + Term(change.noise) * c.gamma / 2 * c.nu));
  s.hint({"R"}, weight);
  return s;
}

Statement one_step_pl(Asked asked, const Change& change = {}) {
  Statement s;
  const Parameters c = parameters(s);
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Values v = step(s, c, 2, asked, change);
  s.assume("G-nonnegative", less_equal(0, v.G), "0 <= |g - q|^2");
  s.assume("PL", less_equal(2 * mu * v.gap, v.qq), "|grad f(x)|^2 >= 2 mu (f(x) - inf f)");
  const std::vector<Term> bounds = biased_estimator_pl_stepsizes<Term>(c.L, 0, c.p, mu);
  s.assume("stepsize", less_equal(c.gamma, change.pl_bound ? bounds[1] : 1 / mu),
           "gamma <= biased_estimator_pl_stepsizes(L, t, p, mu)[1]");
  s.redundant({"p-positive", "mu-positive"});
  const Term weight = biased_estimator_pl_weight(c.gamma, c.p);
  const Term claimed = Term(change.weight) * weight;
  s.conclude(less_equal(
      v.next_gap + claimed * v.next_G,
      (1 - Term(change.gain) * c.gamma * mu) * (v.gap + claimed * v.G) + Term(change.noise) * c.gamma * c.nu));
  s.hint({"R"}, weight);
  s.hint({"PL"}, c.gamma / 2);
  s.hint({"stepsize", "G-nonnegative"}, c.gamma * mu / c.p);
  return s;
}

/// gamma <= 1/(L + t) and t^2 >= needed Lambda^2 imply the descent coefficient >= 0.
Statement coefficient(int needed, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term lambda_squared = s.variable("lambda_squared", "Lambda^2 in (R)");
  const Term t = s.nonnegative("t", "at least the root");
  const Term radicand = Term(needed) * lambda_squared;
  s.assume("root", less_equal(Term(change.root) * radicand, t * t),
           needed == 1 ? "t^2 >= Lambda^2" : "t^2 >= 2 Lambda^2");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * biased_estimator_stepsize(L, t)),
           "gamma <= biased_estimator_stepsize(L, t)");
  s.conclude(less_equal(0, biased_estimator_descent(L, gamma, radicand)));
  s.hint({"stepsize"}, L + t);
  s.hint({"stepsize"}, gamma * t * (L + t));
  s.hint({"root"}, gamma * gamma);
  s.hint({"t-nonnegative"}, gamma * gamma * L);
  return s;
}

Obligation obligation(const std::string& name, const std::string& claim, const std::string& title,
                      std::vector<std::string> formula) {
  return {.id = "marina/marina/" + name,
          .claim = "marina/marina/" + claim,
          .title = title,
          .source = "derived; the theorems of arXiv:2102.07845 are instances",
          .generated_from = "theory/marina/biased_estimator.hpp",
          .formula = std::move(formula)};
}

Obligation step_obligation() {
  Obligation o =
      obligation("descent", "descent", "Biased estimators, one step",
                 {"f is L-smooth, (R), 1 - gamma L - gamma^2 Lambda^2 >= 0",
                  "=>  E Phi+ <= Phi - (gamma/2) |grad f(x)|^2 + (gamma/2) nu,    Phi = gap + gamma/(2p) G"});
  state(o, one_step(Asked::coefficient));
  add_twin(o, "smaller-weight", "the weight gamma/(4p) in place of gamma/(2p)",
           one_step(Asked::coefficient, {.weight = {1, 2}}));
  add_twin(o, "larger-gain", "1.001 of the descent", one_step(Asked::coefficient, {.gain = {1001, 1000}}));
  add_twin(o, "smaller-noise", "0.999 nu in place of nu", one_step(Asked::coefficient, {.noise = {999, 1000}}));
  add_twin(o, "larger-stepsize", "1 - gamma L - gamma^2 Lambda^2 >= -1/1000",
           one_step(Asked::coefficient, {.coefficient = {-1, 1000}}));
  return o;
}

Obligation step_obligation_pl() {
  Obligation o = obligation(
      "descent-pl", "descent-pl", "Biased estimators under the PL condition, one step",
      {"f is L-smooth, |grad f(x)|^2 >= 2 mu gap, (R)", "1 - gamma L - 2 gamma^2 Lambda^2 >= 0, gamma <= p/(2 mu)",
       "=>  E Psi+ <= (1 - gamma mu) Psi + gamma nu,    Psi = gap + gamma/p G"});
  state(o, one_step_pl(Asked::coefficient));
  add_twin(o, "smaller-weight", "the weight gamma/(2p) in place of gamma/p",
           one_step_pl(Asked::coefficient, {.weight = {1, 2}}));
  add_twin(o, "faster", "the rate 1 - 1.001 gamma mu", one_step_pl(Asked::coefficient, {.gain = {1001, 1000}}));
  add_twin(o, "smaller-noise", "0.999 nu in place of nu", one_step_pl(Asked::coefficient, {.noise = {999, 1000}}));
  add_twin(o, "larger-stepsize", "1 - gamma L - 2 gamma^2 Lambda^2 >= -1/1000",
           one_step_pl(Asked::coefficient, {.coefficient = {-1, 1000}}));
  add_twin(o, "any-p", "gamma <= 1/mu in place of p/(2 mu)", one_step_pl(Asked::coefficient, {.pl_bound = false}));
  return o;
}

/// Where the descent coefficient is negative there is a step that does not descend.
Obligation largest_obligation(int needed) {
  const bool pl = needed == 2;
  const auto make = [pl](const Change& change) {
    return pl ? one_step_pl(Asked::largest, change) : one_step(Asked::largest, change);
  };
  Obligation o = obligation(
      pl ? "sharp-stepsize-descent-pl" : "sharp-stepsize-descent", "sharp-stepsize",
      pl ? "Biased estimators under the PL condition, one step with the largest stepsize"
         : "Biased estimators, one step with the largest stepsize",
      {pl ? "f is L-smooth, |grad f(x)|^2 >= 2 mu gap, (R), gamma <= 2/(L + sqrt(L^2 + 8 Lambda^2)), gamma "
            "<= p/(2 mu)"
          : "f is L-smooth, (R), gamma <= 2/(L + sqrt(L^2 + 4 Lambda^2))",
       pl ? "=>  E Psi+ <= (1 - gamma mu) Psi + gamma nu,    Psi = gap + gamma/p G"
          : "=>  E Phi+ <= Phi - (gamma/2) |grad f(x)|^2 + (gamma/2) nu,    Phi = gap + gamma/(2p) G"});
  state(o, make({}));
  add_twin(o, "larger-stepsize", "1.01 of the largest stepsize", make({.stepsize = {101, 100}}));
  add_twin(o, "larger-gain", "1.001 of the descent", make({.gain = {1001, 1000}}));
  return o;
}

Obligation coefficient_obligation(int needed) {
  const std::string claim = needed == 1 ? "descent" : "descent-pl";
  const std::string radicand = needed == 1 ? "Lambda^2" : "2 Lambda^2";
  const std::string used = needed == 1 ? "gamma^2 Lambda^2" : "2 gamma^2 Lambda^2";
  Obligation o =
      obligation(claim + "-coefficient", claim, "Biased estimators: the stepsize is small enough",
                 {"gamma <= 1/(L + t), t >= 0, t^2 >= " + radicand, "=>  1 - gamma L - " + used + " >= 0"});
  state(o, coefficient(needed));
  add_twin(o, "larger-stepsize", "gamma <= 1.001/(L + t)", coefficient(needed, {.stepsize = {1001, 1000}}));
  add_twin(o, "much-larger-stepsize", "gamma <= 1.7/(L + t)", coefficient(needed, {.stepsize = {17, 10}}));
  add_twin(o, "smaller-root", "t^2 >= 0.999 of it", coefficient(needed, {.root = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  return {step_obligation(),    coefficient_obligation(1), largest_obligation(1),
          step_obligation_pl(), coefficient_obligation(2), largest_obligation(2)};
}

}  // namespace touchstone::inline v0::proofs::topics::marina_descent
