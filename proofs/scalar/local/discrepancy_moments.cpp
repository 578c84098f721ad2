// What the epochs of a deterministic schedule rest on: the second moment of a sum of steps, the weights, and the discrepancy of
// convex f_i at any step.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_discrepancy_moments {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;  ///< multiplies the bound in the conclusion
  Rational limit = 1;  ///< multiplies that of a hypothesis
};

/// |h_0 + ... + h_{j-1}|^2 <= j (|h_0|^2 + ... + |h_{j-1}|^2), from j to j + 1. For j = 1 it says |h_0|^2 <= |h_0|^2.
Statement square_of_sum(const Change& change = {}) {
  Statement s;
  const Term j = s.positive("j", "number of terms");
  const Term sum = s.variable("sum", "the squares of j terms, added");
  const Term SS = s.variable("SS", "|S|^2, S the sum of j terms");
  const Term Sh = s.variable("Sh", "<S, h>, h one more term");
  const Term hh = s.variable("hh", "|h|^2");
  s.assume("induction-hypothesis", less_equal(SS, Term(change.limit) * j * sum), "the bound at j");
  s.assume("square", less_equal(0, SS - 2 * j * Sh + j * j * hh), "0 <= |S - j h|^2");
  s.conclude(less_equal(SS + 2 * Sh + hh, Term(change.bound) * (j + 1) * (sum + hh)));
  s.hint({"induction-hypothesis"}, 1 / j);
  s.hint({"induction-hypothesis"});
  s.hint({"square"}, 1 / j);
  return s;
}

/// V_k <= 2 gamma^2 sum_{l<k} (2 A* gap_l + ... + D*): the sum of the steps is that of their means and that of their noises, and
/// there are at most tau - 1.
Statement moments(const Change& change = {}) {
  Statement s;
  const Term steps = s.nonnegative("steps", "tau - 1");
  LocalConstants<Term> c = no_local_constants;
  c.worker_mean = local_moment_bound(s, "worker_mean", "(M)");
  c.worker_variance = local_moment_bound(s, "worker_variance", "(N)");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term gap = s.variable("gap", "sum of E gap_l, l < k since the last communication");
  const Term V = s.variable("sum_V", "sum of E V_l");
  const OfVariances<Term> variances{s.variable("s1", "sum of E s1_l"), s.variable("s2", "sum of E s2_l")};
  const Term count = s.variable("count", "number of l");
  const auto summed = [&](LocalMomentBound<Term> bound) {
    bound.D *= count;
    return value(bound, gap, variances, V);
  };
  const Term mm = s.variable("mm", "mean of E|m_i|^2, m_i the sum of E g_i^l");
  const Term mz = s.variable("mz", "mean of E<m_i, z_i>, z_i the sum of g_i^l - E g_i^l");
  const Term zz = s.variable("zz", "mean of E|z_i|^2");
  const Term mean = s.variable("mean", "sum of mean of E|E g_i^l|^2");
  const Term noise = s.variable("noise", "sum of mean of E|g_i^l - E g_i^l|^2");
  const Term now = s.variable("V_k", "E V_k");
  s.assume("second-moment", less_equal(now, gamma * gamma * (mm + 2 * mz + zz)),
           "x_i - x is -gamma (m_i + z_i) minus its mean");
  s.assume("square", less_equal(0, mm - 2 * mz + zz), "0 <= mean of E|m_i - z_i|^2");
  s.assume("sum-of-means", less_equal(mm, steps * mean), "local/discrepancy/deterministic-square");
  s.assume("sum-of-noises", less_equal(zz, noise), "the noises of different steps are uncorrelated");
  s.assume("mean-bound", less_equal(mean, summed(c.worker_mean)), "(M)");
  s.assume("variance-bound", less_equal(noise, Term(change.limit) * summed(c.worker_variance)), "(N)");
  s.conclude(less_equal(now, 2 * gamma * gamma * Term(change.bound) *
                                 summed(deterministic_communication<Term>(c, steps + 1).moments)));
  for (const char* of : {"worker_mean", "worker_variance"})
    s.redundant({std::string("B1_") + of + "-nonnegative", std::string("B2_") + of + "-nonnegative"});
  const Term gg = gamma * gamma;
  s.hint({"second-moment"});
  s.hint({"square"}, gg);
  s.hint({"sum-of-means"}, gg);
  s.hint({"sum-of-noises"}, gg);
  s.hint({"mean-bound"}, gg * steps);
  s.hint({"variance-bound"}, gg);
  return s;
}

/// w_k/w_l <= (1 - eta)^-(tau-1) <= 4/3
Statement slow_weights(const Change& change = {}) {
  Statement s;
  const Term steps = s.nonnegative("steps", "tau - 1");
  const Term eta = s.variable("eta", "w_k = (1 - eta)^-(k+1)");
  const Term power = s.positive("power", "(1 - eta)^{tau-1}");
  const Communication<Term> mode = deterministic_communication<Term>(no_local_constants, steps + 1);
  s.assume("bernoulli", less_equal(1 - steps * eta, power), "error-feedback/delay/window-powers");
  s.assume("gap", less_equal(mode.inverse_gap * eta, Term(change.limit)), "(tau - 1) eta <= 1/4");
  s.conclude(less_equal(1 / power, Term(change.bound * Rational(4, 3))));
  s.redundant({"steps-nonnegative", "power-positive"});
  s.hint({"bernoulli"}, 1 / power);
  s.hint({"gap"}, 1 / power);
  return s;
}

/// (1 - gamma mu) w_{k+1} <= w_k and w_{k+1} <= (4/3) w_k
Statement contracting_weights(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term mu = s.variable("mu", "strong convexity of every f_i");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term rest = s.positive("rest", "1 - eta, w_k = (1 - eta)^-(k+1)");
  const Communication<Term> mode = contracting_communication<Term>(no_local_constants, 2, gamma, mu, 0);
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  s.assume("eta-1", less_equal(1 - rest, local_gaps(no_local_constants, gamma, mu)[0]), "eta <= gamma mu");
  s.assume("stepsize", less_equal(mode.inverse_stepsize * L * gamma, Term(change.limit)), "4 L gamma <= 1");
  s.conclude(less_equal((1 - gamma * mu) / rest, Term(change.bound)));
  s.conclude(less_equal(1 / rest, Term(change.bound * Rational(4, 3))));
  s.redundant({"rest-positive"});
  s.hint({"eta-1"}, 1 / rest);
  s.hint({"stepsize"}, 1 / rest);
  s.hint({"mu-at-most-L"}, gamma / rest);
  return s;
}

/// V_k <= (tau - 1)((1 + 1/(tau - 1))^k - 1) gamma^2 (D~ + (tau + 1) zeta), from k to k + 1. At k = 0 it says V_0 <= 0.
Statement growth(const Change& change = {}) {
  Statement s;
  const Term steps = s.positive("steps", "tau - 1");
  LocalConstants<Term> c = no_local_constants;
  c.worker_variance.D = s.variable("D", "noise in (N)");
  const Term zeta = s.variable("zeta", "bound on the differences between workers");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term power = s.variable("power", "(1 + 1/(tau - 1))^k");
  const Term V = s.variable("V", "E V_k");
  const Term next = s.variable("next_V", "E V_{k+1}");
  const Term enters = gamma * gamma * damped_communication<Term>(c, steps + 1, 1, zeta).moments.D;
  const Term growth = 1 + 1 / steps;
  s.assume("induction-hypothesis", less_equal(V, Term(change.limit) * steps * (power - 1) * enters),
           "the bound at k");
  s.assume("step", less_equal(next, growth * V + enters), "local/discrepancy/damped-step, with D~ alone");
  s.conclude(less_equal(next, Term(change.bound) * steps * (growth * power - 1) * enters));
  s.hint({"induction-hypothesis"}, 1 / steps);
  s.hint({"induction-hypothesis"});
  s.hint({"step"});
  return s;
}

/// E V_k <= gamma^2 D3, k <= tau - 1
Statement direct(const Change& change = {}) {
  Statement s;
  const Term steps = s.nonnegative("steps", "tau - 1");
  LocalConstants<Term> c = no_local_constants;
  c.worker_variance.D = s.nonnegative("D", "noise in (N)");
  const Term zeta = s.nonnegative("zeta", "bound on the differences between workers");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term power = s.variable("power", "(1 + 1/(tau - 1))^k");
  const Term alpha = s.variable("alpha", "(1 + 1/(tau - 1))^{tau-1}");
  const Term V = s.variable("V", "E V_k");
  const Term enters = gamma * gamma * damped_communication<Term>(c, steps + 1, 1, zeta).moments.D;
  s.assume("power-at-most", less_equal(power, Term(change.limit) * alpha), "k <= tau - 1");
  s.assume("growth", less_equal(V, steps * (power - 1) * enters), "local/discrepancy/direct-growth");
  s.conclude(less_equal(
      V, gamma * gamma * Term(change.bound) * direct_discrepancy_bound<Term>(c, steps + 1, alpha, zeta).D3));
  s.hint({"growth"});
  s.hint({"power-at-most"}, steps * enters);
  s.hint({}, steps * enters);
  return s;
}

void add(std::vector<Obligation>& all, const std::string& mode, const std::string& suffix, const std::string& title,
         std::vector<std::string> formula, Statement (*make)(const Change&), const std::string& limit) {
  Obligation o =
      local_obligation("discrepancy/" + mode, suffix, title, "theory/local/communication.hpp", std::move(formula));
  o.source = "derived";
  state(o, make({}));
  add_twin(o, "smaller-bound", "0.999 of the bound", make({.bound = {999, 1000}}));
  add_twin(o, "larger-limit", limit, make({.limit = {1001, 1000}}));
  all.push_back(std::move(o));
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  add(all, "deterministic", "-square", "The square of a sum of steps",
      {"|S|^2 <= j sum  =>  |S + h|^2 <= (j + 1)(sum + |h|^2)"}, square_of_sum, "1.001 of the bound at j");
  add(all, "deterministic", "-moments", "The discrepancy since the last communication",
      {"x_i - x = -gamma (m_i + z_i) minus its mean, at most tau - 1 steps, (M), (N)",
       "=>  E V_k <= 2 gamma^2 sum_{l<k} (2 A* gap_l + B1* s1_l + B2* s2_l + F* V_l + D*)"},
      moments, "1.001 of (N)");
  add(all, "deterministic", "-weights", "The weights of an epoch",
      {"(tau - 1) eta <= 1/4  =>  (1 - eta)^-(tau-1) <= 4/3"}, slow_weights, "(tau - 1) eta <= 1.001/4");
  add(all, "contracting", "-weights", "The weights where the discrepancy contracts",
      {"eta <= gamma mu, mu <= L, 4 L gamma <= 1  =>  (1 - gamma mu)/(1 - eta) <= 1, 1/(1 - eta) <= 4/3"},
      contracting_weights, "4 L gamma <= 1.001");
  add(all, "direct", "-growth", "Convex f_i: the discrepancy at step k of an epoch, from k to k + 1",
      {"V_{k+1} <= (1 + 1/(tau - 1)) V_k + gamma^2 (D~ + (tau + 1) zeta)",
       "=>  V_k <= (tau - 1)((1 + 1/(tau - 1))^k - 1) gamma^2 (D~ + (tau + 1) zeta)"},
      growth, "1.001 of the bound at k");
  add(all, "direct", "", "Convex f_i: the discrepancy at any step",
      {"V_k <= (tau - 1)((1 + 1/(tau - 1))^k - 1) gamma^2 (D~ + (tau + 1) zeta), k <= tau - 1",
       "=>  E V_k <= gamma^2 D3, D3 = alpha (tau - 1)(D~ + (tau + 1) zeta)"},
      direct, "1.001 alpha");
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_discrepancy_moments
