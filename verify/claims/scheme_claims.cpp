#include "verify/claims/scheme_claims.hpp"

#include <map>
#include <utility>

namespace touchstone::inline v0 {

namespace {

const std::vector<std::string> hypotheses{"every f_i is convex and L-smooth", "f is mu-quasi-strongly convex",
                                          "compressors and samples are independent across the workers"};

std::string id(const MethodNames& names, const char* claim) {
  return "error-feedback/" + names.subject + "/" + claim;
}

using Constant = std::function<Rational&(ErrorCompensationConstants<Rational>&)>;

const std::map<std::string, Constant>& constants_by_name() {
  using Row = ErrorCompensationConstants<Rational>;
  static const std::map<std::string, Constant> all{
      {"A", [](Row& row) -> Rational& { return row.worker_mean.A; }},
      {"B1", [](Row& row) -> Rational& { return row.worker_mean.B1; }},
      {"D1", [](Row& row) -> Rational& { return row.worker_mean.D; }},
      {"A~", [](Row& row) -> Rational& { return row.worker_variance.A; }},
      {"B2~", [](Row& row) -> Rational& { return row.worker_variance.B2; }},
      {"D1~", [](Row& row) -> Rational& { return row.worker_variance.D; }},
      {"A'", [](Row& row) -> Rational& { return row.mean.A; }},
      {"B1'", [](Row& row) -> Rational& { return row.mean.B1; }},
      {"B2'", [](Row& row) -> Rational& { return row.mean.B2; }},
      {"D1'", [](Row& row) -> Rational& { return row.mean.D; }},
      {"rho1", [](Row& row) -> Rational& { return row.shift->rho; }},
      {"C1", [](Row& row) -> Rational& { return row.shift->C; }},
      {"G", [](Row& row) -> Rational& { return row.shift->G; }},
      {"D2", [](Row& row) -> Rational& { return row.shift->D; }},
      {"rho2", [](Row& row) -> Rational& { return row.sampling->rho; }},
      {"C2", [](Row& row) -> Rational& { return row.sampling->C; }}};
  return all;
}

}  // namespace

std::vector<Mutant<std::function<void(SchemeTheorem&)>>> wrong_constants(const std::vector<std::string>& names) {
  std::vector<Mutant<std::function<void(SchemeTheorem&)>>> all;
  for (const std::string& name : names) {
    const Constant constant = constants_by_name().at(name);
    const bool factor = name.starts_with("rho");
    const Rational by = factor ? Rational(5, 4) : Rational(1, 10);
    all.push_back({name + (factor ? " a quarter more" : " a tenth"),
                   [constant, by](SchemeTheorem& theorem) { constant(theorem.row) *= by; }});
  }
  return all;
}

Claim assumption_claim(const MethodNames& names, std::vector<Check> checks) {
  return {id(names, "assumption"),
          names.title + " satisfies the assumption of chapter 3 with its row",
          "(P1) E g = grad f(x), (P2), (P3) worker means and variances, (P4) E|g|^2, (P5), (P6) the variances' "
          "recursions "
          "(theory/error_feedback/assumption.hpp)",
          hypotheses,
          names.source + "; constants derived",
          std::move(checks)};
}

Claim lyapunov_claim(const MethodNames& names, std::vector<Check> checks) {
  return {id(names, "lyapunov"),
          "the one-step Lyapunov theorem for " + names.title,
          "E V+ <= (1 - eta) V - gamma theta (f(x) - f(x*)) + noise, for every gamma > 0 "
          "(theory/error_feedback/theorem.hpp)",
          hypotheses,
          names.source + "; derived in one-step form",
          std::move(checks)};
}

Claim rate_claim(const MethodNames& names, std::vector<Check> checks) {
  return {id(names, "rate"),
          names.title + " converges linearly, to the solution or to the neighbourhood that its noise makes",
          "theta >= 0: E V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta",
          hypotheses,
          names.source + "; constants derived",
          std::move(checks)};
}

Claim expectation_claim(const MethodNames& names, std::vector<Check> checks) {
  return {id(names, "lyapunov-in-expectation"),
          "the Lyapunov theorem for " + names.title + " in total expectation, with stepsizes of order 1/(L tau)",
          "tau = 1, 2, 3, 5, from an empty buffer: E|e^k|^2 <= gamma^2 (R^{k-tau} + ... + R^{k-1}), E V^{k+1} <= "
          "(1 - eta) E V^k - "
          "gamma theta E (f(x^k) - f(x*)) + noise, V with 3 L gamma^3 sum_j q_j R^{k-j} "
          "(theory/error_feedback/delay.hpp, D)",
          hypotheses,
          names.source + "; derived (EF-WIN, EF-L)",
          std::move(checks)};
}

Claim average_claim(const MethodNames& names, std::vector<Check> checks) {
  return {
      id(names, "average"),
      names.title + ": the objective at a weighted average of the iterates, for mu > 0 and mu = 0",
      "E f(xbar^K) - f(x*) <= (sum_k w_k E (f(x^k) - f(x*)))/W <= (V^0/(gamma W) + noise/gamma)/theta, and <= 4 "
      "(T^0 + gamma F1 "
      "s1_0 + gamma F2 s2_0)/(gamma W) + 4 gamma (D1' + M1 D2 + D3); w_k = (1 - eta)^-(k+1), for mu = 0 w_k = 1 "
      "(theory/error_feedback/theorem.hpp, averaged.hpp)",
      {"every f_i is convex and L-smooth", "f is convex and mu-quasi-strongly convex, mu >= 0",
       "gamma is the largest of each form"},
      names.source + "; slide 49; constants derived (EF-L, EF-W)",
      std::move(checks)};
}

}  // namespace touchstone::inline v0
