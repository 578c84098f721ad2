#include <fmt/format.h>

#include "touchstone/theory/local/complexity.hpp"
#include "verify/claims/proof_check.hpp"
#include "verify/claims/registry.hpp"

namespace touchstone::inline v0::registry::local_scalar {

namespace {

const std::string theorem_source = "slides 67 to 72; derived, the theorem of arXiv:2011.02828 in one-step form";
const std::string summed =
    "sum_k w_k E V_k <= gamma^2 P sum_k w_k (2 A* gap_k + B1* s1_k + B2* s2_k + F* V_k + D*)";

/// A claim that the solvers and certificates alone decide.
Claim proved(const std::string& name, std::string title, std::string statement, std::vector<std::string> hypotheses,
             std::string source) {
  return {"local/" + name,       std::move(title),  std::move(statement),
          std::move(hypotheses), std::move(source), {proof_check()}};
}

std::vector<Claim> theorem() {
  return {
      proved("theorem/self-bounding", "a smooth function that is not negative bounds its gradient",
             "|grad h(x)|^2 <= 2 L h(x)", {"h >= 0 is L-smooth"}, "derived"),
      proved("theorem/transfer", "Bregman distances to x*, at x_i and at x", "h(x_i) <= 2 h(x) + L |x_i - x|^2",
             {"h >= 0 is L-smooth"}, "derived"),
      proved("theorem/inner-product", "the theorem of chapter 4, the inner product of one worker",
             "-2 <grad f_i(x_i), x - x*> <= -2 (f_i(x) - f_i(x*)) - mu |x_i - x*|^2 + L |x_i - x|^2",
             {"f_i is L-smooth and mu-quasi-strongly convex"}, "derived"),
      proved("theorem/one-step", "the theorem of chapter 4, one step",
             "E T+ <= (1 - eta) T - gamma gap + 2 L gamma V + gamma^2 (D' + M1 D1 + M2 D2), eta = min{gamma mu, "
             "rho1/4, rho2/4}",
             {"(A), (S) of chapter 4", "every f_i is L-smooth and mu-quasi-strongly convex with a common x*",
              "(S1) and (S2)"},
             theorem_source),
      proved("theorem/average", "the theorem of chapter 4, at a weighted average",
             "E f(xbar^K) - f(x*) <= (2 T^0 + 4 L gamma (H1 s1_0 + H2 s2_0))/(gamma W) + 2 gamma (D' + M1 D1 + M2 "
             "D2 + 2 "
             "L gamma D3)",
             {"one step", "(V)", "f is convex", "w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K"}, theorem_source),
      proved("theorem/accuracy", "the theorem of chapter 4, stepsize and iterations for an accuracy",
             "(Phi/gamma)(1 - eta)^{K+1} + 2 gamma (D' + M1 D1 + M2 D2 + 2 L gamma D3) <= epsilon",
             {"gamma <= epsilon/(3 c1), gamma^2 <= epsilon/(3 c2), c1 and c2 what is linear and square in gamma",
              "3 Phi (1 - eta)^{K+1} <= gamma epsilon"},
             "derived"),
      proved("theorem/closing", "the discrepancy of any mode of communication",
             "(V) with H_j = 2 gamma^2 P Q_j, D3 = 2 P (D* + Q1 D1 + Q2 D2), Q_j = 4 B_j*/(3 rho_j)",
             {summed, "(S) of chapter 4", "(S3) and (S4)"},
             "derived; slides 70 and 71 have the form of (V), not its constants"),
  };
}

std::vector<Claim> discrepancy() {
  const std::string different = "(1/n) sum_i |grad f_i(x) - grad f(x)|^2 <= zeta for all x, no shifts";
  return {
      proved("discrepancy/deterministic", "the discrepancy with a deterministic schedule",
             summed + " with P = (8/3)(tau - 1), constants (tau - 1) Z + Z~; any tau by induction",
             {"(M), (N)", "(tau - 1) eta <= 1/4", "the noises of different steps are uncorrelated"}, "derived"),
      proved("discrepancy/random", "the discrepancy with random communication",
             summed + " with P = 4 (1 - p)/p, constants ((2 + p)/p) Z + Z~", {"(M), (N)", "4 eta <= p"}, "derived"),
      proved("discrepancy/contracting", "the discrepancy of strongly convex workers, deterministic schedule",
             summed + " with P = (4/3)(tau - 1), constants Z~ and 5 zeta/(2 gamma mu); any tau by induction",
             {"(N)", "every f_i is mu-strongly convex and L-smooth", different, "eta <= gamma mu, 4 L gamma <= 1"},
             "derived"),
      proved("discrepancy/contracting-random", "the discrepancy of strongly convex workers, random communication",
             summed + " with P = (4/3)(1 - p)/p, constants Z~ and 5 zeta/(2 gamma mu)",
             {"local/discrepancy/contracting, its step", "eta <= gamma mu, 4 L gamma <= 1"}, "derived"),
      proved("discrepancy/damped", "the discrepancy of convex workers, deterministic schedule",
             summed + " with P = (4/3) alpha (tau - 1), constants Z~ and (tau + 1) zeta; any tau by induction",
             {"(N)", "every f_i is convex and L-smooth", different, "(tau - 1) eta <= 1/4, L gamma <= 1"},
             "derived"),
      proved("discrepancy/direct", "the discrepancy of convex workers at any step",
             "E V_k <= gamma^2 alpha (tau - 1)(D~ + (tau + 1) zeta), alpha = (tau/(tau - 1))^{tau-1}",
             {"(N) with D~ alone", "local/discrepancy/damped, its step"}, "derived"),
  };
}

struct Row {
  std::string name, title, stepsize;
};

std::vector<Claim> stepsizes() {
  const std::string sampled = "gamma <= 1/(4L + 8E/n)";
  const std::string local_svrg = "gamma <= 1/(4L + 56 component_L/(3n))";
  const std::string s_local_svrg = "gamma <= 1/(4L + 40 component_L/(3n))";
  std::vector<Claim> all;
  for (const Row& row : std::vector<Row>{
           {"local-sgd-direct", "Local-SGD, uniform variance, workers of bounded difference", "gamma <= 1/(4L)"},
           {"local-sgd-uniform", "Local-SGD, uniform variance", "gamma <= 1/(4L), 1/(12 L (tau - 1))"},
           {"local-sgd-contracting",
            "Local-SGD, expected smoothness, strongly convex workers of bounded difference",
            sampled + ", 256 (tau - 1) L E gamma^2 <= 3"},
           {"local-sgd-damped", "Local-SGD, expected smoothness, convex workers of bounded difference",
            sampled + ", 256 (tau - 1) L E gamma^2 <= 1, 4 (tau - 1) gamma mu <= 1"},
           {"local-sgd-sampled", "Local-SGD, expected smoothness",
            sampled + ", 1/(16 L (tau - 1)), 1024 (tau - 1) L E gamma^2 <= 3"},
           {"local-svrg-contracting", "Local-SVRG, strongly convex workers of bounded difference",
            local_svrg + ", 225 (tau - 1) L component_L gamma^2 <= 1"},
           {"local-svrg", "Local-SVRG",
            local_svrg + ", 1/(16 L (tau - 1)), 841 (tau - 1) L component_L gamma^2 <= 1"},
           {"s-star-local-sgd", "S*-Local-SGD, uniform variance", "gamma <= 1/(4L), 1/(10 L (tau - 1))"},
           {"s-star-local-sgd-star", "S*-Local-SGD*",
            "gamma <= 1/(4L + 4 component_L/n), 1/(14 L (tau - 1)), 196 (tau - 1) L component_L gamma^2 <= 1"},
           {"ss-local-sgd-uniform", "SS-Local-SGD, uniform variance", "gamma <= p/(30 L)"},
           {"ss-local-sgd-sampled", "SS-Local-SGD, expected smoothness",
            sampled + ", p/(42 L), 2601 (1 - p) L E gamma^2 <= p, p r >= 1"},
           {"s-local-svrg", "S-Local-SVRG", s_local_svrg + ", p/(32 L), 1936 (1 - p) L component_L gamma^2 <= p^2"},
           {"s-local-svrg-sharp", "S-Local-SVRG with two sequences",
            s_local_svrg + ", p/(42 L), 900 (1 - p) L component_L gamma^2 <= p"}})
    all.push_back(proved("stepsize/" + row.name, "the stepsize of " + row.title,
                         "(S1) to (S4), what the mode of communication asks of L gamma, and of eta = gamma mu",
                         {row.stepsize, "mu <= L"}, "derived"));
  return all;
}

std::vector<Claim> complexities() {
  std::vector<Claim> all;
  const auto add = [&](const std::string& name, const std::string& title, int factor, const std::string& row,
                       std::vector<std::string> hypotheses = {}) {
    hypotheses.emplace_back(
        "gamma = min{1/a, 1/sqrt(b), epsilon/(3 c1), sqrt(epsilon/(3 c2))}, a and b of local/stepsize/" + name);
    all.push_back(proved("complexity/" + name, "the row of slide 76 for " + title + ", with a constant",
                         fmt::format("max{{1/(gamma mu), 4/rho1, 4/rho2}} <= {} ({})", factor, row),
                         std::move(hypotheses), "slide 76; constant derived"));
  };
  const std::string v = " + variance/(n mu epsilon)";
  const std::string t = "sqrt((tau - 1) L E)";
  const std::string tc = "sqrt((tau - 1) L component_L)";
  const std::string with_zeta = " + sqrt(L (tau - 1)(variance + (tau - 1) zeta)/epsilon)/mu";
  const std::string d = " + L (tau - 1) zeta/(mu^2 epsilon)";
  const std::string random = v + " + sqrt((1 - p) L variance/(p epsilon))/mu";
  const std::vector<std::string> shifts = {"q = p, p r >= 1, mu <= L"};
  const std::vector<std::string> references = {"q = 1/m"};
  add("local-sgd-direct", "Local-SGD, uniform variance, workers of bounded difference",
      local_sgd_direct_complexity_factor, "L/mu" + v + " + sqrt(L tau (variance + tau zeta)/epsilon)/mu");
  add("local-sgd-uniform", "Local-SGD, uniform variance", local_sgd_uniform_complexity_factor,
      "tau L/mu" + v + with_zeta);
  add("local-sgd-contracting", "Local-SGD, expected smoothness, strongly convex workers of bounded difference",
      local_sgd_contracting_complexity_factor,
      "(L + E/n + " + t + ")/mu" + v + d + " + sqrt(L (tau - 1) variance/epsilon)/mu");
  add("local-sgd-sampled", "Local-SGD, expected smoothness", local_sgd_sampled_complexity_factor,
      "(tau L + E/n + " + t + ")/mu" + v + with_zeta);
  add("local-svrg-contracting", "Local-SVRG, strongly convex workers of bounded difference",
      local_svrg_contracting_complexity_factor, "m + (L + component_L/n + " + tc + ")/mu" + d, references);
  add("local-svrg", "Local-SVRG", local_svrg_complexity_factor,
      "m + (tau L + component_L/n + " + tc + ")/mu + sqrt(L (tau - 1)^2 zeta/epsilon)/mu", references);
  add("s-star-local-sgd", "S*-Local-SGD, uniform variance", s_star_local_sgd_complexity_factor,
      "tau L/mu" + v + " + sqrt(L (tau - 1) variance/epsilon)/mu");
  add("ss-local-sgd-uniform", "SS-Local-SGD, uniform variance", ss_local_sgd_uniform_complexity_factor,
      "L/(p mu)" + random, shifts);
  add("ss-local-sgd-sampled", "SS-Local-SGD, expected smoothness", ss_local_sgd_sampled_complexity_factor,
      "(L/p + E/n + sqrt((1 - p) L E/p))/mu" + random, shifts);
  add("s-star-local-sgd-star", "S*-Local-SGD*", s_star_local_sgd_star_complexity_factor,
      "(tau L + component_L/n + " + tc + ")/mu");
  add("s-local-svrg", "S-Local-SVRG", s_local_svrg_complexity_factor,
      "m + (L/p + component_L/n + sqrt((1 - p) L component_L)/p)/mu", references);
  add("s-local-svrg-sharp", "S-Local-SVRG with two sequences", s_local_svrg_sharp_complexity_factor,
      "m + (L/p + component_L/n + sqrt((1 - p) L component_L/p))/mu", references);
  return all;
}

}  // namespace

std::vector<Claim> claims() {
  std::vector<Claim> all;
  for (const auto& part : {theorem, discrepancy, stepsizes, complexities})
    for (Claim& claim : part()) all.push_back(std::move(claim));
  return all;
}

}  // namespace touchstone::inline v0::registry::local_scalar
