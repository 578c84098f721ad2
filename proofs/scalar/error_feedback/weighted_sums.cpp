// Weighted sums of contracting sequences (EF-WSUM), with the weights w_k = (1 - eta)^-(k+1) of the averages.
#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_weighted_sums {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;  ///< multiplies the bound in the conclusion
  Rational eta = 1;    ///< multiplies the bound on eta
};

/// s_{k+1} <= (1 - rho) s_k + t_k, eta <= rho/4: 3 rho sum w_k s_k <= 4 (s_0 + sum w_k t_k).
Statement weighted_sum(const Change& change = {}) {
  Statement s;
  const Term rho = s.variable("rho", "decay of the sequence");
  const Term eta = s.variable("eta", "w_k = (1 - eta)^-(k+1)");
  const Term sum = s.nonnegative("S", "sum_{k<=K} w_k s_k");
  const Term before = s.variable("before", "sum_{k<K} w_k s_k");
  const Term first = s.variable("s0", "s_0");
  const Term T = s.variable("T", "sum_{k<K} w_k t_k");
  s.assume("rho-at-most-one", less_equal(rho, 1), "rho <= 1");
  s.assume("eta-at-most", less_equal(eta, Term(change.eta) * rho / 4), "eta <= rho/4");
  s.assume("recursion", less_equal((1 - eta) * sum, first + (1 - rho) * before + T),
           "the recursion, times w_k = (1 - eta) w_{k+1}, summed");
  s.assume("last-term", less_equal(before, sum), "s_K >= 0");
  s.conclude(less_equal(3 * rho * sum, Term(change.bound) * 4 * (first + T)));
  s.hint({"recursion"}, 4);
  s.hint({"rho-at-most-one", "last-term"}, 4);
  s.hint({"eta-at-most", "S-nonnegative"}, 4);
  return s;
}

/// E_{k+1} <= (1 - delta/2) E_k + t_k, E_0 = 0, eta <= delta/4: delta sum w_k E_k <= 4 sum w_k t_k.
Statement weighted_error_sum(const Change& change = {}) {
  Statement s;
  const Term delta = s.variable("delta", "contraction of the compressor");
  const Term eta = s.variable("eta", "w_k = (1 - eta)^-(k+1)");
  const Term sum = s.nonnegative("S", "sum_{k<=K} w_k E_k");
  const Term before = s.variable("before", "sum_{k<K} w_k E_k");
  const Term T = s.variable("T", "sum_{k<K} w_k t_k");
  s.assume("delta-at-most-one", less_equal(delta, 1), "delta <= 1");
  s.assume("eta-at-most", less_equal(eta, Term(change.eta) * delta / 4), "eta <= delta/4");
  s.assume("recursion", less_equal((1 - eta) * sum, (1 - delta / 2) * before + T),
           "the recursion, times w_k = (1 - eta) w_{k+1}, summed");
  s.assume("last-term", less_equal(before, sum), "E_K >= 0");
  s.conclude(less_equal(delta * sum, Term(change.bound) * 4 * T));
  s.hint({"recursion"}, 4);
  s.hint({"delta-at-most-one", "last-term"}, 2);
  s.hint({"last-term"}, 2);
  s.hint({"eta-at-most", "S-nonnegative"}, 4);
  return s;
}

/// What exceeds t/rho contracts without t: s+ <= (1 - rho) s + r + t implies s+ - t/rho <= (1 - rho) u + r for u = max{s
/// - t/rho, 0}, and 0 is at most that as well.
Statement excess(const Change& change = {}) {
  Statement s;
  const Term rho = s.positive("rho", "decay of the sequence");
  const Term t = s.variable("t", "what is added in every step");
  const Term rest = s.nonnegative("r", "what else is added");
  const Term now = s.variable("s", "s_k");
  const Term next = s.variable("next_s", "s_{k+1}");
  const Term above = s.nonnegative("u", "at least s_k - t/rho");
  s.assume("rho-at-most-one", less_equal(rho, 1), "rho <= 1");
  s.assume("excess", less_equal(now - t / rho, above), "u = max{s_k - t/rho, 0}");
  s.assume("recursion", less_equal(next, (1 - rho) * now + rest + t), "the recursion");
  s.conclude(less_equal(next - Term(change.bound) * t / rho, (1 - rho) * above + rest));
  s.conclude(less_equal(0, (1 - rho) * above + rest));
  s.hint({"recursion"});
  s.hint({"rho-at-most-one", "excess"});
  s.hint({"rho-at-most-one", "u-nonnegative"});
  s.hint({"r-nonnegative"});
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      const Statement& statement) {
  Obligation o{.id = "error-feedback/theorem/" + name,
               .claim = "error-feedback/theorem/weighted-average",
               .title = title,
               .source = "derived",
               .generated_from = "nothing: it is about real sequences",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change less{.bound = {999, 1000}};
  const Change larger_eta{.eta = {1001, 1000}};
  Obligation sum = obligation("weighted-sum", "Weighted sum of a contracting sequence",
                              {"s_{k+1} <= (1 - rho) s_k + t_k, eta <= rho/4, w_k = (1 - eta)^-(k+1)",
                               "=>  sum_{k<=K} w_k s_k <= 4/(3 rho) (s_0 + sum_{k<K} w_k t_k)"},
                              weighted_sum());
  add_twin(sum, "smaller-bound", "0.999 of the bound", weighted_sum(less));
  add_twin(sum, "larger-eta", "eta <= 1.001 rho/4", weighted_sum(larger_eta));
  Obligation errors = obligation("weighted-error-sum", "Weighted sum of the errors",
                                 {"E_{k+1} <= (1 - delta/2) E_k + t_k, E_0 = 0, eta <= delta/4",
                                  "=>  sum_{k<=K} w_k E_k <= 4/delta sum_{k<K} w_k t_k"},
                                 weighted_error_sum());
  add_twin(errors, "smaller-bound", "0.999 of the bound", weighted_error_sum(less));
  add_twin(errors, "larger-eta", "eta <= 1.001 delta/4", weighted_error_sum(larger_eta));
  Obligation over = obligation(
      "weighted-sum-excess", "A contracting sequence above its limit t/rho",
      {"s_{k+1} <= (1 - rho) s_k + r_k + t, u_k = max{s_k - t/rho, 0}", "=>  u_{k+1} <= (1 - rho) u_k + r_k"},
      excess());
  add_twin(over, "smaller-limit", "0.999 t/rho", excess(less));
  return {std::move(sum), std::move(errors), std::move(over)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_weighted_sums
