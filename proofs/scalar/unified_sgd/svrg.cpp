// What may be claimed of one outer loop of SVRG: its iterates come close, its averages contract. The reference point w
// and s = sigma_0^2 are fixed.
#include "touchstone/theory/unified_sgd/svrg.hpp"
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_svrg {

namespace {

/// What a twin makes too good.
struct Change {
  Rational noise = 1;   ///< multiplies the noise in the conclusion
  Rational gain = 1;    ///< multiplies the gap in the conclusion, or the stepsize
  Rational factor = 1;  ///< multiplies the factor of an epoch
  Rational K = 1;       ///< multiplies the number of steps that an epoch needs
};

Corollary noise_row(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term variance = s.variable("s", "sigma_0^2");
  return {.row = svrg_noise_constants(L.value, variance),
          .M = 0,
          .stepsize = svrg_stepsize(L.value),
          .mu_bounds = {L},
          .noise = 2 * variance,
          .mu_margin = 2};
}

/// Within a loop sigma_k^2 = s, so the row with s as noise says the same.
Statement same_row(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_j");
  const Term D = s.variable("D", "D(x), the Bregman distance to x*");
  const Term sigma = s.variable("s", "sigma_0^2");
  const Term moment = s.variable("second_moment", "E |g - grad f(x*)|^2");
  const ParametricConstants<Term> row = svrg_constants(L);
  const ParametricConstants<Term> with_noise = svrg_noise_constants(L, sigma);
  s.assume("K2", less_equal(moment, 2 * row.A * D + row.B * sigma + row.D1), "(K2) of svrg_constants(L)");
  s.conclude(less_equal(moment, 2 * with_noise.A * D + Term(change.noise) * with_noise.D1));
  s.hint({"K2"});
  return s;
}

/// The sharper closed form, with the smoothness of the f_j where x^0 = w.
Statement closed_form(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_j");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term power = s.variable("power", "(1 - gamma mu)^k");
  const Term first = s.variable("r0", "r_0 = |w - x*|^2");
  const Term sigma = s.variable("s", "sigma_0^2");
  const Term r = s.variable("r", "E r_k");
  const ParametricConstants<Term> row = svrg_noise_constants(L, sigma);
  const Term gap = contraction_gaps<Term>(row, gamma, mu, 0)[0];
  s.assume("power-at-most-one", less_equal(power, 1), "0 <= 1 - gamma mu <= 1");
  s.assume("sharper-noise", less_equal(r, power * first + (1 - power) * noise<Term>(row, gamma, 0) / gap),
           "unified-sgd/theorem/sharper-noise, with svrg_noise_constants(L, s)");
  s.assume("smoothness", less_equal(sigma, L * L * first), "every f_j is L-smooth, x^0 = w");
  s.redundant({"mu-positive"});
  const Term doubled = Term(change.noise) * 2 * gamma;
  s.conclude(less_equal(r, power * first + doubled * sigma * (1 - power) / mu));
  s.conclude(less_equal(r, (power + doubled * L * L / mu * (1 - power)) * first));
  s.hint({"sharper-noise"});
  s.hint({"smoothness", "power-at-most-one"}, gamma / mu);
  return s;
}

/// E r_{k+1} <= E r_k - 2 gamma (1 - 2L gamma) E gap(x^k) + 2 gamma^2 s
Statement one_step(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_j");
  const Term gamma = s.nonnegative("gamma", "stepsize");
  const Term sigma = s.variable("s", "sigma_0^2");
  const Term r = s.variable("r", "|x - x*|^2");
  const Term gap = s.variable("gap", "f(x) - f(x*)");
  const Term inner = s.variable("inner", "<grad f(x), x - x*>");
  const Term moment = s.variable("second_moment", "E |g|^2");
  const ParametricConstants<Term> row = svrg_noise_constants(L, sigma);
  s.assume("convexity", less_equal(gap, inner), "f is convex");
  s.assume("K2", less_equal(moment, 2 * row.A * gap + row.D1), "unified-sgd/svrg/iterates-row");
  s.conclude(less_equal(
      r - 2 * gamma * inner + gamma * gamma * moment,
      r - Term(change.gain) * svrg_gap_weight(L, gamma) * gap + Term(change.noise) * noise<Term>(row, gamma, 0)));
  s.hint({"convexity"}, gamma);
  s.hint({"K2"}, gamma * gamma);
  return s;
}

/// 2 gamma (1 - 2L gamma) T^k <= r_0 - E r_k + 2k gamma^2 s for T^k = sum_{j<k} E gap(x^j), from k to k + 1.
Statement sum(const Change& change = {}) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_j");
  const Term gamma = s.variable("gamma", "stepsize");
  const Term k = s.variable("k", "steps made");
  const Term first = s.variable("r0", "r_0");
  const Term now = s.variable("r", "E r_k");
  const Term next = s.variable("next_r", "E r_{k+1}");
  const Term total = s.variable("total", "sum_{j<k} E gap(x^j)");
  const Term gap = s.variable("gap", "E gap(x^k)");
  const Term added = noise<Term>(svrg_noise_constants(L, s.variable("s", "sigma_0^2")), gamma, 0);
  const Term weight = svrg_gap_weight(L, gamma);
  s.assume("induction-hypothesis", less_equal(weight * total, first - now + k * added), "the bound at k");
  s.assume("one-step", less_equal(next, now - weight * gap + added), "unified-sgd/svrg/sum-one-step");
  s.conclude(
      less_equal(weight * (total + Term(change.gain) * gap), first - next + (k + Term(change.noise)) * added));
  s.hint({"induction-hypothesis"});
  s.hint({"one-step"});
  return s;
}

/// The sum after the loop, where r_K >= 0, for xbar. gamma and rest = 1 - 2L gamma stand for gamma and L, so that
/// rest > 0 says gamma < 1/(2L).
struct Epoch {
  Term gamma, L, K, gap_bar, first, sigma;
};

Epoch epoch(Statement& s) {
  const Term gamma = s.positive("gamma", "stepsize");
  const Term rest = s.positive("rest", "1 - 2L gamma");
  const Term L = (1 - rest) / (2 * gamma);
  const Term K = s.positive("K", "steps of the loop");
  const Term first = s.variable("r0", "r_0 = |x^0 - x*|^2");
  const Term last = s.nonnegative("r", "E r_K");
  const Term sigma = s.variable("s", "sigma_0^2");
  const Term total = s.variable("total", "sum_{k<K} E gap(x^k)");
  const Term gap_bar = s.variable("gap_bar", "E gap(xbar)");
  const Term weight = svrg_gap_weight(L, gamma);
  const Term added = noise<Term>(svrg_noise_constants(L, sigma), gamma, 0);
  s.assume("sum", less_equal(weight * total, first - last + K * added), "unified-sgd/svrg/sum-induction");
  s.assume("convexity", less_equal(K * gap_bar, total),
           "f is convex, xbar the average of x^0, ..., x^{K-1}, or one of them at random");
  return {gamma, L, K, gap_bar, first, sigma};
}

/// The products of its hypotheses, each times `factor`.
void hint_epoch(Statement& s, const Epoch& e, const Term& factor) {
  s.hint({"sum"}, factor);
  s.hint({"r-nonnegative"}, factor);
  s.hint({"convexity"}, svrg_gap_weight(e.L, e.gamma) * factor);
}

Statement average(const Change& change = {}) {
  Statement s;
  const Epoch e = epoch(s);
  const Term added = noise<Term>(svrg_noise_constants(e.L, e.sigma), e.gamma, 0);
  s.redundant({"K-positive"});
  s.conclude(less_equal(svrg_gap_weight(e.L, e.gamma) * e.K * (Term(change.gain) * e.gap_bar),
                        e.first + Term(change.noise) * e.K * added));
  hint_epoch(s, e, 1);
  return s;
}

Statement contraction(const Change& change = {}) {
  Statement s;
  const Epoch e = epoch(s);
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term gap = s.variable("gap", "gap(w)");
  s.assume("strong-convexity", less_equal(mu / 2 * e.first, gap), "gap(w) >= (mu/2) |w - x*|^2, x^0 = w");
  s.assume("smoothness", less_equal(e.sigma, 2 * e.L * gap), "every f_j is convex and L-smooth");
  s.conclude(less_equal(e.gap_bar, Term(change.factor) * svrg_epoch_factor(e.L, mu, e.gamma, e.K) * gap));
  const Term inverse = 1 / (svrg_gap_weight(e.L, e.gamma) * e.K);
  hint_epoch(s, e, inverse);
  s.hint({"strong-convexity"}, 2 / mu * inverse);
  s.hint({"smoothness"}, e.K * (2 * e.gamma * e.gamma) * inverse);
  return s;
}

Statement half(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_j");
  const Term mu = s.positive("mu", "quasi-strong convexity of f");
  const Term K = s.positive("K", "steps of the loop");
  s.assume("long-loop", less_equal(Term(change.K) * 50 * L / mu, K), "K >= 50 L/mu");
  s.redundant({"L-positive", "mu-positive", "K-positive"});
  const Term gamma = Term(change.gain) / (10 * L);
  s.conclude(less_equal(svrg_epoch_factor(L, mu, gamma, K), Term(change.factor) / 2));
  s.hint({"long-loop"}, 1 / K);
  return s;
}

Obligation obligation(const std::string& claim, const std::string& name, const std::string& title,
                      std::vector<std::string> formula, Statement (*make)(const Change&)) {
  Obligation o{.id = "unified-sgd/svrg/" + claim + "-" + name,
               .claim = "unified-sgd/svrg/" + claim,
               .title = "SVRG: " + title,
               .source = "derived",
               .generated_from = "theory/unified_sgd/svrg.hpp, theory/unified_sgd/assumption.hpp",
               .formula = std::move(formula)};
  state(o, make({}));
  return o;
}

Obligation stepsize() {
  Obligation o = stepsize_obligation("svrg", "svrg.hpp", "SVRG with sigma_0^2 as noise", "derived",
                                     {"M = 0, mu <= L, gamma <= 1/(2L), D1 = 2s", stepsize_conditions_without_sigma,
                                      "    noise/(gamma mu) = 2 gamma s/mu"});
  o.id = "unified-sgd/svrg/iterates-stepsize";
  o.claim = "unified-sgd/svrg/iterates";
  state_corollary(o, noise_row);
  return o;
}

void add_smaller_noise(Obligation& o, Statement (*make)(const Change&)) {
  add_twin(o, "smaller-noise", "0.999 of the noise", make({.noise = {999, 1000}}));
}

void add_larger_gain(Obligation& o, Statement (*make)(const Change&)) {
  add_twin(o, "larger-gain", "1.001 of the gap", make({.gain = {1001, 1000}}));
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation of_row =
      obligation("iterates", "row", "the row with sigma_0^2 as noise",
                 {"E|g - grad f(x*)|^2 <= 4L D(x) + 2s", "=>  (K2) with A = 2L, B = 0, D1 = 2s"}, same_row);
  add_smaller_noise(of_row, same_row);
  Obligation of_iterates =
      obligation("iterates", "closed-form", "how close the iterates of a loop come",
                 {"p = (1 - gamma mu)^k <= 1, s <= L^2 r_0 for x^0 = w",
                  "=>  E r_k <= p r_0 + 2 gamma s (1 - p)/mu <= (p + 2 gamma L^2 (1 - p)/mu) r_0"},
                 closed_form);
  add_smaller_noise(of_iterates, closed_form);

  Obligation of_step = obligation(
      "sum", "one-step", "one step of the sum of gaps",
      {"f convex, (K2)", "=>  E r_{k+1} <= r_k - 2 gamma (1 - 2L gamma) gap(x^k) + 2 gamma^2 s"}, one_step);
  Obligation of_sum = obligation(
      "sum", "induction", "the gaps of k steps add up",
      {"T^k = sum_{j<k} E gap(x^j)", "2 gamma (1 - 2L gamma) T^k <= r_0 - E r_k + 2k gamma^2 s  and one step",
       "=>  the same for k + 1"},
      sum);
  Obligation of_average = obligation("sum", "average", "the gap at xbar",
                                     {"gamma < 1/(2L), K gap(xbar) <= T^K, r_K >= 0",
                                      "=>  2 gamma (1 - 2L gamma) K E gap(xbar) <= r_0 + 2K gamma^2 s"},
                                     average);
  add_smaller_noise(of_step, one_step);
  add_larger_gain(of_step, one_step);
  add_smaller_noise(of_sum, sum);
  add_larger_gain(of_sum, sum);
  add_smaller_noise(of_average, average);
  add_larger_gain(of_average, average);

  Obligation of_epoch =
      obligation("epoch", "contraction", "an epoch contracts the gap",
                 {"gamma < 1/(2L), x^0 = w, (mu/2) r_0 <= gap(w), s <= 2L gap(w)",
                  "=>  E gap(xbar) <= [1/(mu gamma (1 - 2L gamma) K) + 2L gamma/(1 - 2L gamma)] gap(w)"},
                 contraction);
  add_twin(of_epoch, "smaller-factor", "0.999 of the factor", contraction({.factor = {999, 1000}}));
  Obligation of_half = obligation("epoch", "half", "an epoch that halves the gap",
                                  {"gamma = 1/(10L), K >= 50 L/mu", "=>  the factor is at most 1/2"}, half);
  add_twin(of_half, "shorter-loop", "K >= 49.95 L/mu", half({.K = {999, 1000}}));
  add_twin(of_half, "larger-stepsize", "gamma = 1/(8L)", half({.gain = {5, 4}}));
  add_twin(of_half, "smaller-factor", "0.999/2 in place of 1/2", half({.factor = {999, 1000}}));
  return {stepsize(),        std::move(of_row),     std::move(of_iterates), std::move(of_step),
          std::move(of_sum), std::move(of_average), std::move(of_epoch),    std::move(of_half)};
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_svrg
