// One step of the discrepancy V = mean of |x_i - x|^2 where the workers do not talk, and with random communication.
#include "proofs/scalar/local/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::local_discrepancy_steps {

namespace {

/// What a twin makes too good.
struct Change {
  Rational rate = 1;   ///< multiplies how much V contracts, or divides how much it grows
  Rational noise = 1;  ///< multiplies the constants with *
  Rational zeta = 1;   ///< in them
};

/// The state, (M) and (N), as far as the modes need them.
struct State {
  LocalConstants<Term> c;
  Term gamma, gap, V;
  OfVariances<Term> s;

  [[nodiscard]] Term value_of(const LocalMomentBound<Term>& bound) const { return value(bound, gap, s, V); }
};

State state_of(Statement& s, const Sequences& which) {
  LocalConstants<Term> c = no_local_constants;
  c.worker_variance = local_moment_bound(s, "worker_variance", "(N)", which);
  State v{.c = std::move(c),
          .gamma = s.positive("gamma", "stepsize"),
          .gap = s.variable("gap", "f(x) - f(x*)"),
          .V = s.nonnegative("V", "mean of |x_i - x|^2"),
          .s = {0, s.variable("s2", "variance of the reference points")}};
  if (which.shift) v.s.shift = s.variable("s1", "variance of the shifts");
  return v;
}

/// E V+ <= (1 - p/2) V + (1 - p) gamma^2 (((2 + p)/p) (M) + (N))
Statement random(const Change& change = {}) {
  Statement s;
  const Term p = s.positive("p", "probability of communication");
  s.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
  State v = state_of(s, {});
  v.c.worker_mean = local_moment_bound(s, "worker_mean", "(M)");
  const auto& [c, gamma, gap, V, variances] = v;
  const Term inner = s.variable("inner", "mean of <x_i - x, E g_i - E g>");
  const Term spread = s.variable("spread", "mean of |E g_i - E g|^2");
  const Term noise = s.variable("noise", "mean of E|g_i - E g_i|^2");
  const Term next = s.variable("next_V", "E V+");
  s.assume("step", less_equal(next, (1 - p) * (V - 2 * gamma * inner + gamma * gamma * (spread + noise))),
           "V+ = 0 with probability p; the noise of the mean only helps");
  s.assume("mean-bound", less_equal(spread, v.value_of(c.worker_mean)),
           "(M), a variance is at most a second moment");
  s.assume("variance-bound", less_equal(noise, v.value_of(c.worker_variance)), "(N)");
  s.assume("square", less_equal(0, p * p * V + 4 * gamma * p * inner + 4 * gamma * gamma * spread),
           "0 <= mean of |p (x_i - x) + 2 gamma (E g_i - E g)|^2");
  const Communication<Term> mode = random_communication(c, p);
  s.conclude(less_equal(next, (1 - Term(change.rate) * p / 2) * V +
                                  p * mode.P / 4 * gamma * gamma * Term(change.noise) * v.value_of(mode.moments)));
  s.redundant({"gamma-positive"});
  for (const char* of : {"worker_mean", "worker_variance"})
    s.redundant({std::string("B1_") + of + "-nonnegative", std::string("B2_") + of + "-nonnegative"});
  s.hint({"step"});
  s.hint({"square", "p-at-most-one"}, 1 / (2 * p));
  s.hint({"V-nonnegative"}, p * p);
  s.hint({"mean-bound", "p-at-most-one"}, gamma * gamma);
  s.hint({"mean-bound", "p-at-most-one"}, gamma * gamma / p);
  s.hint({"variance-bound", "p-at-most-one"}, gamma * gamma);
  return s;
}

/// What is known of the gradients of convex f_i without shifts: J, Q, C and Z of below.
struct Gradients {
  Term J, Q, C, Z, zeta, next;
};

Gradients gradients(Statement& s, const State& v, const Term& L) {
  Gradients g{.J = s.variable("J", "mean of <x_i - x, grad f_i(x_i) - grad f_i(x)>"),
              .Q = s.nonnegative("Q", "mean of |grad f_i(x_i) - grad f_i(x)|^2"),
              .C = s.variable("C", "mean of <x_i - x, grad f_i(x) - grad f(x)>"),
              .Z = s.nonnegative("Z", "mean of |grad f_i(x) - grad f(x)|^2"),
              .zeta = s.variable("zeta", "bound on Z"),
              .next = s.variable("next_V", "E V+")};
  const Term spread = s.variable("spread", "mean of |grad f_i(x_i) - the mean of these|^2");
  const Term noise = s.variable("noise", "mean of E|g_i - E g_i|^2");
  s.assume("step", less_equal(g.next, v.V - 2 * v.gamma * (g.J + g.C) + v.gamma * v.gamma * (spread + noise)),
           "no communication; the noise of the mean only helps");
  s.assume("spread-bound", less_equal(spread, 2 * g.Q + 2 * g.Z), "|a + b|^2 <= 2 |a|^2 + 2 |b|^2");
  s.assume("variance-bound", less_equal(noise, v.value_of(v.c.worker_variance)), "(N)");
  s.assume("cocoercivity", less_equal(g.Q, L * g.J), "f_i is convex and L-smooth");
  s.assume("difference", less_equal(g.Z, g.zeta), "differences between workers are bounded");
  s.hint({"step"});
  s.hint({"spread-bound"}, v.gamma * v.gamma);
  s.hint({"variance-bound"}, v.gamma * v.gamma);
  s.redundant({"B2_worker_variance-nonnegative"});
  return g;
}

/// V+ <= (1 - gamma mu) V + gamma^2 ((N) + 5 zeta/(2 gamma mu))
Statement contracting(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.positive("mu", "strong convexity of every f_i");
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  const State v = state_of(s, {.shift = false});
  const Term& gamma = v.gamma;
  const Term& V = v.V;
  const Gradients g = gradients(s, v, L);
  s.assume("strong-convexity", less_equal(mu * V, g.J), "f_i is mu-strongly convex");
  s.assume("square", less_equal(0, mu * mu * V + 4 * mu * g.C + 4 * g.Z),
           "0 <= mean of |mu (x_i - x) + 2 (grad f_i(x) - grad f(x))|^2");
  const Communication<Term> mode = contracting_communication<Term>(v.c, 1, gamma, mu, Term(change.zeta) * g.zeta);
  s.assume("stepsize", less_equal(mode.inverse_stepsize * L * gamma, 1), "4 L gamma <= 1");
  s.conclude(less_equal(g.next, (1 - Term(change.rate) * gamma * mu) * V +
                                    gamma * gamma * Term(change.noise) * v.value_of(mode.moments)));
  s.redundant({"V-nonnegative", "L-positive", "Q-nonnegative"});
  s.hint({"square"}, gamma / (2 * mu));
  s.hint({"strong-convexity"}, gamma);
  s.hint({"cocoercivity"}, gamma / L);
  s.hint({"stepsize", "Q-nonnegative"}, gamma / L);
  s.hint({"difference"}, gamma / mu);
  s.hint({"stepsize", "Z-nonnegative"}, gamma / mu);
  s.hint({"mu-at-most-L", "Z-nonnegative"}, gamma * gamma / mu);
  return s;
}

/// V+ <= (1 + 1/(tau - 1)) V + gamma^2 ((N) + (tau + 1) zeta)
Statement damped(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term steps = s.positive("steps", "tau - 1");
  const State v = state_of(s, {.shift = false});
  const Term& gamma = v.gamma;
  const Gradients g = gradients(s, v, L);
  s.assume("square", less_equal(0, v.V + 2 * steps * gamma * g.C + steps * steps * gamma * gamma * g.Z),
           "0 <= mean of |x_i - x + (tau - 1) gamma (grad f_i(x) - grad f(x))|^2");
  const Communication<Term> mode = damped_communication<Term>(v.c, steps + 1, 1, Term(change.zeta) * g.zeta);
  s.assume("stepsize", less_equal(mode.inverse_stepsize * L * gamma, 1), "L gamma <= 1");
  s.conclude(less_equal(g.next, (1 + Term(change.rate) / steps) * v.V +
                                    gamma * gamma * Term(change.noise) * v.value_of(mode.moments)));
  s.redundant({"V-nonnegative", "Z-nonnegative"});
  s.hint({"square"}, 1 / steps);
  s.hint({"cocoercivity"}, gamma / L);
  s.hint({"stepsize", "Q-nonnegative"}, gamma / L);
  s.hint({"difference"}, gamma * gamma * steps);
  s.hint({"difference"}, gamma * gamma);
  return s;
}

void add(std::vector<Obligation>& all, const std::string& mode, const std::string& title,
         std::vector<std::string> formula, Statement (*make)(const Change&), const Rational& faster,
         bool with_zeta) {
  const Rational less(999, 1000);
  Obligation o =
      local_obligation("discrepancy/" + mode, "-step", title, "theory/local/communication.hpp", std::move(formula));
  o.source = "derived";
  state(o, make({}));
  add_twin(o, "better-rate", "another rate by a thousandth", make({.rate = faster}));
  add_twin(o, "smaller-noise", "0.999 of the constants with *", make({.noise = less}));
  if (with_zeta) add_twin(o, "smaller-zeta", "0.999 zeta", make({.zeta = less}));
  all.push_back(std::move(o));
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  const Rational more(1001, 1000);
  add(all, "random", "Random communication: one step of the discrepancy",
      {"(M), (N)  =>  E V+ <= (1 - p/2) V + (p P/4) gamma^2 (2 A* gap + B1* s1 + B2* s2 + F* V + D*)"}, random,
      more, false);
  add(all, "contracting", "Strongly convex f_i: one step of the discrepancy",
      {"every f_i mu-strongly convex and L-smooth, mean of |grad f_i(x) - grad f(x)|^2 <= zeta, (N), 4 L gamma <= "
       "1",
       "=>  V+ <= (1 - gamma mu) V + gamma^2 (2 A* gap + B2* s2 + F* V + D*)"},
      contracting, more, true);
  add(all, "damped", "Convex f_i: one step of the discrepancy",
      {"every f_i convex and L-smooth, mean of |grad f_i(x) - grad f(x)|^2 <= zeta, (N), L gamma <= 1",
       "=>  V+ <= (1 + 1/(tau - 1)) V + gamma^2 (2 A* gap + B2* s2 + F* V + D*)"},
      damped, {999, 1000}, true);
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::local_discrepancy_steps
