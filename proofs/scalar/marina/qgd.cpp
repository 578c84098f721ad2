// QGD on functions that need not be convex: one step, the best of K steps, and how many of them an accuracy takes. E|g|^2 is bounded
// by the kernel's row (marina/qgd/estimator); all else is about numbers.
#include "touchstone/theory/marina/qgd.hpp"
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::marina_qgd {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;     ///< multiplies a bound in the conclusion
  Rational stepsize = 1;  ///< multiplies the bounds on gamma
  Rational steps = 1;     ///< multiplies the number of steps asked for
};

GradientMoment<Term> moment(Statement& s) {
  return {s.nonnegative("A", "A of the row"), s.variable("B", "B of the row"), s.nonnegative("C", "C of the row")};
}

/// E gap+ <= (1 + L A gamma^2) gap - (gamma/2) |grad f(x)|^2 + L C gamma^2/2
Statement step(const Change& change) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const GradientMoment<Term> c{s.variable("A", "A of the row"), s.positive("B", "B of the row"),
                               s.variable("C", "C of the row")};
  const Term gap = s.variable("gap", "f(x) - inf f");
  const Term next = s.variable("next_gap", "E f(x+) - inf f");
  const Term N = s.nonnegative("N", "|grad f(x)|^2");
  const Term gg = s.variable("gg", "E|g|^2");
  s.assume("smoothness", less_equal(next, gap - gamma * N + L / 2 * (gamma * gamma * gg)),
           "f is L-smooth, x+ = x - gamma g, E g = grad f(x)");
  s.assume("moment", less_equal(gg, 2 * c.A * gap + c.B * N + c.C), "the kernel's row");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * qgd_stepsize(c, L)), "gamma <= qgd_stepsize");
  s.conclude(less_equal(
      next, qgd_growth(c, L, gamma) * gap - Term(change.bound) * gamma / 2 * N + qgd_step_noise(c, L, gamma)));
  s.hint({"smoothness"});
  s.redundant({"B-positive"});
  s.hint({"moment"}, L / 2 * gamma * gamma);
  s.hint({"stepsize", "N-nonnegative"}, gamma / 2 * L * c.B);
  return s;
}

/// With least <= |grad f(x^j)|^2 for all j < k, sum = sum_{j<k} growth^j:
/// E gap_k <= growth^k gap_0 - ((gamma/2) least - noise) sum, from k to k + 1. At k = 0 it says gap_0 <= gap_0.
Statement induction(const Change& change) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term growth = s.nonnegative("growth", "1 + L A gamma^2");
  const Term noise = s.variable("noise", "L C gamma^2/2");
  const Term first = s.variable("gap0", "gap_0");
  const Term power = s.variable("power", "growth^k");
  const Term sum = s.variable("sum", "sum_{j < k} growth^j");
  const Term now = s.variable("gap", "E gap_k");
  const Term next = s.variable("next_gap", "E gap_{k+1}");
  const Term N = s.variable("N", "E|grad f(x^k)|^2");
  const Term least = s.variable("least", "min_j E|grad f(x^j)|^2");
  const Term gain = gamma / 2 * least - noise;
  s.assume("induction-hypothesis", less_equal(now, power * first - gain * sum), "the bound at k");
  s.assume("one-step", less_equal(next, growth * now - gamma / 2 * N + noise), "marina/qgd/descent");
  s.assume("minimum", less_equal(least, N), "a minimum");
  s.conclude(
      less_equal(next, growth * power * first - Term(change.bound) * gain * (growth * sum + Term(change.steps))));
  s.hint({"induction-hypothesis"}, growth);
  s.hint({"one-step"});
  s.hint({"minimum"}, gamma / 2);
  return s;
}

/// sum_{j<k} growth^j >= k, from k to k + 1. At k = 0 it says 0 >= 0.
Statement terms(const Change& change) {
  Statement s;
  const Term growth = s.variable("growth", "1 + L A gamma^2");
  const Term k = s.nonnegative("k", "steps made");
  const Term sum = s.variable("sum", "sum_{j < k} growth^j");
  s.assume("growth-at-least-one", less_equal(Term(change.stepsize), growth), "L A gamma^2 >= 0");
  s.assume("induction-hypothesis", less_equal(k, sum), "the bound at k");
  s.conclude(less_equal(Term(change.bound) * k + Term(change.steps), growth * sum + 1));
  s.hint({"induction-hypothesis"});
  s.hint({"growth-at-least-one", "induction-hypothesis"});
  s.hint({"growth-at-least-one", "k-nonnegative"});
  return s;
}

/// min_{k < K} E|grad f(x^k)|^2 <= L C gamma + 2 growth^K gap_0/(gamma K)
Statement best(const Change& change) {
  Statement s;
  const Term L = s.variable("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const GradientMoment<Term> c{0, 1, s.variable("C", "C of the row")};
  const Term K = s.positive("K", "steps made");
  const Term sum = s.positive("sum", "sum_{j < K} growth^j");
  const Term first = s.nonnegative("gap0", "gap_0");
  const Term power = s.nonnegative("power", "growth^K");
  const Term last = s.nonnegative("gap", "E gap_K");
  const Term least = s.variable("least", "min_j E|grad f(x^j)|^2");
  s.assume("bound", less_equal(last, power * first - (gamma / 2 * least - qgd_step_noise(c, L, gamma)) * sum),
           "the bound at K");
  s.assume("sum-at-least-K", less_equal(Term(change.steps) * K, sum), "growth >= 1");
  s.conclude(less_equal(least, Term(change.bound) * qgd_bound(c, L, gamma, K, power, first)));
  s.redundant({"gamma-positive", "sum-positive"});
  s.hint({"bound"}, 2 / (gamma * sum));
  s.hint({"gap-nonnegative"}, 2 / (gamma * sum));
  s.hint({"sum-at-least-K", "power-nonnegative", "gap0-nonnegative"}, 2 / (gamma * K * sum));
  return s;
}

/// (1 + x)^k <= 1 + k x + (k x)^2 for k x <= 1, from k to k + 1; so (1 + 1/K)^K <= 3. At k = 0 it says 1 <= 1.
Statement power(const Change& change) {
  Statement s;
  const Term x = s.nonnegative("x", "L A gamma^2");
  const Term k = s.nonnegative("k", "steps made");
  const Term now = s.variable("power", "(1 + x)^k");
  s.assume("small", less_equal(k * x, Term(change.stepsize)), "k L A gamma^2 <= 1");
  s.assume("induction-hypothesis", less_equal(now, 1 + k * x + k * k * x * x), "the bound at k");
  const Term next = (k + 1) * x;
  s.conclude(less_equal((1 + x) * now, 1 + next + Term(change.bound) * next * next));
  s.hint({"induction-hypothesis"});
  s.hint({"induction-hypothesis"}, x);
  s.hint({"small"}, k * x * x);
  s.hint({}, k * x * x);
  s.hint({}, x * x);
  return s;
}

/// Which of its bounds gamma is equal to.
enum class Active { descent, noise, growth };

/// The theorem's bound is at most epsilon^2.
Statement accuracy(Active active, const Change& change) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const GradientMoment<Term> c = moment(s);
  const Term first = s.nonnegative("gap0", "gap_0");
  const Term e2 = s.positive("epsilon_squared", "epsilon^2");
  const Term K = s.positive("K", "steps made");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term power = s.variable("power", "growth^K");
  const QgdStepsize<Term> limits = qgd_accuracy_stepsize(c, L, K, e2);
  const Term grown = gamma * gamma * limits.inverse_square;
  s.assume("growth-limit", less_equal(grown, 1), "K L A gamma^2 <= 1");
  s.assume("power-at-most", less_equal(power, 1 + grown + grown * grown), "marina/qgd/complexity-power");
  s.assume("noise", less_equal(gamma * limits.inverses[1], Term(change.stepsize)), "gamma <= epsilon^2/(2 L C)");
  const std::size_t which = active == Active::descent ? 0 : active == Active::growth ? 1 : 2;
  const Term asked = qgd_complexity(c, L, first, e2)[which];
  s.assume("steps", less_equal(Term(change.steps) * asked, K), "K is large enough");
  s.conclude(less_equal(qgd_bound(c, L, gamma, K, power, first), Term(change.bound) * e2));
  s.redundant({"C-nonnegative", "K-positive"});
  s.hint({"noise"}, e2 / 2);
  s.hint({"power-at-most", "gap0-nonnegative"}, 2 / (gamma * K));
  s.hint({"growth-limit", "gap0-nonnegative"}, 2 / (gamma * K));
  s.hint({"growth-limit", "gap0-nonnegative"}, 2 / (gamma * K) * (1 + grown));
  switch (active) {
    case Active::descent:
      s.assume("active", equal(gamma * limits.inverses[0], 1), "gamma = 1/(L B)");
      s.redundant({"epsilon_squared-positive"});
      // e2/2 - 6 gap/(gamma K)
      s.hint({"steps"}, e2 / (2 * K));
      s.hint({"active"}, first / (gamma * K));
      break;
    case Active::noise:
      s.assume("active", equal(gamma * limits.inverses[1], 1), "gamma = epsilon^2/(2 L C)");
      s.redundant({"L-positive", "gamma-positive", "noise"});
      s.hint({"steps"}, e2 / (2 * K));
      s.hint({"active"}, first / (gamma * K));
      break;
    case Active::growth:
      s.assume("active", equal(gamma * gamma * limits.inverse_square, 1), "gamma^2 = 1/(L A K)");
      s.redundant({"L-positive", "A-nonnegative", "epsilon_squared-positive", "growth-limit"});
      // e2 - a = (e2 - a^2/e2)/2 + (e2 - a)^2/(2 e2)
      s.hint({"steps"}, e2 / K);
      s.hint({"active"}, first * first / (gamma * gamma * K * K * e2));
      s.square(e2 - 12 * first / (gamma * K), 1 / e2);
      break;
  }
  return s;
}

Obligation obligation(const std::string& claim, const std::string& part, const std::string& title,
                      std::vector<std::string> formula, const Statement& statement) {
  Obligation o{.id = "marina/qgd/" + claim + part,
               .claim = "marina/qgd/" + claim,
               .title = "QGD, non-convex: " + title,
               .source = "slides \"Quantized Gradient Descent\"; constants as in arXiv:2002.03329, derived again",
               .generated_from = "theory/marina/qgd.hpp, theory/marina/complexity.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change smaller{.bound = {999, 1000}};
  const Change larger{.stepsize = {1001, 1000}};
  const Change more{.bound = {1001, 1000}};
  std::vector<Obligation> all;
  const auto add = [&](Obligation o, const Statement& first, const std::string& change, const Statement& second,
                       const std::string& other) {
    add_twin(o, "near", change, first);
    add_twin(o, "near-other", other, second);
    all.push_back(std::move(o));
  };
  add(obligation("descent", "", "one step",
                 {"f is L-smooth, E|g|^2 <= 2A gap + B N + C, gamma <= 1/(L B)",
                  "=>  E gap+ <= (1 + L A gamma^2) gap - (gamma/2) N + L C gamma^2/2"},
                 step({})),
      step(more), "1.001 of the descent", step(larger), "1.001 times the stepsize");
  add(obligation("rate", "-induction", "the gap after k steps, from k to k + 1",
                 {"E gap_k <= q^k gap_0 - ((gamma/2) least - noise) S_k, S_k = sum_{j<k} q^j, least <= E N_j",
                  "=>  the same for k + 1"},
                 induction({})),
      induction(more), "1.001 of the gain", induction({.steps = {1001, 1000}}), "1.001 for the last step's weight");
  add(obligation("rate", "-terms", "the sum of the powers, from k to k + 1",
                 {"sum_{j<k} q^j >= k, q >= 1", "=>  sum_{j<k+1} q^j >= k + 1"}, terms({})),
      terms(more), "1.001 k + 1", terms({.stepsize = {999, 1000}}), "q >= 0.999");
  add(obligation("rate", "-best", "the best of K steps",
                 {"0 <= E gap_K <= q^K gap_0 - ((gamma/2) least - L C gamma^2/2) S_K, S_K >= K",
                  "=>  least <= L C gamma + 2 q^K gap_0/(gamma K)"},
                 best({})),
      best(smaller), "0.999 of the bound", best({.steps = {999, 1000}}), "S_K >= 0.999 K");
  add(obligation("complexity", "-power", "(1 + x)^k <= 1 + k x + (k x)^2 for k x <= 1, from k to k + 1",
                 {"(1 + x)^k <= 1 + k x + (k x)^2, k x <= 1", "=>  the same for k + 1; (1 + 1/K)^K <= 3"},
                 power({})),
      power({.bound = {1, 4}}), "a quarter of the last term", power({.stepsize = 2}), "k x <= 2");
  const std::string given = "growth^K <= 1 + y + y^2, y = K L A gamma^2 <= 1, gamma <= epsilon^2/(2 L C), ";
  const std::string reached = "=>  L C gamma + 2 growth^K gap_0/(gamma K) <= epsilon^2";
  for (const auto& [active, part, formula] :
       {std::tuple{Active::descent, "-descent", "gamma = 1/(L B), K >= 12 L B gap_0/epsilon^2"},
        {Active::noise, "-noise", "gamma = epsilon^2/(2 L C), K >= 24 L C gap_0/epsilon^4"},
        {Active::growth, "-growth", "gamma^2 = 1/(L A K), K >= 144 L A gap_0^2/epsilon^4"}})
    add(obligation("complexity", part, "the accuracy after enough steps", {given + formula, reached},
                   accuracy(active, {})),
        accuracy(active, smaller), "0.999 epsilon^2", accuracy(active, {.steps = {99, 100}}), "0.99 of the steps");
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_qgd
