#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::unified_theorem {

std::vector<Claim> claims() {
  const std::vector<std::string> hypotheses = {
      "the key assumption (K1)-(K3) with A, B, C, D1, D2 >= 0 and 0 < rho <= 1",
      "f is mu-quasi-strongly convex, mu > 0", "M > B/rho", "0 < gamma <= min{1/mu, 1/(A + CM)}"};
  return {
      {"unified-sgd/theorem/one-step",
       "the main theorem of chapter 2, one step",
       "E V^{k+1} <= max{1 - gamma mu, 1 + B/M - rho} V^k + gamma^2 (D1 + M D2)",
       hypotheses,
       "slides \"Main Theorem\" (part 1)",
       {proof_check()}},
      {"unified-sgd/theorem/closed-form",
       "the main theorem of chapter 2, by induction on k",
       "E V^k <= max{(1 - gamma mu)^k, (1 + B/M - rho)^k} V^0 + gamma^2 (D1 + M D2)/min{gamma mu, rho - B/M}",
       hypotheses,
       "slides \"Main Theorem\" (part 1)",
       {proof_check()}},
      {"unified-sgd/theorem/without-sigma",
       "the main theorem where B = 0, with M = 0",
       "|x^k - x*|^2 contracts by 1 - gamma mu and gains gamma^2 D1",
       {"the key assumption with B = 0", "f is mu-quasi-strongly convex, mu > 0", "0 < gamma <= min{1/mu, 1/A}"},
       "derived; the slides ask for M > B/rho, which excludes M = 0",
       {proof_check()}},
      {"unified-sgd/theorem/sharper-noise",
       "the main theorem after finitely many steps",
       "E V^k <= q^k V^0 + (1 - q^k) gamma^2 (D1 + M D2)/(1 - q),  q = max{1 - gamma mu, 1 + B/M - rho}",
       hypotheses,
       "derived; the slides leave the factor 1 - q^k out",
       {proof_check()}},
      {"unified-sgd/theorem/powers",
       "the maximum of powers in the main theorem",
       "max{a^k, b^k} = max{a, b}^k, so that the largest contraction factor alone gives the rate",
       {"a, b >= 0"},
       "derived",
       {proof_check()}},
      {"unified-sgd/theorem/proximal-step",
       "the main theorem with a regularizer",
       "|x+ - x*|^2 <= |x - x*|^2 - 2 gamma <g - grad f(x*), x - x*> + gamma^2 |g - grad f(x*)|^2: one step starts "
       "from "
       "the same line as without R",
       {"x+ = prox_{gamma R}(x - gamma g), R convex and closed", "x* minimises f + R"},
       "derived; the slides have R = 0",
       {proof_check()}},
      {"unified-sgd/theorem/strong-convexity",
       "what quasi-strong convexity says of the constants",
       "|grad f(x) - grad f(x*)|^2 >= 2 mu D(x); mu <= L; mu <= A in a row that holds for all x",
       {"f is mu-quasi-strongly convex, mu > 0",
        "mu <= L: |grad f(x) - grad f(x*)|^2 <= 2L D(x), D(x) > 0 somewhere", "mu <= A: D(x) is not bounded"},
       "derived",
       {proof_check()}},
      {"unified-sgd/theorem/averaged",
       "the main theorem without strong convexity",
       "E f(xbar) - f(x*) <= V^0/(gamma K) + gamma (D1 + M D2) for the average xbar of x^0, ..., x^{K-1}",
       {"the key assumption (K1)-(K3) with A, B, C, D1, D2 >= 0 and 0 < rho <= 1", "f is convex, R = 0",
        "M rho >= B", "0 < gamma <= 1/(2 (A + CM))"},
       "derived; the slides ask for mu > 0",
       {proof_check()}},
      {"unified-sgd/theorem/accuracy",
       "a stepsize and a number of steps for a given accuracy",
       "E V^k <= epsilon once q^k V^0 <= epsilon/2, so for all k >= ln(2 V^0/epsilon)/min{gamma mu, rho - B/M}",
       {"the main theorem holds; V^0 belongs to the gamma in use", "gamma <= epsilon mu/(2 (D1 + M D2))",
        "gamma^2 <= epsilon (rho - B/M)/(2 (D1 + M D2))", "of k: 1 - t <= e^{-t}"},
       "derived",
       {proof_check()}},
  };
}

}  // namespace touchstone::inline v0::registry::unified_theorem
