// How many steps an accuracy takes: with the stepsize 1/(L + t) and K steps as on the page of theory/marina/complexity.hpp the theorem's
// bound is at most epsilon^2, and t is large enough for the method's Lambda^2.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"
#include "touchstone/theory/marina/complexity.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"

namespace touchstone::inline v0::proofs::topics::marina_complexities {

namespace {

/// What a twin makes too good.
struct Change {
  Rational accuracy = 1;  ///< multiplies epsilon^2 in the conclusion
  Rational steps = 1;     ///< multiplies the number of steps asked for
  Rational root = 1;      ///< multiplies t
};

/// t, and what makes t^2 >= Lambda^2.
struct Root {
  Term t, lambda_squared;
  Term scale = 1;  ///< of (L + t)^2, whose single monomials are divided out
  std::vector<std::pair<std::vector<std::string>, Term>> hints{};  ///< 0 <= products that add up to t^2 - Lambda^2
};

using MakeRoot = Root (*)(Statement&, const Term& L, const Change&);

Term squared_L(const Term& L) {
  return L * L;
}

Term probability(Statement& s) {
  Term p = s.positive("p", "probability that the gradients are sent in full");
  s.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
  return p;
}

/// A root t of Lambda^2 itself.
Root root_of(Statement& s, const Change& change, const Term& lambda_squared) {
  const Term t = s.nonnegative("t", "the root");
  s.assume("root", equal(t * t, Term(change.root) * lambda_squared), "t^2 = Lambda^2");
  return {t, lambda_squared, 1, {{{"root"}, 1}}};
}

Root gd(Statement& s, const Term& L, const Change& change) {
  s.redundant({"L-positive"});
  return {Term(change.root - 1) * L, 0};  // -0.9 L in the twin
}

/// t = omega L/sqrt(n)
Root over_root_of_n(Statement& s, const Term& L, const Change& change, const Term& omega, const Term& n) {
  const Term root = s.positive("root_of_n", "sqrt(n)");
  s.assume("root-squared", equal(root * root, n), "it is the root");
  s.redundant({"L-positive", "n-positive"});
  return {Term(change.root) * omega * L / root,
          0,
          root * root / (L * L),
          {{{"root-squared"}, omega * omega * L * L / (n * root * root)}}};
}

Root marina(Statement& s, const Term& L, const Change& change) {
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  Root root = over_root_of_n(s, L, change, omega, n);
  root.lambda_squared = marina_lambda_squared(squared_L(L), omega, n, marina_probability(omega));
  return root;
}

Root marina_of_density(Statement& s, const Term& L, const Change& change) {
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term d = s.positive("d", "dimension");
  const Term density = s.positive("density", "nonzeros expected in a message");
  s.assume("dense-enough", less_equal(d, (1 + omega) * density), "as for every unbiased compressor");
  Root root = over_root_of_n(s, L, change, omega, n);
  root.lambda_squared = marina_lambda_squared(squared_L(L), omega, n, marina_probability_of_density(d, density));
  s.redundant({"density-positive"});
  root.hints.push_back({{"dense-enough"}, omega * L * L / (n * density)});
  return root;
}

Root vr_marina(Statement& s, const Term& L, const Change& change) {
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term p = probability(s);
  const Term batch = s.positive("batch", "b', components drawn");
  const Term component = s.nonnegative("component_L_squared", "(1/n) sum_i component_L_i^2");
  s.redundant(
      {"omega-nonnegative", "n-positive", "p-positive", "p-at-most-one", "component_L_squared-nonnegative"});
  return root_of(s, change, vr_marina_lambda_squared(squared_L(L), component, omega, n, p, batch));
}

Root pp_marina(Statement& s, const Term& L, const Change& change) {
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term r = s.positive("r", "slots");
  const Term p = probability(s);
  s.redundant({"omega-nonnegative", "r-positive", "p-positive", "p-at-most-one"});
  return root_of(s, change, pp_marina_lambda_squared(pp_marina_constants(omega, r), squared_L(L), p));
}

/// t = 2 (1 + omega) sqrt(omega/n) L, alpha = 1/(1 + omega)
Root diana(Statement& s, const Term& L, const Change& change) {
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.positive("n", "workers");
  const Term root = s.nonnegative("root", "sqrt(omega/n)");
  s.assume("root-squared", equal(root * root, omega / n), "it is the root");
  const Term theta2 = diana_nonconvex_theta_squared(omega, n, diana_shift_stepsize(omega));
  s.redundant({"L-positive", "omega-nonnegative", "n-positive"});
  Root all{Term(change.root) * 2 * (1 + omega) * root * L, theta2 * squared_L(L), 1 / (L * L)};
  Term power = L * L;
  for (int k = 0; k < 4; ++k) {
    all.hints.push_back({{"root-squared"}, power});
    all.hints.push_back({{}, power * omega / n});
    all.hints.push_back({{}, power * root});
    power = power * omega;
  }
  return all;
}

Statement stationary(MakeRoot make, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness");
  const Term first = s.nonnegative("Phi0", "Phi^0, f(x^0) - inf f");
  const Term e2 = s.positive("epsilon_squared", "epsilon^2");
  const Term K = s.positive("K", "steps made");
  const Term mean = s.variable("mean", "(1/K) sum_{k < K} E|grad f(x^k)|^2");
  const Root root = make(s, L, change);
  const Term gamma = biased_estimator_stepsize(L, root.t);
  s.assume("rate", less_equal(mean, biased_estimator_bound(gamma, K, first)), "the theorem");
  s.assume("steps", less_equal(Term(change.steps) * stationary_complexity(L, root.t, first, e2), K),
           "K is large enough");
  s.conclude(less_equal(mean, Term(change.accuracy) * e2));
  s.conclude(less_equal(0, biased_estimator_descent(L, gamma, root.lambda_squared)));
  s.redundant({"Phi0-nonnegative", "epsilon_squared-positive"});
  s.hint({"rate"});
  s.hint({"steps"}, e2 / K);
  if (!identical(root.t, 0)) s.hint({}, root.t * L * root.scale);
  for (const auto& [hypotheses, factor] : root.hints) s.hint(hypotheses, factor * root.scale);
  return s;
}

struct Method {
  std::string subject, part, title;
  std::vector<std::string> formula;
  std::string headers;
  MakeRoot make;
};

Obligation obligation(const Method& of) {
  const std::string id = "marina/" + of.subject + "/complexity";
  std::vector<std::string> formula = of.formula;
  formula.emplace_back("gamma = 1/(L + t), K >= 2 (L + t) Phi^0/epsilon^2");
  formula.emplace_back(
      "=>  (1/K) sum_{k < K} E|grad f(x^k)|^2 <= epsilon^2,    1 - gamma L - gamma^2 Lambda^2 >= 0");
  Obligation o{.id = id + of.part,
               .claim = id,
               .title = of.title + ": the accuracy after enough steps",
               .source = "slides; constants derived",
               .generated_from = "theory/marina/complexity.hpp, theory/marina/" + of.headers,
               .formula = std::move(formula)};
  state(o, stationary(of.make));
  add_twin(o, "smaller-accuracy", "0.999 epsilon^2", stationary(of.make, {.accuracy = {999, 1000}}));
  add_twin(o, "fewer-steps", "0.999 of the steps", stationary(of.make, {.steps = {999, 1000}}));
  add_twin(o, "smaller-root", "a tenth of t; for GD, where t = 0, t = -0.9 L",
           stationary(of.make, {.root = {1, 10}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Method& of : std::vector<Method>{
           {"gd", "", "GD", {"t = 0, Lambda = 0"}, "gd.hpp", gd},
           {"diana",
            "",
            "DIANA",
            {"alpha = 1/(1 + omega), t = 2 (1 + omega) sqrt(omega/n) L, Lambda = theta L"},
            "diana_nonconvex.hpp",
            diana},
           {"marina", "", "MARINA", {"p = 1/(1 + omega), t = omega L/sqrt(n)"}, "marina.hpp", marina},
           {"marina",
            "-density",
            "MARINA, p of the source",
            {"p = zeta/d, (1 + omega) zeta >= d, t = omega L/sqrt(n)"},
            "marina.hpp",
            marina_of_density},
           {"vr-marina", "", "VR-MARINA", {"t^2 = Lambda^2"}, "vr_marina.hpp", vr_marina},
           {"pp-marina", "", "PP-MARINA", {"t^2 = Lambda^2"}, "pp_marina.hpp", pp_marina}})
    all.push_back(obligation(of));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_complexities
