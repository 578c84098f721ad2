#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0 {

std::vector<Claim> unified_theorem_claims() {
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
  };
}

}  // namespace touchstone::inline v0
