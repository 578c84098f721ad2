// The sum of the discrepancies of an epoch of any length, step by step: sum_{j<=k} w_j V_j <= gamma^2 P sum_{l<k} w_l t_l with the P of
// tau = k + 1, from k to k + 1. At k = 0 it says 0 <= 0. The epochs of discrepancy_epochs.cpp are written out instead.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_discrepancy_inductions {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;  ///< multiplies the bound in the conclusion
  Rational limit = 1;  ///< multiplies the 4/3 of the weights
};

struct Sums {
  Term k, gamma_squared, entered, t, w, next_w, sum, next_V;
};

/// Everything up to step k; `P` is the factor of an epoch with this tau.
template <class P>
Sums sums(Statement& s, const Term& next_w_over_w, const P& factor, const Change& change) {
  const Term gamma = s.variable("gamma", "stepsize");
  Sums v{.k = s.nonnegative("k", "steps so far"),
         .gamma_squared = gamma * gamma,
         .entered = s.variable("B", "sum of w_l t_l, l < k"),
         .t = s.nonnegative("t", "t_k"),
         .w = s.nonnegative("w", "w_k"),
         .next_w = {},
         .sum = s.variable("sum", "sum of w_j E V_j, j <= k"),
         .next_V = s.variable("next_V", "E V_{k+1}")};
  v.next_w = identical(next_w_over_w, 0) ? s.nonnegative("next_w", "w_{k+1}") : next_w_over_w * v.w;
  s.assume("sum-so-far", less_equal(v.sum, v.gamma_squared * factor(v.k + 1) * v.entered), "the bound at k");
  s.conclude(less_equal(v.sum + v.next_w * v.next_V,
                        v.gamma_squared * Term(change.bound) * factor(v.k + 2) * (v.entered + v.w * v.t)));
  s.hint({"sum-so-far"});
  return v;
}

/// Weights of at most 4/3 the first: A = t_0 + ... + t_{k-1} has w_0 A <= B.
Term with_slow_weights(Statement& s, const Sums& v, const Change& change, const Term& factor) {
  const Term A = s.nonnegative("A", "t_0 + ... + t_{k-1}");
  const Term first = s.variable("w0", "w_0");
  s.assume("w-at-least", less_equal(first, v.w), "eta >= 0");
  s.assume("weights", less_equal(3 * v.next_w, Term(change.limit * 4) * first),
           "local/discrepancy/deterministic-weights");
  s.assume("entered", less_equal(first * A, v.entered), "w_0 <= w_l, the bound at k");
  s.conclude(less_equal(first * (A + v.t), v.entered + v.w * v.t));
  s.hint({"entered"});
  s.hint({"w-at-least", "t-nonnegative"});
  for (const char* nonnegative : {"A-nonnegative", "t-nonnegative"}) s.hint({"weights", nonnegative}, factor);
  s.hint({"entered"}, factor);
  s.hint({"w-at-least", "t-nonnegative"}, factor);
  s.hint({}, v.k * v.w * v.t * factor);
  s.redundant({"w-nonnegative"});
  return A;
}

/// V_{k+1} <= 2 gamma^2 (t_0 + ... + t_k)
Statement deterministic(const Change& change) {
  Statement s;
  const Sums v = sums(
      s, 0, [](const Term& tau) { return deterministic_communication(no_local_constants, tau).P; }, change);
  const Term A = with_slow_weights(s, v, change, v.gamma_squared);
  s.assume("step", less_equal(v.next_V, 2 * v.gamma_squared * (A + v.t)),
           "local/discrepancy/deterministic-moments");
  s.hint({"step"}, v.next_w);
  return s;
}

/// V_{k+1} <= (1 - gamma mu) V_k + gamma^2 t_k: w_k V_k <= (4/3) gamma^2 B.
Statement contracting(const Change& change) {
  Statement s;
  const Term any = 1;
  const auto factor = [&](const Term& tau) {
    return contracting_communication(no_local_constants, tau, any, any, any).P;
  };
  const Term r = s.nonnegative("r", "1/(1 - eta)");
  const Sums v = sums(s, r, factor, change);
  const Term keep = s.variable("keep", "1 - gamma mu");
  const Term V = s.nonnegative("V", "E V_k");
  s.assume("contracts", less_equal(r * keep, 1), "local/discrepancy/contracting-weights");
  s.assume("weights", less_equal(3 * r, Term(change.limit * 4)), "local/discrepancy/contracting-weights");
  s.assume("last", less_equal(v.w * V, v.gamma_squared * factor(2) * v.entered), "the bound at k");
  s.assume("step", less_equal(v.next_V, keep * V + v.gamma_squared * v.t), "local/discrepancy/contracting-step");
  s.conclude(less_equal(v.next_w * v.next_V, v.gamma_squared * factor(2) * (v.entered + v.w * v.t)));
  s.hint({"step"}, v.next_w);
  s.hint({"contracts", "V-nonnegative"}, v.w);
  s.hint({"weights", "t-nonnegative"}, v.w * v.gamma_squared);
  s.hint({"last"});
  s.hint({}, v.k * v.w * v.t * v.gamma_squared);
  return s;
}

/// V_{k+1} <= (1 + 1/(tau - 1)) V_k + gamma^2 t_k: V_k <= (1 + 1/(tau - 1))^k gamma^2 A.
Statement damped(const Change& change) {
  Statement s;
  const Term alpha = s.nonnegative("alpha", "(1 + 1/(tau - 1))^{tau-1}");
  const Sums v = sums(
      s, 0, [&](const Term& tau) { return damped_communication<Term>(no_local_constants, tau, alpha, 0).P; },
      change);
  const Term A = with_slow_weights(s, v, change, v.gamma_squared * alpha);
  const Term steps = s.positive("steps", "tau - 1");
  const Term growth = 1 + 1 / steps;
  const Term power = s.variable("power", "(1 + 1/(tau - 1))^k");
  const Term V = s.variable("V", "E V_k");
  s.assume("power-at-least-one", less_equal(1, growth * power), "it is a power of a number above 1");
  s.assume("power-at-most", less_equal(growth * power, alpha), "k + 1 <= tau - 1");
  s.assume("last", less_equal(V, v.gamma_squared * power * A), "the bound at k");
  s.assume("step", less_equal(v.next_V, growth * V + v.gamma_squared * v.t), "local/discrepancy/damped-step");
  s.conclude(less_equal(v.next_V, v.gamma_squared * growth * power * (A + v.t)));
  s.redundant({"alpha-nonnegative"});
  for (const Term& factor : {Term(1), v.next_w}) {
    s.hint({"step"}, factor);
    s.hint({"last"}, factor);
    s.hint({"last"}, factor / steps);
    s.hint({"power-at-least-one", "t-nonnegative"}, factor * v.gamma_squared);
  }
  for (const char* nonnegative : {"A-nonnegative", "t-nonnegative"})
    s.hint({"power-at-most", nonnegative}, v.gamma_squared * v.next_w);
  return s;
}

struct Mode {
  std::string name, title, step;
  Statement (*make)(const Change&);
};

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Mode& mode :
       std::vector<Mode>{{"deterministic", "An epoch of any length",
                          "E V_k <= 2 gamma^2 (t_0 + ... + t_{k-1}), (tau - 1) eta <= 1/4", deterministic},
                         {"contracting", "An epoch of any length, strongly convex f_i",
                          "V_{k+1} <= (1 - gamma mu) V_k + gamma^2 t_k, eta <= gamma mu <= 1/4", contracting},
                         {"damped", "An epoch of any length, convex f_i",
                          "V_{k+1} <= (1 + 1/(tau - 1)) V_k + gamma^2 t_k, (tau - 1) eta <= 1/4", damped}}) {
    Obligation o = local_obligation(
        "discrepancy/" + mode.name, "-any-epoch", mode.title + ", from k to k + 1",
        "theory/local/communication.hpp",
        {mode.step + ", V_0 = 0", "=>  sum_{j<=k} w_j E V_j <= gamma^2 P sum_{l<k} w_l t_l, k <= tau - 1"});
    o.source = "derived";
    state(o, mode.make({}));
    add_twin(o, "smaller-bound", "0.999 of the bound", mode.make({.bound = {999, 1000}}));
    add_twin(o, "larger-weights", "1.001 of the weights", mode.make({.limit = {1001, 1000}}));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_discrepancy_inductions
