// DIANA on functions that need not be convex: one step of Phi, under the PL condition of Psi, and how the stepsize meets what the step
// asks for. The rows of H and V are the kernel's (marina/diana/estimator).
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/diana_nonconvex.hpp"

namespace touchstone::inline v0::proofs::topics::marina_diana {

namespace {

/// What a twin makes too good.
struct Change {
  Rational coefficient = 0;  ///< the least descent coefficient allowed
  Rational gain = 1;         ///< multiplies the promised descent, or contraction
  Rational weight = 1;       ///< multiplies the weight of H
  Rational stepsize = 1;     ///< multiplies the bounds on gamma
  Rational root = 1;         ///< multiplies what t^2 must reach
};

enum class Condition { none, pl };

/// What multiplies theta^2, and what the weight of H is to that without the PL condition.
int factor_of(Condition of) {
  return of == Condition::none ? 1 : 2;
}

struct Parameters {
  Term L, gamma, omega, n, alpha;
};

Parameters parameters(Statement& s) {
  Parameters c{s.positive("L", "L^2 = (1/n) sum_i L_i^2"), s.positive("gamma", "stepsize"),
               s.nonnegative("omega", "variance of the compressor"), s.positive("n", "workers"),
               s.positive("alpha", "stepsize of the shifts")};
  s.assume("alpha-bound", less_equal(c.alpha, diana_shift_stepsize(c.omega)), "alpha <= 1/(1 + omega)");
  return c;
}

Term descent(const Parameters& c, Condition of) {
  const Term theta2 = diana_nonconvex_theta_squared(c.omega, c.n, c.alpha);
  return biased_estimator_descent<Term>(c.L, c.gamma, Term(factor_of(of)) * theta2 * c.L * c.L);
}

Statement step(Condition of, const Change& change = {}) {
  Statement s;
  const Parameters c = parameters(s);
  const auto& [L, gamma, omega, n, alpha] = c;
  const Term gap = s.variable("gap", "f(x) - inf f");
  const Term next_gap = s.variable("next_gap", "E f(x+) - inf f");
  const Term N = s.nonnegative("N", "|grad f(x)|^2");
  const Term V = s.variable("V", "E|g - grad f(x)|^2");
  const Term H = s.nonnegative("H", "(1/n) sum_i |grad f_i(x) - h_i|^2");
  const Term next_H = s.variable("next_H", "E H+");
  const Term moved = gamma * gamma * (N + V);
  const NonconvexShifts<Term> shifts = diana_nonconvex_shifts<Term>(L * L, alpha);
  s.assume("smoothness", less_equal(next_gap, gap - gamma * N + L / 2 * moved), "f is L-smooth, E g = grad f(x)");
  s.assume("variance", less_equal(V, omega / n * H), "the kernel's row of V");
  s.assume("shifts", less_equal(next_H, (1 - shifts.rho) * H + shifts.move * moved), "the kernel's row of H");
  s.assume("coefficient", less_equal(Term(change.coefficient), descent(c, of)), "the stepsize is small enough");

  const Term right = of == Condition::none ? diana_nonconvex_weight(gamma, omega, n, alpha)
                                           : diana_nonconvex_pl_weight(gamma, omega, n, alpha);
  const Term weight = Term(change.weight) * right;
  s.hint({"smoothness"});
  s.hint({"shifts"}, right);
  s.hint({"coefficient", "N-nonnegative"}, gamma / 2);
  s.hint({"coefficient", "H-nonnegative"}, gamma * omega / (2 * n));
  // (gamma/2)(gamma L + (2) theta^2 gamma^2 L^2)(omega H/n - V), with 2 - alpha = 1 - alpha (1 + omega) + 1 + alpha omega
  s.hint({"variance"}, gamma * gamma * L);
  const Term cubic = gamma * gamma * gamma * L * L * omega / (alpha * alpha * n);
  s.hint({"alpha-bound", "variance"}, cubic * (1 + omega));
  s.hint({"variance"}, cubic);
  s.hint({"variance"}, cubic * alpha * omega);
  if (of == Condition::none) {
    s.conclude(less_equal(next_gap + weight * next_H, gap + weight * H - Term(change.gain) * gamma / 2 * N));
    return s;
  }
  const Term mu = s.positive("mu", "constant of the PL condition");
  s.assume("PL", less_equal(2 * mu * gap, N), "|grad f(x)|^2 >= 2 mu (f(x) - inf f)");
  s.assume("stepsize", less_equal(gamma, diana_nonconvex_pl_stepsizes<Term>(L, 0, alpha, mu)[1]),
           "gamma <= diana_nonconvex_pl_stepsizes(L, t, alpha, mu)[1]");
  s.conclude(less_equal(next_gap + weight * next_H, (1 - Term(change.gain) * gamma * mu) * (gap + weight * H)));
  s.redundant({"alpha-positive", "mu-positive"});
  s.hint({"PL"}, gamma / 2);
  s.hint({"stepsize", "H-nonnegative"}, 2 * gamma * omega * mu / (n * alpha));
  return s;
}

/// gamma <= 1/(L (1 + t)) and t^2 >= theta^2 imply the descent coefficient >= 0.
Statement coefficient(Condition of, const Change& change = {}) {
  Statement s;
  const Parameters c = parameters(s);
  const Term t = s.nonnegative("t", "at least the root");
  const Term theta2 = diana_nonconvex_theta_squared(c.omega, c.n, c.alpha);
  s.assume("root", less_equal(Term(change.root) * factor_of(of) * theta2, t * t),
           of == Condition::none ? "t^2 >= theta^2" : "t^2 >= 2 theta^2");
  s.assume("stepsize", less_equal(c.gamma, Term(change.stepsize) * diana_nonconvex_stepsize(c.L, t)),
           "gamma <= diana_nonconvex_stepsize(L, t)");
  s.conclude(less_equal(0, descent(c, of)));
  s.redundant({"omega-nonnegative", "alpha-positive", "alpha-bound"});
  const Term Lt = c.L * t;
  s.hint({"stepsize"}, c.L + Lt);
  s.hint({"stepsize"}, c.gamma * Lt * (c.L + Lt));
  s.hint({"root"}, c.gamma * c.gamma * c.L * c.L);
  s.hint({"t-nonnegative"}, c.gamma * c.gamma * c.L * c.L);
  return s;
}

/// alpha = 1/(1 + omega): theta^2 <= 4 (1 + omega)^2 omega/n
Statement simple(const Change& change = {}) {
  Statement s;
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term square = diana_nonconvex_theta_squared(omega, n, diana_shift_stepsize(omega));
  s.conclude(less_equal(square, Term(change.root) * diana_nonconvex_simple_theta_squared(omega, n)));
  s.redundant({"n-positive"});
  for (const Term& multiple : {Term(1), omega, omega * omega, omega * omega * omega})
    s.hint({}, multiple * omega / n);
  return s;
}

Obligation obligation(const std::string& claim, const std::string& part, const std::string& title,
                      std::vector<std::string> formula) {
  return {.id = "marina/diana/" + claim + part,
          .claim = "marina/diana/" + claim,
          .title = "DIANA, non-convex: " + title,
          .source = "slides \"DIANA\"; constants derived",
          .generated_from = "theory/marina/diana_nonconvex.hpp, theory/marina/biased_estimator.hpp",
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Condition of : {Condition::none, Condition::pl}) {
    const bool pl = of == Condition::pl;
    const std::string ending = pl ? "-pl" : "";
    const std::string theta = pl ? "2 theta^2" : "theta^2";
    Obligation o = obligation(
        "descent" + ending, "", pl ? "one step under the PL condition" : "one step",
        {"f is L-smooth, V <= (omega/n) H, E H+ <= (1 - alpha/2) H + (2/alpha - 1) L^2 gamma^2 (N + V)",
         "1 - gamma L - " + theta + " gamma^2 L^2 >= 0" + (pl ? ", N >= 2 mu gap, gamma <= alpha/(4 mu)" : ""),
         pl ? "=>  E Psi+ <= (1 - gamma mu) Psi,    Psi = gap + 2 gamma omega/(n alpha) H"
            : "=>  E Phi+ <= Phi - (gamma/2) N,    Phi = gap + gamma omega/(n alpha) H"});
    state(o, step(of));
    add_twin(o, "larger-gain", "1.001 of the descent", step(of, {.gain = {1001, 1000}}));
    add_twin(o, "smaller-weight", "half of the weight of H", step(of, {.weight = {1, 2}}));
    add_twin(o, "larger-stepsize", "a descent coefficient of -1/1000", step(of, {.coefficient = {-1, 1000}}));
    all.push_back(std::move(o));

    Obligation small = obligation("stepsize" + ending, "", "the stepsize is small enough",
                                  {"gamma <= 1/(L (1 + t)), t^2 >= " + theta + ", t >= 0",
                                   "=>  1 - gamma L - " + theta + " gamma^2 L^2 >= 0"});
    state(small, coefficient(of));
    add_twin(small, "larger-stepsize", "1.001 times the declared stepsize",
             coefficient(of, {.stepsize = {1001, 1000}}));
    add_twin(small, "smaller-root", "t^2 >= 0.999 of it", coefficient(of, {.root = {999, 1000}}));
    all.push_back(std::move(small));
  }
  Obligation o = obligation("stepsize", "-simple", "a simple bound of theta^2 for the largest alpha",
                            {"alpha = 1/(1 + omega)", "=>  theta^2 <= 4 (1 + omega)^2 omega/n"});
  state(o, simple());
  add_twin(o, "smaller-bound", "0.999 of the bound", simple({.root = {999, 1000}}));
  add_twin(o, "half", "half of the bound", simple({.root = {1, 2}}));
  all.push_back(std::move(o));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_diana
