// From one step of the theorem of chapter 3 to many: contraction, weighted average, the iterate itself, and how many
// steps an accuracy takes.
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/complexity.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_many_steps {

namespace {

/// What a twin makes too good.
struct Change {
  Rational gain = 1;   ///< multiplies what is bounded
  Rational noise = 1;  ///< multiplies the noise in the conclusion
};

/// E V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta, from k to k + 1. At k = 0 it says V^0 <= V^0.
Statement contraction(const Change& change = {}) {
  Statement s;
  const Term eta = s.positive("eta", "V contracts by 1 - eta");
  const Term gamma = s.nonnegative("gamma", "stepsize");
  const Term theta = s.nonnegative("theta", "descent coefficient");
  const Term gap = s.nonnegative("gap", "E f(x^k) - f(x*)");
  const Term noise = s.variable("noise", "what a step adds to V");
  const Term first = s.variable("V0", "V^0");
  const Term power = s.variable("power", "(1 - eta)^k");
  const Term now = s.variable("V", "E V^k");
  const Term next = s.variable("next_V", "E V^{k+1}");
  s.assume("eta-at-most-one", less_equal(eta, 1), "eta <= rho/4 or eta <= gamma mu/2");
  s.assume("induction-hypothesis", less_equal(now, power * first + noise * (1 - power) / eta), "the bound at k");
  s.assume("one-step", less_equal(next, (1 - eta) * now - gamma * theta * gap + noise),
           "error-feedback/theorem/one-step");
  const Term next_power = (1 - eta) * power;
  s.conclude(less_equal(Term(change.gain) * next,
                        next_power * first + Term(change.noise) * noise * (1 - next_power) / eta));
  s.hint({"one-step"});
  s.hint({"induction-hypothesis", "eta-at-most-one"});
  s.hint({"gamma-nonnegative", "theta-nonnegative", "gap-nonnegative"});
  return s;
}

/// gamma theta sum_{j<k} w_j E gap_j <= V^0 - w_{k-1} E V^k + noise W, from k to k + 1; w_{-1} = 1, and w_{j-1} is
/// (1 - eta) w_j. At k = 0 it says 0 <= 0.
Statement average_sum(const Change& change = {}) {
  Statement s;
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  const Term step = s.variable("gamma_theta", "gamma theta");
  const Term noise = s.variable("noise", "what a step adds to V");
  const Term weight = s.nonnegative("weight", "w_k");
  const Term total_weight = s.variable("W", "w_0 + ... + w_{k-1}");
  const Term total = s.variable("total", "sum_{j<k} w_j E gap_j");
  const Term gap = s.variable("gap", "E gap_k");
  const Term first = s.variable("V0", "V^0");
  const Term now = s.variable("V", "E V^k");
  const Term next = s.variable("next_V", "E V^{k+1}");
  s.assume("induction-hypothesis",
           less_equal(step * total, first - (1 - eta) * weight * now + noise * total_weight), "the bound at k");
  s.assume("one-step", less_equal(next, (1 - eta) * now - step * gap + noise), "error-feedback/theorem/one-step");
  s.conclude(less_equal(step * (total + Term(change.gain) * weight * gap),
                        first - weight * next + noise * (total_weight + Term(change.noise) * weight)));
  s.hint({"induction-hypothesis"});
  s.hint({"one-step"}, weight);
  return s;
}

/// E f(xbar) - f(x*) <= (V^0/(gamma W) + noise/gamma)/theta
Statement average(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term theta = s.positive("theta", "descent coefficient");
  const Term W = s.positive("W", "w_0 + ... + w_K");
  const Term weight = s.nonnegative("weight", "w_K");
  const Term noise = s.variable("noise", "what a step adds to V");
  const Term first = s.variable("V0", "V^0");
  const Term last = s.nonnegative("V", "E V^{K+1}");
  const Term total = s.variable("total", "sum_k w_k E gap_k");
  const Term gap = s.variable("gap_bar", "E f(xbar) - f(x*)");
  s.redundant({"W-positive"});
  s.assume("sum", less_equal(gamma * theta * total, first - weight * last + noise * W),
           "error-feedback/theorem/average-sum");
  s.assume("convexity", less_equal(gap, total / W), "f is convex");
  s.conclude(
      less_equal(Term(change.gain) * gap, (first / (gamma * W) + Term(change.noise) * noise / gamma) / theta));
  s.hint({"sum"}, 1 / (gamma * theta * W));
  s.hint({"weight-nonnegative", "V-nonnegative"}, 1 / (gamma * theta * W));
  s.hint({"convexity"});
  return s;
}

/// 1/W <= (1 - eta)^{K+1}: the last weight alone is as large.
Statement weights(const Change& change = {}) {
  Statement s;
  const Term power = s.positive("power", "(1 - eta)^{K+1}");
  const Term others = s.nonnegative("others", "w_0 + ... + w_{K-1}");
  const Term W = others + 1 / power;
  s.conclude(less_equal(1 / W, Term(change.gain) * power));
  s.hint({"others-nonnegative"}, power * power);
  s.redundant({"power-positive"});
  return s;
}

/// |x - x*|^2 <= (1 + 1/N)(|xt - x*|^2 + N mean |e_i|^2), x = xt + e.
Statement iterate(const Change& change = {}) {
  Statement s;
  const Term N = s.positive("N", "weight of the errors");
  const Term tt = s.variable("tt", "|xt - x*|^2");
  const Term te = s.variable("te", "<xt - x*, e>");
  const Term ee = s.variable("ee", "|e|^2");
  const Term E = s.variable("E", "mean of |e_i|^2");
  s.assume("mean-error", less_equal(ee, E), "e is the mean of the e_i");
  s.assume("square", less_equal(0, N * N * ee - 2 * N * te + tt), "0 <= |N e - (xt - x*)|^2");
  s.conclude(less_equal(tt + 2 * te + ee, Term(change.gain) * iterate_factor(N) * (tt + N * E)));
  s.hint({"square"}, 1 / N);
  s.hint({"mean-error"}, 1 + N);
  return s;
}

/// The stepsize and the number of steps for an accuracy: (2 V^0/gamma)(1 - eta)^{K+1} + 2 gamma D + 2 gamma^2 E.
Statement accuracy(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term epsilon = s.positive("epsilon", "accuracy");
  s.redundant({"epsilon-positive"});
  // Of the row only its noise matters: D and, in units of w = 1, E.
  const ErrorFeedbackConstants<Term> c{.mean = {0, 0, 0, s.variable("D", "noise without errors")}};
  const ErrorModel<Term> errors{1, {0, 0, 0, s.variable("E", "noise of the errors")}, {}};
  const Term first = s.variable("V0", "V^0");
  const Term power = s.variable("power", "(1 - eta)^{K+1}");
  const Term gap = s.variable("gap_bar", "E f(xbar) - f(x*)");
  const AccuracyStepsize<Term> bounds = accuracy_stepsize(c, errors, epsilon);
  s.assume("average",
           less_equal(gap, 2 * first * power / gamma + 2 * error_feedback_noise(c, errors, gamma) / gamma),
           "error-feedback/theorem/average with theta >= 1/2, 1/W <= power");
  s.assume("noise", less_equal(gamma * bounds.inverses.back(), 1), "gamma <= epsilon/(6 D)");
  s.assume("error-noise", less_equal(gamma * gamma * bounds.inverse_squares.back(), 1), "gamma^2 <= epsilon/(6 E)");
  s.assume("steps", less_equal(6 * first * power, gamma * epsilon), "K >= ln(6 V^0/(gamma epsilon))/eta");
  s.conclude(less_equal(gap, Term(change.gain) * epsilon));
  s.hint({"average"});
  s.hint({"noise"}, epsilon / 3);
  s.hint({"error-noise"}, epsilon / 3);
  s.hint({"steps"}, 1 / (3 * gamma));
  return s;
}

Obligation obligation(const std::string& name, const std::string& claim, const std::string& title,
                      std::vector<std::string> formula, Statement (*make)(const Change&)) {
  Obligation o{.id = "error-feedback/theorem/" + name,
               .claim = "error-feedback/theorem/" + claim,
               .title = title,
               .source = error_feedback_source,
               .generated_from = "nothing: the bounds are those on the page of theory/error_feedback/theorem.hpp",
               .formula = std::move(formula)};
  state(o, make({}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Change less_noise{.noise = {999, 1000}};
  const Change more{.gain = {1001, 1000}};
  const Change less{.gain = {999, 1000}};
  Obligation closed = obligation(
      "contraction", "contraction", "Theorem of chapter 3: contraction, from k to k + 1",
      {"theta >= 0, E V^k <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta, one step", "=>  the same for k + 1"},
      contraction);
  add_twin(closed, "smaller-noise", "0.999 of the noise", contraction(less_noise));
  Obligation sum = obligation(
      "average-sum", "average", "Theorem of chapter 3: the weighted gaps add up",
      {"gamma theta sum_{j<k} w_j E gap_j <= V^0 - w_{k-1} E V^k + noise W, one step", "=>  the same for k + 1"},
      average_sum);
  add_twin(sum, "larger-gain", "1.001 of the gap", average_sum(more));
  add_twin(sum, "smaller-noise", "0.999 of the noise", average_sum(less_noise));
  Obligation of_average = obligation("average", "average", "Theorem of chapter 3: the gap at the weighted average",
                                     {"theta > 0, f convex, the weighted gaps add up",
                                      "=>  E f(xbar) - f(x*) <= (V^0/(gamma W) + noise/gamma)/theta"},
                                     average);
  add_twin(of_average, "larger-gain", "1.001 of the gap", average(more));
  add_twin(of_average, "smaller-noise", "0.999 of the noise", average(less_noise));
  Obligation of_weights =
      obligation("average-weights", "average", "Weights of the average: their sum",
                 {"w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K", "=>  1/W <= (1 - eta)^{K+1}"}, weights);
  add_twin(of_weights, "smaller-bound", "0.999 of the bound", weights(less));
  Obligation last = obligation(
      "iterate", "iterate", "Error compensation: the iterate is near the virtual one",
      {"x = xt + e, |e|^2 <= mean |e_i|^2", "=>  |x - x*|^2 <= (1 + 1/N)(|xt - x*|^2 + N mean |e_i|^2)"}, iterate);
  last.generated_from = "theory/error_feedback/error_compensation.hpp";
  add_twin(last, "smaller-factor", "0.999 (1 + 1/N)", iterate(less));
  Obligation steps =
      obligation("accuracy", "accuracy", "Theorem of chapter 3: stepsize and steps for an accuracy",
                 {"gamma <= epsilon/(6 D), gamma^2 <= epsilon/(6 E), 6 V^0 (1 - eta)^{K+1} <= gamma epsilon",
                  "=>  (2 V^0/gamma)(1 - eta)^{K+1} + 2 gamma D + 2 gamma^2 E <= epsilon"},
                 accuracy);
  steps.generated_from = "theory/error_feedback/complexity.hpp, theory/error_feedback/theorem.hpp";
  add_twin(steps, "smaller-accuracy", "0.999 epsilon", accuracy(less));
  return {std::move(closed),     std::move(sum),  std::move(of_average),
          std::move(of_weights), std::move(last), std::move(steps)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_many_steps
