#include "verify/claims/local_claims.hpp"

#include <map>
#include <utility>

namespace touchstone::inline v0 {

namespace {

const std::vector<std::string> local_hypotheses{
    "every f_i is L-smooth and mu-quasi-strongly convex with a common x*", "workers draw independently"};

std::string local_id(const MethodNames& names, const char* claim) {
  return "local/" + names.subject + "/" + claim;
}

using LocalConstant = std::function<Rational&(LocalConstants<Rational>&)>;

const std::map<std::string, LocalConstant>& local_constants_by_name() {
  using Row = LocalConstants<Rational>;
  static const std::map<std::string, LocalConstant> all{
      {"A", [](Row& row) -> Rational& { return row.worker_mean.A; }},
      {"B1", [](Row& row) -> Rational& { return row.worker_mean.B1; }},
      {"B2", [](Row& row) -> Rational& { return row.worker_mean.B2; }},
      {"F", [](Row& row) -> Rational& { return row.worker_mean.F; }},
      {"D", [](Row& row) -> Rational& { return row.worker_mean.D; }},
      {"A~", [](Row& row) -> Rational& { return row.worker_variance.A; }},
      {"B2~", [](Row& row) -> Rational& { return row.worker_variance.B2; }},
      {"F~", [](Row& row) -> Rational& { return row.worker_variance.F; }},
      {"D~", [](Row& row) -> Rational& { return row.worker_variance.D; }},
      {"A'", [](Row& row) -> Rational& { return row.mean.A; }},
      {"B2'", [](Row& row) -> Rational& { return row.mean.B2; }},
      {"F'", [](Row& row) -> Rational& { return row.mean.F; }},
      {"D'", [](Row& row) -> Rational& { return row.mean.D; }},
      {"rho1", [](Row& row) -> Rational& { return row.shift->rho; }},
      {"C1", [](Row& row) -> Rational& { return row.shift->C; }},
      {"D1", [](Row& row) -> Rational& { return row.shift->D; }},
      {"rho2", [](Row& row) -> Rational& { return row.sampling->rho; }},
      {"C2", [](Row& row) -> Rational& { return row.sampling->C; }},
      {"G2", [](Row& row) -> Rational& { return row.sampling->G; }}};
  return all;
}

}  // namespace

std::vector<Mutant<std::function<void(LocalTheorem&)>>> wrong_local_constants(
    const std::vector<std::string>& names) {
  std::vector<Mutant<std::function<void(LocalTheorem&)>>> all;
  for (const std::string& name : names) {
    const LocalConstant constant = local_constants_by_name().at(name);
    const bool factor = name.starts_with("rho");
    const Rational by = factor ? Rational(5, 4) : Rational(1, 10);
    all.push_back({name + (factor ? " a quarter more" : " a tenth"),
                   [constant, by](LocalTheorem& theorem) { constant(theorem.row) *= by; }});
  }
  return all;
}

Claim local_assumption_claim(const MethodNames& names, std::vector<Check> checks) {
  return {local_id(names, "assumption"),
          names.title + " satisfies the assumption of chapter 4 with its row",
          "E g = (1/n) sum_i grad f_i(x_i), (M), (N) worker means and variances, (A) E|g|^2, (S) the variances' "
          "recursions, and one step of the theorem (theory/local/assumption.hpp, theorem.hpp)",
          local_hypotheses,
          names.source + "; constants derived",
          std::move(checks)};
}

Claim local_theorem_claim(const MethodNames& names, std::vector<Check> checks) {
  return {
      local_id(names, "theorem"),
      names.title + ": the objective at a weighted average of the iterates, for every schedule",
      "(V) 2 L sum_k w_k E V_k <= (1/2) sum_k w_k E gap_k + ...; E f(xbar^K) - f(x*) <= (sum_k w_k E gap_k)/W <= "
      "(2 T^0 + 4 L gamma sum_j H_j s_j^0)/(gamma W) + 2 gamma (D' + sum_j M_j D_j + 2 L gamma D3) "
      "(theory/local/theorem.hpp, communication.hpp)",
      local_hypotheses,
      names.source + "; slide 72, constants derived",
      std::move(checks)};
}

}  // namespace touchstone::inline v0
