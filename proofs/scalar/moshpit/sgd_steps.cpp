// Moshpit SGD: what one step does to the distance and to the discrepancy.
#include <tuple>

#include "proofs/scalar/moshpit/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/moshpit/moshpit_sgd.hpp"

namespace touchstone::inline v0::proofs::topics::moshpit_sgd_steps {

namespace {

/// What a twin makes too good. These multiply what the conclusion is made of; the hypotheses keep the true constants.
struct Change {
  Rational limit = 1;  ///< of the stepsize
  Rational L = 1, mu = 1, noise = 1, variance = 1;
};

const Rational slightly_less(999, 1000);
const Rational slightly_more(1001, 1000);

MoshpitSgdConstants<Term> constants(Statement& s) {
  const Term L = s.positive("L", "smoothness of f");
  const Term mu = s.nonnegative("mu", "strong convexity of f");
  return {.L = L,
          .mu = mu,
          .variance = s.variable("variance", "sigma^2, of a gradient"),
          .n_min = s.positive("n_min", "least number of peers"),
          .averaging_error = 0,
          .vanishing_share = s.variable("delta_pv1", "delta_pv1 in (PV)"),
          .vanishing_noise = s.variable("delta_pv2_squared", "delta_pv2^2 in (PV)"),
          .nu = 1};
}

/// |gbar|^2 for the mean gbar of the gradients at the x_i: a = grad f(x), b = gbar - a.
Statement mean_gradient(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of f");
  const Term gap = s.variable("gap", "f(x) - f(x*)");
  const Term V = s.variable("V", "mean of |x_i - x|^2");
  const Term aa = s.variable("aa", "|grad f(x)|^2");
  const Term ab = s.variable("ab", "<grad f(x), gbar - grad f(x)>");
  const Term bb = s.variable("bb", "|gbar - grad f(x)|^2");
  s.assume("square", less_equal(0, aa - 2 * ab + bb), "0 <= |grad f(x) - (gbar - grad f(x))|^2");
  s.assume("self-bounding", less_equal(aa, 2 * L * gap), "local/theorem/self-bounding");
  s.assume("smoothness", less_equal(bb, L * L * V), "the square of a mean, f is L-smooth");
  s.conclude(less_equal(aa + 2 * ab + bb, Term(change.noise) * 4 * L * gap + 2 * Term(change.L) * L * L * V));
  s.hint({"square"});
  s.hint({"self-bounding"}, 2);
  s.hint({"smoothness"}, 2);
  return s;
}

Statement one_step(const Change& change = {}) {
  Statement s;
  const MoshpitSgdConstants<Term> c = constants(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term R = s.variable("R", "E|x^k - x*|^2");
  const Term hat = s.variable("hat_R", "E|xhat^{k+1} - x*|^2");
  const Term next = s.variable("next_R", "E|x^{k+1} - x*|^2");
  const Term inner = s.variable("inner", "E<x^k - x*, gbar>, gbar the mean of the grad f(x_i)");
  const Term moment = s.variable("moment", "E|gbar|^2");
  const Term gap = s.nonnegative("gap", "E f(x^k) - f(x*)");
  const Term V = s.nonnegative("V", "E V_k");
  s.assume("vanishing",
           less_equal(next, hat + c.vanishing_share * gamma * c.mu * R + gamma * gamma * c.vanishing_noise),
           "(PV)");
  s.assume("descent",
           less_equal(hat, R - 2 * gamma * inner + gamma * gamma * moment + gamma * gamma * (c.variance / c.n_min)),
           "xhat = x - gamma (1/n) sum_i g_i, noises independent, n >= n_min");
  s.assume("inner-product", less_equal(2 * gap + c.mu * (R + V), 2 * inner + c.L * V),
           "local/theorem/inner-product");
  s.assume("mean-gradient", less_equal(moment, 4 * c.L * gap + 2 * c.L * c.L * V), "moshpit/sgd/mean-gradient");
  s.assume("stepsize", less_equal(gamma * moshpit_stepsize(c.L), Term(change.limit)), "gamma <= 1/(4L)");
  MoshpitSgdConstants<Term> claimed = c;
  claimed.L *= Term(change.L);
  claimed.mu *= Term(change.mu);
  claimed.vanishing_noise *= Term(change.noise);
  claimed.variance *= Term(change.variance);
  s.conclude(less_equal(next, moshpit_one_step(claimed, gamma, R, gap, V)));
  s.hint({"vanishing"});
  s.hint({"descent"});
  s.hint({"inner-product"}, gamma);
  s.hint({"mean-gradient"}, gamma * gamma);
  s.hint({"V-nonnegative"}, gamma * c.mu);
  s.hint({"stepsize", "gap-nonnegative"}, gamma);
  s.hint({"stepsize", "V-nonnegative"}, gamma * c.L / 2);
  return s;
}

/// u = x_i - x_j, h the difference of their gradients.
Statement pair(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term uu = s.variable("uu", "|u|^2, u = x_i - x_j");
  const Term uh = s.variable("uh", "<u, h>, h = grad f(x_i) - grad f(x_j)");
  const Term hh = s.nonnegative("hh", "|h|^2");
  s.assume("L-positive", less(Term(0), L), "L > 0");
  s.assume("stepsize", less_equal(gamma * L, 2 * Term(change.limit)), "gamma <= 2/L");
  s.assume("cocoercivity", less_equal(Term(change.L) * hh, L * uh), "f is convex and L-smooth");
  s.conclude(less_equal(uu - 2 * gamma * uh + gamma * gamma * hh, uu));
  s.hint({"stepsize", "hh-nonnegative"}, gamma / L);
  s.hint({"cocoercivity"}, 2 * gamma / L);
  return s;
}

/// V after j steps since a synchronization and one more; each pair grows by the noise of two gradients.
Statement discrepancy(const Change& change = {}) {
  Statement s;
  const Term gamma = s.variable("gamma", "stepsize");
  const Term n = s.positive("n", "peers");
  const Term j = s.variable("j", "steps since the synchronization");
  const Term variance = s.nonnegative("variance", "sigma^2, of a gradient");
  MoshpitSgdConstants<Term> c{1, 0, variance, 1, s.variable("delta_aq_squared", "delta_aq^2 in (AQ)"), 0, 0, 1};
  const Term V = s.variable("V", "E V_k");
  const Term next = s.variable("next_V", "E V_{k+1}");
  s.assume("induction-hypothesis", less_equal(V, gamma * gamma * moshpit_discrepancy(c, j)),
           "the bound after j steps");
  s.assume("pairs", less_equal(next, V + gamma * gamma * variance * (1 - 1 / n)),
           "V = (1/(2 n^2)) sum_{i,j} |x_i - x_j|^2, moshpit/sgd/pair-nonexpansive");
  c.variance *= Term(change.variance);
  c.averaging_error *= Term(change.noise);
  s.conclude(less_equal(next, gamma * gamma * moshpit_discrepancy(c, j + 1)));
  s.hint({"induction-hypothesis"});
  s.hint({"pairs"});
  s.hint({"variance-nonnegative"}, gamma * gamma / n);
  return s;
}

void add(std::vector<Obligation>& all, const std::string& name, const std::string& title,
         std::vector<std::string> formula, Statement (*make)(const Change&),
         const std::vector<std::tuple<std::string, std::string, Change>>& twins) {
  Obligation o = moshpit_obligation("sgd/" + name, "", title, "theory/moshpit/moshpit_sgd.hpp", std::move(formula));
  state(o, make({}));
  for (const auto& [id, change_in_words, change] : twins) add_twin(o, id, change_in_words, make(change));
  all.push_back(std::move(o));
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  add(all, "mean-gradient", "Moshpit SGD: the mean of the gradients at the peers",
      {"|gbar|^2 <= 4 L (f(x) - f(x*)) + 2 L^2 V"}, mean_gradient,
      {{"smaller-L", "0.999 of 2 L^2", {.L = slightly_less}},
       {"smaller-gap", "0.999 of 4 L", {.noise = slightly_less}}});
  add(all, "one-step", "Moshpit SGD: one step",
      {"(PV), gamma <= 1/(4L), mu' = (1 - delta_pv1) mu",
       "=>  E|x^{k+1} - x*|^2 <= (1 - gamma mu') E|x^k - x*|^2 - gamma E gap + (3/2) gamma L E V",
       "                         + gamma^2 (delta_pv2^2 + sigma^2/n_min)"},
      one_step,
      {{"larger-limit", "gamma <= 1.001/(4L)", {.limit = slightly_more}},
       {"smaller-L", "0.999 L before V", {.L = slightly_less}},
       {"larger-mu", "1.001 mu", {.mu = slightly_more}},
       {"smaller-vanishing", "0.999 delta_pv2^2", {.noise = slightly_less}},
       {"smaller-variance", "0.999 sigma^2", {.variance = slightly_less}}});
  add(all, "pair-nonexpansive", "Moshpit SGD: gradient steps do not move two peers apart",
      {"gamma <= 2/L, |h|^2 <= L <u, h>  =>  |u - gamma h|^2 <= |u|^2"}, pair,
      {{"larger-limit", "gamma <= 2.002/L", {.limit = slightly_more}},
       {"weaker-cocoercivity", "0.999 |h|^2 <= L <u, h>", {.L = slightly_less}}});
  add(all, "discrepancy", "Moshpit SGD: the discrepancy between synchronizations, by induction",
      {"E V <= gamma^2 (delta_aq^2 + j sigma^2)  =>  E V+ <= gamma^2 (delta_aq^2 + (j + 1) sigma^2)"}, discrepancy,
      {{"smaller-variance", "half of sigma^2", {.variance = Rational(1, 2)}},
       {"smaller-averaging-error", "0.999 delta_aq^2", {.noise = slightly_less}}});
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::moshpit_sgd_steps
