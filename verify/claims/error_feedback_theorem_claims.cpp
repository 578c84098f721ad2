#include <fmt/format.h>

#include "touchstone/theory/error_feedback/complexity.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::error_feedback_theorem {

namespace {

const std::string derived_theorem = "slides 48 and 49; derived, the theorem of arXiv:2010.12292 in one-step form";
const std::string error_model = "E Q+ + 3 L gamma |e|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1)";

/// A claim that the solvers and certificates alone decide.
Claim proved(const std::string& name, std::string title, std::string statement, std::vector<std::string> hypotheses,
             std::string source) {
  return {"error-feedback/" + name, std::move(title),  std::move(statement),
          std::move(hypotheses),    std::move(source), {proof_check()}};
}

std::vector<Claim> theorem() {
  const std::vector<std::string> assumption = {"(P1), (P4), (P5), (P6) of chapter 3",
                                               "every f_i is convex and L-smooth", "f is mu-quasi-strongly convex"};
  std::vector<std::string> with_errors = assumption;
  with_errors.push_back("an error model: " + error_model);
  return {
      proved(
          "theorem/one-step", "the theorem of chapter 3, one step, for any error model",
          "E V+ <= (1 - eta) V - gamma theta (f(x) - f(x*)) + gamma^2 (D1' + M1 D2 + N d1), eta = min{gamma mu/2, "
          "rho1/4, rho2/4, what the error model adds}",
          with_errors, derived_theorem),
      proved(
          "theorem/error-free", "the theorem of chapter 3, one step, without errors",
          "E V+ <= (1 - eta) V - 2 gamma (1 - gamma P)(f(x) - f(x*)) + gamma^2 (D1' + M1 D2), eta = min{gamma mu, "
          "rho1/4, rho2/4}",
          assumption, "derived; sharper than the theorem with e = 0"),
      proved("theorem/contraction", "the theorem of chapter 3, contraction, by induction on k",
             "E V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta", {"one step", "theta >= 0"}, derived_theorem),
      proved("theorem/average", "the theorem of chapter 3, at a weighted average",
             "E f(xbar^K) - f(x*) <= (V^0/(gamma W) + noise/gamma)/theta, 1/W <= (1 - eta)^{K+1}",
             {"one step", "theta > 0", "f is convex", "w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K"},
             derived_theorem),
      proved("theorem/weighted-average", "the theorem of chapter 3 in the form of the paper",
             "E f(xbar) - f(x*) <= 4 (T^0 + gamma F1 s1_0 + gamma F2 s2_0)/(gamma W) + 4 gamma (D1' + M1 D2 + D3)",
             {"one step with N = 0", "gamma <= 1/(4 P), gamma^2 <= 1/(8 w Z)", "f is convex"},
             "slide 49; derived, the theorem of arXiv:2010.12292 with other constants"),
      proved("theorem/stepsize", "stepsizes of the theorem of chapter 3",
             "S = P + N Z; theta >= 1 - 2c for gamma <= 2c/(P + t), t^2 >= P^2 + 4 c w Z; theta >= 1/2 for gamma "
             "<= 1/(8 "
             "P), gamma^2 <= 1/(8 w Z); without errors gamma <= 1/P descends",
             {}, "derived"),
      proved("theorem/rate", "with an admissible stepsize the errors do not limit the rate",
             "gamma mu/2 <= delta/4, or gamma mu/2 <= 1/(4 tau)",
             {"theta >= 0, or gamma <= 1/(4 P) and gamma^2 <= 1/(8 w Z)", "mu <= L <= A'", "L <= A", "tau >= 1"},
             "derived"),
      proved("theorem/accuracy", "a stepsize and a number of steps for a given accuracy",
             "E f(xbar) - f(x*) <= epsilon for K >= ln(6 V^0/(gamma epsilon))/eta",
             {"theta >= 1/2", "gamma <= epsilon/(6 D), gamma^2 <= epsilon/(6 E)"}, "derived"),
      proved("theorem/remembered-weight", "M2 as it is remembered of the paper, without B1'",
             "M2 = 4 (B2' + (4/3) G)/(3 rho2) closes the coefficient of s2 where B1' <= 1; for B1' = 2 it does not",
             {"B1' <= 1"}, "arXiv:2010.12292, as remembered"),
      proved("theorem/remembered-radicand", "the stepsize as it is remembered of the paper is never larger",
             "Z is at most the sum under the remembered root", {"0 < delta <= 1", "0 <= eta < 1"},
             "arXiv:2010.12292, as remembered"),
  };
}

std::vector<Claim> error_models() {
  return {
      proved(
          "theorem/perturbed-iterate", "one step of the perturbed iterate, for all Gram matrices",
          "E|xt+ - x*|^2 <= (1 - gamma mu/2)|xt - x*|^2 - gamma (f(x) - f(x*)) + 3 L gamma |e|^2 + gamma^2 E|g|^2",
          {"f is L-smooth with minimiser x*", "f is mu-quasi-strongly convex, 0 <= mu <= L"},
          "chapter 3, the perturbed iterate (EF-DESC)"),
      proved("theorem/error-recursion", "the errors of a contractive compressor",
             "E mean |e_i+|^2 <= (1 - delta/2) mean |e_i|^2 + gamma^2 (2 a gap + b1 s1 + b2 s2 + d1)",
             {"every C is contractive with delta", "(P2), (P3)"}, "derived (EF-ERR)"),
      proved("theorem/compensated-errors", "error compensation is an error model",
             error_model + " for Q = N mean |e_i|^2, N = 12 L gamma/delta",
             {"the recursion of the errors", "eta <= delta/4"}, "derived"),
      proved("theorem/iterate", "the iterate of error compensation is near the virtual one",
             "|x - x*|^2 <= (1 + 1/N)(|xt - x*|^2 + N mean |e_i|^2)", {"delta < 1"}, "derived"),
      proved("delay/potential", "delayed updates are an error model in expectation",
             error_model + " for Q = 3 L gamma^3 sum_j q_j R^{k-j}, N = 3 L gamma q_1, tau = 1, 2, 3",
             {"the noises of a window are uncorrelated"}, "derived (EF-WIN)"),
      proved("delay/buffered-potential", "delayed updates are an error model given the buffer",
             error_model + " for Q = 3 L gamma^3 tau sum_j q_j |g^{k-j}|^2, N = 3 L gamma tau q_1, tau = 1, 2, 3",
             {}, "derived (EF-PATH)"),
      proved("delay/window", "the weights of a window",
             "q_{j+1} + 1 = (1 - eta) q_j, (1 - eta) q_tau = 1, q_1 <= tau/(1 - tau eta) <= 4 tau/3",
             {"eta <= 1/(4 tau)"}, "derived"),
      proved("parallel-top1-gd/cone", "Top1 without memory diverges from an open cone",
             "x = t (1, 1, 1) + u, sum u_j = 0, |u_j| < 2t/21: x+ = (1 + 11 gamma/6) t (1, 1, 1) + (1 - 61 "
             "gamma/6) u, in the "
             "same cone",
             {"0 < gamma <= 6/25, t > 0"}, "derived; the instance of slides 43-45"),
      proved("parallel-top1-gd/compensated-ties", "error compensation on the same instance always meets ties",
             "the two largest magnitudes of e_i^1 + gamma grad f_i(x^1) are equal, for every worker",
             {"x^0 = t (1, 1, 1), t > 0, e^0 = 0, 0 < gamma < 21/11"}, "derived; the instance of slides 43-45"),
  };
}

struct Row {
  std::string name, title;
};

std::vector<Claim> closed_forms() {
  std::vector<Claim> all;
  for (const Row& row : std::vector<Row>{{"ec-sgdsr", "EC-SGDsr"},
                                         {"ec-sgd", "EC-SGD"},
                                         {"ec-gd", "EC-GD"},
                                         {"ec-gd-star", "EC-GDstar"},
                                         {"ec-sgd-diana", "EC-SGD-DIANA"},
                                         {"ec-sgdsr-diana", "EC-SGDsr-DIANA"},
                                         {"ec-gd-diana", "EC-GD-DIANA"},
                                         {"ec-lsvrg", "EC-LSVRG"},
                                         {"ec-lsvrg-star", "EC-LSVRGstar"},
                                         {"ec-lsvrg-diana", "EC-LSVRG-DIANA"},
                                         {"d-sgd", "D-SGD"},
                                         {"d-sgd-sr", "D-SGD-SR"},
                                         {"d-qsgd", "D-QSGD"},
                                         {"d-qsgd-sampling", "D-QSGD with sampled gradients"},
                                         {"d-sgd-diana", "D-SGD-DIANA"},
                                         {"dianasr", "DIANAsr"},
                                         {"d-lsvrg", "D-LSVRG"},
                                         {"d-qlsvrg", "D-QLSVRG"},
                                         {"d-lsvrg-diana", "D-LSVRG-DIANA"},
                                         {"dqgd", "DQGD"}})
    all.push_back(proved(row.name + "/closed-form", "P and Z of " + row.title + " in closed form",
                         "P, and Z where there are errors, are those on the page of the row", {}, "derived"));
  return all;
}

std::vector<Claim> complexities() {
  std::vector<Claim> all;
  const auto add = [&](const std::string& name, const std::string& title, int factor, const std::string& row,
                       std::vector<std::string> hypotheses) {
    hypotheses.emplace_back("gamma = min{1/(8P), 1/sqrt(8 w Z), epsilon/(6 D), sqrt(epsilon/(6 E))}");
    all.push_back(proved(name + "/complexity", "the row of slide 50 for " + title + ", with a constant",
                         fmt::format("max{{2/(gamma mu), 4/rho1, 4/rho2}} <= {} ({})", factor, row),
                         std::move(hypotheses), "slide 50; constant derived"));
  };
  const std::string kappa = "L/(delta mu)";
  const std::string sgd_noise = "variance/(n mu epsilon) + sqrt(L (variance + zeta/delta)/(delta epsilon))/mu";
  const std::string noise = "variance/(n mu epsilon) + sqrt(L variance/epsilon)/(delta mu)";
  const std::string options =
      "alpha = 1/(1 + omega); for alpha = delta/(1 + omega) (1 + omega)/delta in place of omega "
      "and sqrt(L variance/(delta epsilon))/mu in place of the last term";
  add("ec-sgdsr", "EC-SGDsr", ec_sgdsr_complexity_factor, "E/mu + (L + sqrt(delta L E))/(delta mu) + " + sgd_noise,
      {});
  add("ec-sgd", "EC-SGD", ec_sgd_complexity_factor, kappa + " + " + sgd_noise, {});
  add("ec-gd-star", "EC-GDstar", ec_gd_star_complexity_factor, kappa, {});
  add("ec-sgd-diana", "EC-SGD-DIANA", ec_sgd_diana_complexity_factor, "omega + " + kappa + " + " + noise,
      {options, "mu <= L"});
  add("ec-sgdsr-diana", "EC-SGDsr-DIANA", ec_sgdsr_diana_complexity_factor,
      "omega + E/mu + sqrt(L E)/(delta mu) + " + noise,
      {options + fmt::format(", with {} for {}", ec_sgdsr_diana_careful_complexity_factor,
                             ec_sgdsr_diana_complexity_factor),
       "mu <= L <= E"});
  add("ec-gd-diana", "EC-GD-DIANA", ec_sgd_diana_complexity_factor, "omega + " + kappa,
      {"alpha = 1/(1 + omega)", "mu <= L"});
  add("ec-lsvrg", "EC-LSVRG", ec_lsvrg_complexity_factor, "m + " + kappa + " + sqrt(L zeta/epsilon)/(delta mu)",
      {"p = 1/m"});
  add("ec-lsvrg-star", "EC-LSVRGstar", ec_lsvrg_complexity_factor, "m + " + kappa, {"p = 1/m"});
  add("ec-lsvrg-diana", "EC-LSVRG-DIANA", ec_lsvrg_diana_complexity_factor, "omega + m + " + kappa,
      {"alpha = 1/(1 + omega), p = 1/m", "mu <= L"});
  return all;
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all = theorem();
  for (const auto& part : {error_models, closed_forms, complexities})
    for (Claim& claim : part()) all.push_back(std::move(claim));
  return all;
}

}  // namespace touchstone::inline v0::registry::error_feedback_theorem
