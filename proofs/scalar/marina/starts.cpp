// What the theorems of chapter 5 say from the start of a method whose Phi^0 is more than f(x^0) - inf f; the steps that Online VR-MARINA
// needs for an accuracy, and those of all methods under the PL condition.
#include "proofs/scalar/near_misses.hpp"
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/complexity.hpp"

namespace touchstone::inline v0::proofs::topics::marina_starts {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;  ///< multiplies what is promised of the gap, or the accuracy
  Rational noise = 1;  ///< multiplies the noise in the conclusion
  Rational steps = 1;  ///< multiplies the number of steps asked for
  Rational batch = 1;  ///< multiplies the batch asked for
};

/// 2 gap/(gamma K) + nu (1 + 1/(p K))
Statement online(const Change& change) {
  Statement s;
  const Term gap = s.variable("gap", "f(x^0) - inf f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term p = s.positive("p", "probability of full gradients");
  const Term nu = s.variable("nu", "sigma^2/(n b)");
  const Term K = s.positive("K", "steps made");
  const Term mean = s.variable("mean", "(1/K) sum_{k < K} E|grad f(x^k)|^2");
  s.assume("rate",
           less_equal(mean, biased_estimator_bound(gamma, K, vr_marina_online_start(gap, gamma, p, nu), nu)),
           "marina/marina/rate, E|g^0 - grad f(x^0)|^2 <= nu");
  s.conclude(
      less_equal(mean, Term(change.bound) * 2 * gap / (gamma * K) + Term(change.noise) * nu * (1 + 1 / (p * K))));
  s.redundant({"gamma-positive", "p-positive", "K-positive"});
  s.hint({"rate"});
  return s;
}

/// (1 - gamma mu)^k (gap + gamma nu/p) + nu/mu
Statement online_pl(const Change& change) {
  Statement s;
  const Term gap = s.variable("gap", "f(x^0) - inf f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term p = s.positive("p", "probability of full gradients");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Term nu = s.variable("nu", "sigma^2/(n b)");
  const Term power = s.nonnegative("power", "(1 - gamma mu)^k");
  const Term start = s.variable("G0", "E|g^0 - grad f(x^0)|^2");
  const Term G = s.nonnegative("G", "E|g^k - grad f(x^k)|^2");
  const Term now = s.variable("gap_k", "E f(x^k) - inf f");
  const Term weight = biased_estimator_pl_weight(gamma, p);
  s.assume("batch", less_equal(start, nu), "b samples a worker");
  s.assume("rate", less_equal(now + weight * G, power * (gap + weight * start) + biased_estimator_pl_floor(nu, mu)),
           "marina/marina/rate-pl");
  s.conclude(less_equal(now, power * vr_marina_online_pl_start<Term>(Term(change.bound) * gap, gamma, p, nu) +
                                 Term(change.noise) * biased_estimator_pl_floor(nu, mu)));
  s.redundant({"p-positive"});
  s.hint({"rate"});
  s.hint({"batch", "power-nonnegative"}, weight);
  s.hint({"G-nonnegative"}, weight);
  return s;
}

/// 2 gap/(gamma K) + 2 omega H_0/(n alpha K)
Statement diana(const Change& change) {
  Statement s;
  const Term gap = s.variable("gap", "f(x^0) - inf f");
  const Term H = s.variable("H0", "(1/n) sum_i |grad f_i(x^0) - h_i^0|^2");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term omega = s.variable("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term alpha = s.positive("alpha", "stepsize of the shifts");
  const Term K = s.positive("K", "steps made");
  const Term mean = s.variable("mean", "(1/K) sum_{k < K} E|grad f(x^k)|^2");
  s.assume("rate",
           less_equal(mean, biased_estimator_bound<Term>(gamma, K,
                                                         gap + diana_nonconvex_weight(gamma, omega, n, alpha) * H)),
           "as marina/marina/rate, from marina/diana/descent");
  s.conclude(less_equal(
      mean, Term(change.bound) * 2 * gap / (gamma * K) + Term(change.noise) * 2 * omega * H / (n * alpha * K)));
  s.redundant({"gamma-positive", "n-positive", "alpha-positive", "K-positive"});
  s.hint({"rate"});
  return s;
}

Statement online_accuracy(const Change& change) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term t = s.nonnegative("t", "t^2 >= Lambda^2");
  const Term gap = s.nonnegative("gap", "f(x^0) - inf f");
  const Term p = s.positive("p", "probability of full gradients");
  const Term n = s.positive("n", "workers");
  const Term sigma2 = s.nonnegative("sigma_squared", "variance of a sample");
  const Term batch = s.positive("batch", "b, samples of a full gradient");
  const Term K = s.positive("K", "steps made");
  const Term e2 = s.positive("epsilon_squared", "epsilon^2");
  const Term gamma = biased_estimator_stepsize(L, t);
  const Term nu = vr_marina_online_noise(sigma2, n, batch);
  s.assume("batch-large", less_equal(Term(change.batch) * online_batch(sigma2, n, e2), batch), "b is large enough");
  const std::vector<Term> asked = online_complexity(L, t, p, gap, e2);
  for (std::size_t i = 0; i < asked.size(); ++i)
    s.assume("steps-" + std::to_string(i + 1), less_equal(Term(change.steps) * asked[i], K), "K is large enough");
  s.conclude(less_equal(biased_estimator_bound(gamma, K, vr_marina_online_start(gap, gamma, p, nu), nu),
                        Term(change.bound) * e2));
  s.redundant({"gap-nonnegative", "p-positive", "n-positive", "sigma_squared-nonnegative", "batch-positive",
               "K-positive", "epsilon_squared-positive"});
  s.hint({"batch-large"}, e2 / (2 * batch));
  s.hint({"steps-1"}, sigma2 / (n * batch * K));
  s.hint({"steps-2"}, e2 / (2 * K));
  return s;
}

Statement online_accuracy_pl(const Change& change) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term gap = s.variable("gap", "f(x^0) - inf f");
  const Term p = s.positive("p", "probability of full gradients");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Term n = s.positive("n", "workers");
  const Term sigma2 = s.nonnegative("sigma_squared", "variance of a sample");
  const Term batch = s.positive("batch", "b, samples of a full gradient");
  const Term epsilon = s.positive("epsilon", "accuracy");
  const Term power = s.nonnegative("power", "(1 - gamma mu)^K");
  const Term nu = vr_marina_online_noise(sigma2, n, batch);
  s.assume("stepsize", less_equal(gamma, biased_estimator_pl_stepsizes<Term>(1, 0, p, mu)[1]),
           "gamma <= biased_estimator_pl_stepsizes(L, t, p, mu)[1]");
  s.assume("batch-large", less_equal(Term(change.batch) * online_pl_batch(sigma2, n, mu, epsilon), batch),
           "b is large enough");
  s.assume("steps", less_equal(Term(change.steps) * power * online_pl_ratio(gap, epsilon), 1),
           "K >= ln((2 gap + epsilon/2)/epsilon)/(gamma mu)");
  s.conclude(less_equal(power * vr_marina_online_pl_start(gap, gamma, p, nu) + biased_estimator_pl_floor(nu, mu),
                        Term(change.bound) * epsilon));
  s.redundant({"gamma-positive", "p-positive", "mu-positive", "n-positive", "sigma_squared-nonnegative",
               "batch-positive", "epsilon-positive"});
  s.hint({"batch-large"}, epsilon / batch);
  s.hint({"batch-large", "power-nonnegative"}, epsilon / batch);
  s.hint({"stepsize", "power-nonnegative"}, sigma2 / (n * batch * p));
  s.hint({"steps"}, epsilon / 2);
  return s;
}

/// gamma mu K >= l, so that (1 - gamma mu)^K <= e^{-l}; gamma is 1/(L + t) or p/(2 mu).
Statement steps_pl(std::size_t active, const Change& change) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term t = s.nonnegative("t", "t^2 >= 2 Lambda^2");
  const Term p = s.positive("p", "probability of full gradients");
  const Term mu = s.positive("mu", "constant of the PL condition");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term K = s.variable("K", "steps made");
  const Term l = s.variable("l", "ln(Psi^0/epsilon)");
  s.assume("active", equal(gamma, biased_estimator_pl_stepsizes(L, t, p, mu)[active]),
           "gamma is the smaller bound");
  s.assume("steps", less_equal(Term(change.steps) * l * pl_complexity(L, t, p, mu)[active], K),
           "K is large enough");
  s.conclude(less_equal(Term(change.bound) * l, gamma * mu * K));
  const bool descent = active == 0;
  s.redundant({"L-positive", "t-nonnegative", "p-positive", "mu-positive", "gamma-positive"});
  s.hint({"steps"}, gamma * mu);
  s.hint({"active"}, descent ? l * (L + t) : l * mu / p);
  return s;
}

Obligation obligation(const std::string& subject, const std::string& claim, const std::string& part,
                      const std::string& title, std::vector<std::string> formula) {
  return {.id = "marina/" + subject + "/" + claim + part,
          .claim = "marina/" + subject + "/" + claim,
          .title = title,
          .source = "derived",
          .generated_from = "theory/marina/complexity.hpp and what it includes",
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change smaller{.bound = {999, 1000}}, less_noise{.noise = {999, 1000}}, fewer{.steps = {999, 1000}},
      less_batch{.batch = {999, 1000}};
  std::vector<Obligation> all;
  const AddWithNearMisses<Change> add{all};
  const std::string of_gap = "0.999 of the gap's part", of_noise = "0.999 of the noise";
  add(obligation(
          "vr-marina-online", "rate", "-start", "Online VR-MARINA: the bound from the first batch on",
          {"E|g^0 - grad f(x^0)|^2 <= nu", "=>  2 Phi^0/(gamma K) + nu <= 2 gap/(gamma K) + nu (1 + 1/(p K))"}),
      online, smaller, of_gap, less_noise, of_noise);
  add(obligation(
          "vr-marina-online", "rate-pl", "-start",
          "Online VR-MARINA under the PL condition: the bound from the first batch on",
          {"E|g^0 - grad f(x^0)|^2 <= nu", "=>  E f(x^k) - inf f <= (1 - gamma mu)^k (gap + gamma nu/p) + nu/mu"}),
      online_pl, smaller, of_gap, less_noise, of_noise);
  add(obligation("diana", "rate", "-start", "DIANA, non-convex: the bound from any shifts",
                 {"Phi^0 = gap + gamma omega/(n alpha) H_0",
                  "=>  2 Phi^0/(gamma K) <= 2 gap/(gamma K) + 2 omega H_0/(n alpha K)"}),
      diana, smaller, of_gap, less_noise, "0.999 of the shifts' part");
  add(obligation("vr-marina-online", "complexity", "", "Online VR-MARINA: the accuracy after enough steps",
                 {"gamma = 1/(L + t), b >= 4 sigma^2/(n epsilon^2), K >= max{1/p, 4 (L + t) gap/epsilon^2}",
                  "=>  2 gap/(gamma K) + nu (1 + 1/(p K)) <= epsilon^2"}),
      online_accuracy, fewer, "0.999 of the steps", less_batch, "0.999 of the batch");
  add(obligation(
          "vr-marina-online", "complexity-pl", "",
          "Online VR-MARINA under the PL condition: the accuracy after enough steps",
          {"b >= 2 sigma^2/(n mu epsilon), (1 - gamma mu)^K (2 gap + epsilon/2) <= epsilon, gamma <= p/(2 mu)",
           "=>  (1 - gamma mu)^K (gap + gamma nu/p) + nu/mu <= epsilon"}),
      online_accuracy_pl, fewer, "0.999 of the logarithm's argument", less_batch, "0.999 of the batch");
  for (const std::size_t active : {0, 1}) {
    Obligation o =
        obligation("marina", "complexity-pl", active == 0 ? "-descent" : "-p",
                   "Biased estimators under the PL condition: enough steps",
                   {active == 0 ? "gamma = 1/(L + t), K >= l (L + t)/mu" : "gamma = p/(2 mu), K >= 2 l/p",
                    "=>  gamma mu K >= l"});
    state(o, steps_pl(active, {}));
    add_twin(o, "fewer-steps", "0.999 of the steps", steps_pl(active, fewer));
    add_twin(o, "more", "1.001 l", steps_pl(active, {.bound = {1001, 1000}}));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_starts
