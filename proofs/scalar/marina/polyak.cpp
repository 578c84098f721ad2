// QGD and DIANA under the PL condition |grad f(x)|^2 >= 2 mu (f(x) - inf f).
#include "proofs/scalar/near_misses.hpp"
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::marina_polyak {

namespace {

/// What a twin makes too good.
struct Change {
  Rational gain = 1;      ///< multiplies the contraction, or what is concluded of the steps
  Rational noise = 1;     ///< multiplies the noise in the conclusion, or the accuracy
  Rational stepsize = 1;  ///< multiplies the bounds on gamma
  Rational steps = 1;     ///< multiplies the number of steps asked for
};

/// E gap+ <= (1 - gamma mu/2) gap + L C gamma^2/2
Statement qgd_step(const Change& change) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const GradientMoment<Term> c{s.variable("A", "A of the row"), s.variable("B", "B of the row"),
                               s.variable("C", "C of the row")};
  const Term gap = s.nonnegative("gap", "f(x) - inf f");
  const Term next = s.variable("next_gap", "E f(x+) - inf f");
  const Term N = s.nonnegative("N", "|grad f(x)|^2");
  const Term gg = s.variable("gg", "E|g|^2");
  s.assume("smoothness", less_equal(next, gap - gamma * N + L / 2 * (gamma * gamma * gg)),
           "f is L-smooth, x+ = x - gamma g, E g = grad f(x)");
  s.assume("moment", less_equal(gg, 2 * c.A * gap + c.B * N + c.C), "the kernel's row");
  s.assume("PL", less_equal(2 * mu * gap, N), "|grad f(x)|^2 >= 2 mu (f(x) - inf f)");
  const std::vector<Term> inverses = qgd_pl_inverses(c, L, mu);
  for (std::size_t i = 0; i < inverses.size(); ++i)
    s.assume("stepsize-" + std::to_string(i + 1), less_equal(gamma * inverses[i], Term(change.stepsize)),
             "gamma <= 1/qgd_pl_inverses");
  s.conclude(less_equal(
      next, (1 - Term(change.gain) * gamma * mu / 2) * gap + Term(change.noise) * qgd_step_noise(c, L, gamma)));
  s.redundant({"mu-positive", "N-nonnegative"});
  s.hint({"smoothness"});
  s.hint({"moment"}, L / 2 * gamma * gamma);
  s.hint({"stepsize-1", "N-nonnegative"}, gamma / 2);
  s.hint({"stepsize-2", "gap-nonnegative"}, gamma * mu / 2);
  s.hint({"PL"}, gamma / 2);
  return s;
}

/// E gap_k <= (1 - gamma mu/2)^k gap_0 + L C gamma/mu, from k to k + 1. At k = 0 it is L C gamma/mu >= 0.
Statement qgd_induction(const Change& change) {
  Statement s;
  const Term L = s.variable("L", "smoothness of f");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const GradientMoment<Term> c{0, 1, s.variable("C", "C of the row")};
  const Term first = s.variable("gap0", "gap_0");
  const Term power = s.variable("power", "(1 - gamma mu/2)^k");
  const Term now = s.variable("gap", "E gap_k");
  const Term next = s.variable("next_gap", "E gap_{k+1}");
  const Term floor = Term(change.noise) * qgd_pl_floor(c, L, gamma, mu);
  const Term left = 1 - gamma * mu / 2;
  s.assume("rate", less_equal(gamma * mu, 2), "gamma mu <= gamma L <= 1");
  s.assume("induction-hypothesis", less_equal(now, power * first + floor), "the bound at k");
  s.assume("one-step", less_equal(next, left * now + qgd_step_noise(c, L, gamma)), "marina/qgd/descent-pl");
  s.conclude(less_equal(next, (1 - Term(change.gain) * gamma * mu / 2) * power * first + floor));
  s.hint({"one-step"});
  s.hint({"rate", "induction-hypothesis"});
  return s;
}

Statement qgd_accuracy(const Change& change) {
  Statement s;
  const Term L = s.variable("L", "smoothness of f");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Term epsilon = s.positive("epsilon", "accuracy");
  const GradientMoment<Term> c{0, 1, s.variable("C", "C of the row")};
  const Term first = s.variable("gap0", "gap_0");
  const Term power = s.variable("power", "(1 - gamma mu/2)^K");
  s.assume("noise", less_equal(gamma * qgd_pl_accuracy_inverses(c, L, mu, epsilon)[2], Term(change.stepsize)),
           "gamma <= mu epsilon/(2 L C)");
  s.assume("steps", less_equal(Term(change.steps) * power * first, epsilon / 2),
           "K >= (2/(gamma mu)) ln(2 gap_0/epsilon)");
  s.conclude(less_equal(power * first + qgd_pl_floor(c, L, gamma, mu), Term(change.noise) * epsilon));
  s.redundant({"epsilon-positive"});
  s.hint({"noise"}, epsilon / 2);
  s.hint({"steps"});
  return s;
}

/// E gap_k <= (1 - gamma mu)^k (gap_0 + 2 gamma omega/(n alpha) H_0)
Statement diana_start(const Change& change) {
  Statement s;
  const Term gap = s.variable("gap0", "f(x^0) - inf f");
  const Term first = s.variable("H0", "(1/n) sum_i |grad f_i(x^0) - h_i^0|^2");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term alpha = s.positive("alpha", "stepsize of the shifts");
  const Term power = s.variable("power", "(1 - gamma mu)^k");
  const Term now = s.variable("gap", "E f(x^k) - inf f");
  const Term H = s.nonnegative("H", "E H_k");
  const Term weight = diana_nonconvex_pl_weight(gamma, omega, n, alpha);
  s.assume("rate", less_equal(now + weight * H, power * (gap + weight * first)),
           "as marina/marina/rate-pl, from marina/diana/descent-pl");
  s.conclude(less_equal(now, power * (Term(change.gain) * gap + Term(change.noise) * weight * first)));
  s.redundant({"n-positive", "alpha-positive"});
  s.hint({"rate"});
  s.hint({"H-nonnegative"}, weight);
  return s;
}

/// rate * K >= l for the stepsize that is one over `inverse`; K >= l times `asked`.
Statement steps(const std::string& method, std::size_t active, const Change& change) {
  Statement s;
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term K = s.variable("K", "steps made");
  const Term l = s.variable("l", "the logarithm");
  const Term L = s.positive("L", "smoothness");
  Term inverse, asked, rate;
  if (method == "qgd") {
    const Term epsilon = s.positive("epsilon", "accuracy");
    const GradientMoment<Term> c{s.variable("A", "A of the row"), s.variable("B", "B of the row"),
                                 s.variable("C", "C of the row")};
    inverse = qgd_pl_accuracy_inverses(c, L, mu, epsilon)[active];
    asked = 2 * inverse / mu;
    rate = gamma * mu / 2;
    if (active == 0) s.redundant({"mu-positive"});
    if (active < 2) s.redundant({"epsilon-positive"});
  } else {
    const Term t = s.nonnegative("t", "t^2 >= 2 theta^2");
    const Term alpha = s.positive("alpha", "stepsize of the shifts");
    inverse = 1 / diana_nonconvex_pl_stepsizes(L, t, alpha, mu)[active];
    asked = diana_pl_complexity(L, t, alpha, mu)[active];
    rate = gamma * mu;
    s.redundant({"mu-positive", "gamma-positive", "t-nonnegative", "alpha-positive"});
  }
  s.assume("active", equal(gamma * inverse, 1), "gamma is the smallest bound");
  s.assume("steps", less_equal(Term(change.steps) * l * asked, K), "K is large enough");
  s.conclude(less_equal(Term(change.gain) * l, rate * K));
  s.redundant({"L-positive"});
  s.hint({"steps"}, rate);
  s.hint({"active"}, l);
  return s;
}

Obligation obligation(const std::string& id, const std::string& part, const std::string& title,
                      std::vector<std::string> formula) {
  return {.id = "marina/" + id + part,
          .claim = "marina/" + id,
          .title = title,
          .source = "derived",
          .generated_from = "theory/marina/complexity.hpp and what it includes",
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change faster{.gain = {1001, 1000}}, less{.noise = {999, 1000}}, longer{.stepsize = {1001, 1000}},
      fewer{.steps = {999, 1000}};
  std::vector<Obligation> all;
  const AddWithNearMisses<Change> add{all};
  add(obligation("qgd/descent-pl", "", "QGD under the PL condition, one step",
                 {"f is L-smooth, E|g|^2 <= 2A gap + B N + C, N >= 2 mu gap, gamma <= min{1/(L B), mu/(2 L A)}",
                  "=>  E gap+ <= (1 - gamma mu/2) gap + L C gamma^2/2"}),
      qgd_step, faster, "1 - 1.001 gamma mu/2", longer, "1.001 times the stepsize");
  add(obligation("qgd/rate-pl", "-induction", "QGD under the PL condition, from k to k + 1",
                 {"E gap_k <= (1 - gamma mu/2)^k gap_0 + L C gamma/mu  and one step", "=>  the same for k + 1"}),
      qgd_induction, faster, "1 - 1.001 gamma mu/2 in the last step", less, "0.999 of the noise");
  add(obligation("qgd/complexity-pl", "-accuracy", "QGD under the PL condition: the accuracy after enough steps",
                 {"gamma <= mu epsilon/(2 L C), 2 (1 - gamma mu/2)^K gap_0 <= epsilon",
                  "=>  (1 - gamma mu/2)^K gap_0 + L C gamma/mu <= epsilon"}),
      qgd_accuracy, longer, "1.001 times the stepsize", less, "0.999 epsilon");
  add(obligation("diana/rate-pl", "-start", "DIANA under the PL condition: the bound from any shifts",
                 {"Psi = gap + 2 gamma omega/(n alpha) H",
                  "=>  E gap_k <= (1 - gamma mu)^k (gap_0 + 2 gamma omega/(n alpha) H_0)"}),
      diana_start, {.gain = {999, 1000}}, "0.999 of the gap's part", less, "0.999 of the shifts' part");
  for (const auto& [method, active] :
       {std::pair<std::string, std::size_t>{"qgd", 0}, {"qgd", 1}, {"qgd", 2}, {"diana", 0}, {"diana", 1}}) {
    const bool qgd = method == "qgd";
    Obligation o = obligation(method + "/complexity-pl", "-steps-" + std::to_string(active + 1),
                              (qgd ? "QGD" : "DIANA") + std::string(" under the PL condition: enough steps"),
                              {qgd ? "gamma = 1/a, K >= 2 l a/mu for bound " + std::to_string(active + 1) +
                                         " of max{L B, 2 L A/mu, 2 L C/(mu epsilon)}"
                                   : "gamma = 1/a, K >= l a/mu for bound " + std::to_string(active + 1) +
                                         " of max{L (1 + t), 4 mu/alpha}",
                               qgd ? "=>  (gamma mu/2) K >= l" : "=>  gamma mu K >= l"});
    state(o, steps(method, active, {}));
    add_twin(o, "fewer-steps", "0.999 of the steps", steps(method, active, fewer));
    add_twin(o, "more", "1.001 l", steps(method, active, faster));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_polyak
