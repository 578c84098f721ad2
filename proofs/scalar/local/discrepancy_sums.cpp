// The discrepancy with random communication, summed with the weights w_k = (1 - eta)^-(k+1).
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_discrepancy_sums {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;  ///< multiplies P
  Rational limit = 1;  ///< of what the mode asks
};

struct Sums {
  Term p, gamma, eta, sum, before, values;
};

Sums sums(Statement& s) {
  Sums v{.p = s.positive("p", "probability of communication"),
         .gamma = s.positive("gamma", "stepsize"),
         .eta = s.variable("eta", "w_k = (1 - eta)^-(k+1)"),
         .sum = s.nonnegative("X", "sum_{k<=K} w_k E V_k"),
         .before = s.variable("before", "sum_{k<K} w_k E V_k"),
         .values = s.variable("T", "sum_{k<K} w_k (2 A* gap_k + B1* s1_k + B2* s2_k + F* V_k + D*)")};
  s.assume("p-at-most-one", less_equal(v.p, 1), "p <= 1");
  s.assume("last-term", less_equal(v.before, v.sum), "V_K >= 0");
  return v;
}

Statement random(const Change& change = {}) {
  Statement s;
  const auto& [p, gamma, eta, sum, before, values] = sums(s);
  const Communication<Term> mode = random_communication(no_local_constants, p);
  s.assume("recursion", less_equal((1 - eta) * sum, (1 - p / 2) * before + p * mode.P / 4 * gamma * gamma * values),
           "local/discrepancy/random-step, times w_k = (1 - eta) w_{k+1}, summed; V_0 = 0");
  s.assume("gap", less_equal(mode.inverse_gap * eta, Term(change.limit)), "4 eta <= p");
  s.conclude(less_equal(sum, gamma * gamma * Term(change.bound) * mode.P * values));
  s.redundant({"gamma-positive"});
  s.hint({"recursion"}, 1 / p);
  s.hint({"last-term"}, 1 / p);
  s.hint({"p-at-most-one", "last-term"}, 1 / p);
  s.hint({"gap", "X-nonnegative"});
  return s;
}

Statement contracting(const Change& change = {}) {
  Statement s;
  const auto& [p, gamma, eta, sum, before, values] = sums(s);
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.positive("mu", "strong convexity of every f_i");
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  const Communication<Term> mode = contracting_random_communication<Term>(no_local_constants, p, gamma, mu, 0);
  s.assume("recursion", less_equal((1 - eta) * sum, (1 - p) * ((1 - gamma * mu) * before + gamma * gamma * values)),
           "local/discrepancy/contracting-step with probability 1 - p, times w_k, summed; V_0 = 0");
  s.assume("eta-1", less_equal(eta, local_gaps(no_local_constants, gamma, mu)[0]), "eta <= gamma mu");
  s.assume("stepsize", less_equal(mode.inverse_stepsize * L * gamma, Term(change.limit)), "4 L gamma <= 1");
  s.conclude(less_equal(sum, gamma * gamma * Term(change.bound) * mode.P * values));
  s.redundant({"L-positive", "mu-positive", "gamma-positive"});
  s.hint({"recursion"}, 1 / p);
  s.hint({"p-at-most-one", "stepsize", "last-term"}, 1 / p);
  s.hint({"p-at-most-one", "mu-at-most-L", "last-term"}, gamma / p);
  s.hint({"p-at-most-one", "last-term"}, gamma * mu / p);
  s.hint({"eta-1", "X-nonnegative"}, 1 / p);
  s.hint({"stepsize", "X-nonnegative"});
  s.hint({"mu-at-most-L", "X-nonnegative"}, gamma);
  return s;
}

void add(std::vector<Obligation>& all, const std::string& mode, const std::string& title, const std::string& step,
         const std::string& limit, Statement (*make)(const Change&)) {
  Obligation o = local_obligation("discrepancy/" + mode, "-sum", title, "theory/local/communication.hpp",
                                  {step, "=>  sum w_k E V_k <= gamma^2 P sum w_k t_k"});
  o.source = "derived";
  state(o, make({}));
  add_twin(o, "smaller-bound", "0.999 P", make({.bound = {999, 1000}}));
  add_twin(o, "larger-limit", limit, make({.limit = {1001, 1000}}));
  all.push_back(std::move(o));
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  add(all, "random", "Random communication: the sum of the discrepancies",
      "E V_{k+1} <= (1 - p/2) E V_k + (p P/4) gamma^2 t_k, V_0 = 0, 4 eta <= p", "4 eta <= 1.001 p", random);
  add(all, "contracting-random", "Random communication, strongly convex f_i: the sum of the discrepancies",
      "E V_{k+1} <= (1 - p)((1 - gamma mu) E V_k + gamma^2 t_k), V_0 = 0, eta <= gamma mu, 4 L gamma <= 1",
      "4 L gamma <= 1.001", contracting);
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_discrepancy_sums
