// From one step of the theorem of biased estimators to all, by induction over k.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs::topics::marina_closed_form {

namespace {

/// What a twin makes too good.
struct Change {
  Rational noise = 1;  ///< multiplies the noise in the conclusion
  Rational gain = 1;   ///< multiplies the descent of each step in the conclusion
};

/// (gamma/2) sum_{j < k} E|grad f(x^j)|^2 <= Phi^0 - E Phi^k + k (gamma/2) nu, from k to k + 1. At k = 0 it says 0 <= 0.
Statement sum(const Change& change = {}) {
  Statement s;
  const Term gamma = s.variable("gamma", "stepsize");
  const Term nu = s.variable("nu", "noise in (R)");
  const Term k = s.variable("k", "steps made");
  const Term first = s.variable("Phi0", "Phi^0");
  const Term now = s.variable("Phi", "E Phi^k");
  const Term next = s.variable("next_Phi", "E Phi^{k+1}");
  const Term total = s.variable("total", "sum_{j < k} E|grad f(x^j)|^2");
  const Term qq = s.variable("qq", "E|grad f(x^k)|^2");
  const Term noise = gamma / 2 * nu;
  s.assume("induction-hypothesis", less_equal(gamma / 2 * total, first - now + k * noise), "the bound at k");
  s.assume("one-step", less_equal(next, now - gamma / 2 * qq + noise), "marina/marina/descent");
  s.conclude(
      less_equal(gamma / 2 * (total + Term(change.gain) * qq), first - next + (k + Term(change.noise)) * noise));
  s.hint({"induction-hypothesis"});
  s.hint({"one-step"});
  return s;
}

/// (1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 Phi^0/(gamma K) + nu
Statement average(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term nu = s.variable("nu", "noise in (R)");
  const Term K = s.positive("K", "steps made");
  const Term first = s.variable("Phi0", "Phi^0");
  const Term last = s.nonnegative("Phi", "E Phi^K");
  const Term total = s.variable("total", "sum_{k < K} E|grad f(x^k)|^2");
  s.assume("sum", less_equal(gamma / 2 * total, first - last + K * (gamma / 2 * nu)), "marina/marina/rate-sum");
  s.redundant({"gamma-positive", "K-positive"});
  s.conclude(less_equal(total / K, Term(change.gain) * 2 * first / (gamma * K) + Term(change.noise) * nu));
  s.hint({"sum"}, 2 / (gamma * K));
  s.hint({"Phi-nonnegative"}, 2 / (gamma * K));
  return s;
}

/// E Psi^k <= (1 - gamma mu)^k Psi^0 + nu/mu, from k to k + 1. At k = 0 it is nu/mu >= 0.
Statement pl(const Change& change = {}) {
  Statement s;
  const Term gamma = s.variable("gamma", "stepsize");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Term nu = s.variable("nu", "noise in (R)");
  const Term first = s.variable("Psi0", "Psi^0");
  const Term power = s.variable("power", "(1 - gamma mu)^k");
  const Term now = s.variable("Psi", "E Psi^k");
  const Term next = s.variable("next_Psi", "E Psi^{k+1}");
  const Term floor = Term(change.noise) * nu / mu;
  s.assume("rate", less_equal(gamma * mu, 1), "marina/marina/stepsize-pl, with 1/2");
  s.assume("induction-hypothesis", less_equal(now, power * first + floor), "the bound at k");
  s.assume("one-step", less_equal(next, (1 - gamma * mu) * now + gamma * nu), "marina/marina/descent-pl");
  s.conclude(less_equal(next, (1 - Term(change.gain) * gamma * mu) * power * first + floor));
  s.hint({"one-step"});
  s.hint({"rate", "induction-hypothesis"});
  return s;
}

Obligation obligation(const std::string& claim, const std::string& name, const std::string& title,
                      std::vector<std::string> formula, Statement (*make)(const Change&)) {
  Obligation o{.id = "marina/marina/" + claim + "-" + name,
               .claim = "marina/marina/" + claim,
               .title = title,
               .source = "derived; the theorems of arXiv:2102.07845 are instances",
               .generated_from = "nothing: the bounds are those on the page of theory/marina/biased_estimator.hpp",
               .formula = std::move(formula)};
  state(o, make({}));
  add_twin(o, "smaller-noise", "0.999 of the noise", make({.noise = {999, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation of_sum =
      obligation("rate", "sum", "Biased estimators: the descents of k steps add up",
                 {"T^k = sum_{j < k} E|grad f(x^j)|^2",
                  "(gamma/2) T^k <= Phi^0 - E Phi^k + k (gamma/2) nu  and one step", "=>  the same for k + 1"},
                 sum);
  add_twin(of_sum, "larger-gain", "1.001 of the descent", sum({.gain = {1001, 1000}}));

  Obligation of_average = obligation("rate", "average", "Biased estimators: the mean of the squared gradients",
                                     {"(gamma/2) T^K <= Phi^0 - E Phi^K + K (gamma/2) nu, Phi >= 0, K >= 1",
                                      "=>  T^K/K <= 2 Phi^0/(gamma K) + nu"},
                                     average);
  add_twin(of_average, "smaller-bound", "0.999 of 2 Phi^0/(gamma K)", average({.gain = {999, 1000}}));

  Obligation of_pl = obligation("rate-pl", "induction", "Biased estimators under the PL condition, from k to k + 1",
                                {"E Psi^k <= (1 - gamma mu)^k Psi^0 + nu/mu  and one step, gamma mu <= 1",
                                 "=>  E Psi^{k+1} <= (1 - gamma mu)^{k+1} Psi^0 + nu/mu"},
                                pl);
  add_twin(of_pl, "faster", "1 - 1.001 gamma mu in the last step", pl({.gain = {1001, 1000}}));
  return {std::move(of_sum), std::move(of_average), std::move(of_pl)};
}

}  // namespace touchstone::inline v0::proofs::topics::marina_closed_form
