#include "verify/claims/estimator_models.hpp"
#include "verify/claims/proved_claim.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::marina_scalar {

namespace {

const std::string theorem_source = "derived; the theorems of arXiv:2102.07845 are instances";
const std::string derived_constants = "slides (the order); constants derived";
const std::string smooth = "f is L-smooth and bounded below";
const std::string pl = "|grad f(x)|^2 >= 2 mu (f(x) - inf f)";
const std::string row = "(R) E G+ <= (1 - p) G + p Lambda^2 |x+ - x|^2 + p nu, 0 < p <= 1";
const std::string descends =
    "E Phi+ <= Phi - (gamma/2) |grad f(x)|^2 + (gamma/2) nu, Phi = f(x) - inf f + gamma/(2p) G";
const std::string contracts = "E Psi+ <= (1 - gamma mu) Psi + gamma nu, Psi = f(x) - inf f + gamma/p G";
const std::string stepsize = "0 < gamma <= 1/(L + Lambda)";
const std::string stepsize_pl = "0 < gamma <= min{1/(L + sqrt(2) Lambda), p/(2 mu)}";

/// Decided by proofs alone.
Claim proved(const std::string& name, std::string title, std::string statement, std::vector<std::string> hypotheses,
             std::string source) {
  return proved_claim("marina/" + name, std::move(title), std::move(statement), std::move(hypotheses),
                      std::move(source));
}

std::vector<Claim> theorem() {
  return {
      with_kernel(proved("marina/descent", "the theorem of biased estimators, one step", descends,
                         {smooth, row, stepsize}, theorem_source),
                  biased_descent_cases),
      proved("marina/descent-pl", "the theorem of biased estimators under the PL condition, one step", contracts,
             {smooth, pl, row, stepsize_pl}, theorem_source),
      proved(
          "marina/sharp-stepsize", "the largest stepsize of the theorem of biased estimators",
          "1 - gamma L - gamma^2 Lambda^2 >= 0 if and only if gamma <= 2/(L + sqrt(L^2 + 4 Lambda^2)), which is at "
          "least 1/(L + Lambda); one step descends up to it, and does not at 1.01 of it. PL: with 2 Lambda^2",
          {smooth, row, "L, gamma > 0, Lambda >= 0"}, "derived"),
      proved("marina/complexity-pl", "under the PL condition biased estimators need so many steps",
             "K >= l max{(L + t)/mu, 2/p} => gamma mu K >= l, so that (1 - gamma mu)^K <= e^-l",
             {"gamma = min{1/(L + t), p/(2 mu)}, t^2 >= 2 Lambda^2"}, "derived"),
      proved("gd/descent", "gradient descent, one step", "f(x+) - inf f <= f(x) - inf f - (gamma/2) |grad f(x)|^2",
             {smooth, "0 < gamma <= 1/L"}, "folklore"),
      proved("gd/descent-pl", "gradient descent under the PL condition, one step",
             "f(x+) - inf f <= (1 - gamma mu)(f(x) - inf f)", {smooth, pl, "0 < gamma <= 1/L"}, "folklore"),
  };
}

/// A method of the family; Lambda^2 as on its page.
struct Member {
  std::string name, title, lambda, source;
  std::vector<std::string> hypotheses;
  std::string rate, rate_pl;
};

std::vector<Member> family() {
  const std::string from_gap = "(1/K) sum_{k < K} E|grad f(x^k)|^2 <= 2 (f(x^0) - inf f)/(gamma K)";
  const std::string from_gap_pl = "E f(x^k) - inf f <= (1 - gamma mu)^k (f(x^0) - inf f)";
  const std::string every = "every f_i is L_i-smooth, L^2 = (1/n) sum_i L_i^2";
  const std::string start = "g^0 = grad f(x^0), K >= 1";
  const std::string components =
      "(1/m_i) sum_j |D_ij - D_i|^2 <= component_L_i^2 |x - y|^2 for changes D of gradients, component_L^2 their "
      "mean";
  return {
      {"marina",
       "MARINA",
       "Lambda^2 = (1 - p) omega L^2/(p n)",
       "slides \"New Method: MARINA\"; constants of arXiv:2102.07845",
       {every, start, "E G+ as in marina/marina/estimator"},
       from_gap + "; for biased estimators 2 Phi^0/(gamma K) + nu",
       "E Psi^k <= (1 - gamma mu)^k Psi^0 + nu/mu, Psi^0 = f(x^0) - inf f and nu = 0 for MARINA"},
      {"vr-marina",
       "VR-MARINA",
       "p Lambda^2 = ((1 - p)/n)(omega L^2 + (1 + omega) c component_L^2/b'), c = 1 or, without replacement, (m - "
       "b')/(m - 1)",
       "arXiv:2102.07845; without replacement derived",
       {every, components, start, "E G+ as in marina/vr-marina/estimator"},
       from_gap,
       from_gap_pl},
      {"vr-marina-online",
       "Online VR-MARINA",
       "p Lambda^2 = ((1 - p)/n)(omega L^2 + (1 + omega) component_L^2/b'), nu = sigma^2/(n b)",
       "arXiv:2102.07845 (the order); constants derived",
       {every, components, "(1/n) sum_i E|grad f_{xi,i}(x) - grad f_i(x)|^2 <= sigma^2",
        "g^0 of b samples a worker, K >= 1", "E G+ as in marina/vr-marina-online/estimator"},
       from_gap + " + nu (1 + 1/(p K))",
       "E f(x^k) - inf f <= (1 - gamma mu)^k (f(x^0) - inf f + gamma nu/p) + nu/mu"},
      {"pp-marina",
       "PP-MARINA",
       "p Lambda^2 = (1 - p) A L^2 or (1 - p)((A - B) L+^2 + B L+-^2), A = (1 + omega)/r, B = 1/r; without "
       "replacement B "
       "= (n - r)/(r (n - 1)), A = B + omega/r",
       "arXiv:2102.07845; without replacement and the sharper row derived",
       {every, start, "E G+ as in marina/pp-marina/estimator"},
       from_gap,
       from_gap_pl},
      {"joint-marina",
       "MARINA with joint compressors",
       "p Lambda^2 = (1 - p)((A - B) L+^2 + B L+-^2), A >= B >= 0; with SharedRandK (1 - p) omega L-^2",
       "arXiv:2110.03300; SharedRandK derived",
       {"(1/n) sum_i |D_i|^2 <= L+^2 |x - y|^2, (1/n) sum_i |D_i - D|^2 <= L+-^2 |x - y|^2, |D| <= L- |x - y|",
        start},
       from_gap,
       from_gap_pl},
  };
}

std::vector<Claim> members() {
  std::vector<Claim> all;
  for (const Member& of : family()) {
    std::vector<std::string> given = of.hypotheses;
    given.push_back(of.lambda);
    const auto add = [&](const std::string& name, const std::string& title, const std::string& statement,
                         const std::vector<std::string>& further) {
      std::vector<std::string> hypotheses = given;
      hypotheses.insert(hypotheses.end(), further.begin(), further.end());
      all.push_back(proved(of.name + "/" + name, of.title + title, statement, std::move(hypotheses), of.source));
    };
    add("stepsize", ": row and stepsize meet the theorem's conditions", "(R), 1 - gamma L - gamma^2 Lambda^2 >= 0",
        {stepsize});
    add("stepsize-pl", ": row and stepsize meet the theorem's conditions under the PL condition",
        "(R), 1 - gamma L - 2 gamma^2 Lambda^2 >= 0, gamma mu <= 1/2", {stepsize_pl});
    add("rate", " finds points of small gradient: one step, and the mean over the iterates",
        descends + "; hence " + of.rate, {smooth, stepsize});
    add("rate-pl", " under the PL condition: one step, and all", contracts + "; hence " + of.rate_pl,
        {smooth, pl, stepsize_pl});
  }
  return all;
}

std::vector<Claim> diana() {
  const std::string H = "H = (1/n) sum_i |grad f_i(x) - h_i|^2, rows as in marina/diana/estimator";
  const std::string theta = "theta^2 = 2 (2 - alpha) omega/(alpha^2 n), 0 < alpha <= 1/(1 + omega)";
  const std::string every = "every f_i is L_i-smooth, L^2 = (1/n) sum_i L_i^2; f is bounded below";
  return {
      proved("diana/descent", "DIANA on non-convex functions, one step",
             "E Phi+ <= Phi - (gamma/2) |grad f(x)|^2, Phi = f(x) - inf f + gamma omega/(n alpha) H",
             {every, H, theta, "1 - gamma L - theta^2 gamma^2 L^2 >= 0"}, derived_constants),
      proved("diana/descent-pl", "DIANA under the PL condition, one step",
             "E Psi+ <= (1 - gamma mu) Psi, Psi = f(x) - inf f + 2 gamma omega/(n alpha) H",
             {every, H, theta, pl, "1 - gamma L - 2 theta^2 gamma^2 L^2 >= 0, gamma <= alpha/(4 mu)"}, "derived"),
      proved("diana/stepsize", "DIANA's stepsize on non-convex functions",
             "1 - gamma L - theta^2 gamma^2 L^2 >= 0; theta^2 <= 4 (1 + omega)^2 omega/n for alpha = 1/(1 + omega)",
             {theta, "0 < gamma <= 1/(L (1 + theta))"}, derived_constants),
      proved("diana/stepsize-pl", "DIANA's stepsize under the PL condition",
             "1 - gamma L - 2 theta^2 gamma^2 L^2 >= 0", {theta, "0 < gamma <= 1/(L (1 + sqrt(2) theta))"},
             "derived"),
      proved("diana/rate", "DIANA finds points of small gradient, from any shifts",
             "2 Phi^0/(gamma K) = 2 (f(x^0) - inf f)/(gamma K) + 2 omega H_0/(n alpha K) bounds (1/K) sum_{k < K} "
             "E|grad f(x^k)|^2",
             {every, H, "marina/diana/descent, summed as in marina/marina/rate"}, derived_constants),
      proved("diana/rate-pl", "DIANA converges linearly under the PL condition, from any shifts",
             "E f(x^k) - inf f <= (1 - gamma mu)^k (f(x^0) - inf f + 2 gamma omega/(n alpha) H_0)",
             {every, H, pl, "marina/diana/descent-pl, summed as in marina/marina/rate-pl"}, "derived"),
      proved("diana/complexity-pl", "DIANA needs so many steps under the PL condition",
             "K >= l max{L (1 + t)/mu, 4/alpha} => gamma mu K >= l, so that (1 - gamma mu)^K <= e^-l",
             {"gamma = min{1/(L (1 + t)), alpha/(4 mu)}, t^2 >= 2 theta^2"}, "derived"),
  };
}

std::vector<Claim> qgd() {
  const std::string moment = "E|g|^2 <= 2A (f(x) - inf f) + B |grad f(x)|^2 + C, as in marina/qgd/estimator";
  const std::string source = "slides \"Quantized Gradient Descent\"; constants as in arXiv:2002.03329";
  return {
      proved("qgd/descent", "QGD on non-convex functions, one step",
             "E gap+ <= (1 + L A gamma^2) gap - (gamma/2) |grad f(x)|^2 + L C gamma^2/2, gap = f(x) - inf f",
             {smooth, moment, "0 < gamma <= 1/(L B)"}, source),
      proved("qgd/rate", "QGD finds a point of small gradient among its first K",
             "min_{k < K} E|grad f(x^k)|^2 <= L C gamma + 2 (1 + L A gamma^2)^K gap_0/(gamma K)",
             {smooth, moment, "0 < gamma <= 1/(L B), K >= 1"}, source),
      proved("qgd/complexity", "QGD needs so many steps for an accuracy",
             "K >= (12 L gap_0/epsilon^2) max{B, 12 A gap_0/epsilon^2, 2 C/epsilon^2} => the bound is at most "
             "epsilon^2",
             {"gamma = min{1/(L B), 1/sqrt(L A K), epsilon^2/(2 L C)}", "A, C >= 0, B > 0"}, source),
      proved("qgd/descent-pl", "QGD under the PL condition, one step",
             "E gap+ <= (1 - gamma mu/2) gap + L C gamma^2/2, gap = f(x) - inf f",
             {smooth, pl, moment, "0 < gamma <= min{1/(L B), mu/(2 L A)}"}, "derived"),
      proved("qgd/rate-pl", "QGD converges linearly to a neighbourhood under the PL condition",
             "E gap_k <= (1 - gamma mu/2)^k gap_0 + L C gamma/mu",
             {smooth, pl, moment, "0 < gamma <= min{1/(L B), mu/(2 L A)}"}, "derived"),
      proved("qgd/complexity-pl", "QGD needs so many steps for an accuracy under the PL condition",
             "K >= (2 L/mu) max{B, 2 A/mu, 2 C/(mu epsilon)} ln(2 gap_0/epsilon) => E gap_K <= epsilon",
             {"gamma = min{1/(L B), mu/(2 L A), mu epsilon/(2 L C)}"}, "derived"),
  };
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  for (const auto& part : {theorem, members, diana, qgd})
    for (Claim& claim : part()) all.push_back(std::move(claim));
  return all;
}

}  // namespace touchstone::inline v0::registry::marina_scalar
