// Why the error models of chapter 3 are what the theorem asks for: the perturbed iterate (EF-DESC), the errors of
// contractive compressors (EF-ERR) and the two potentials of delayed updates (EF-WIN). Vectors enter through their inner
// products.
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/delay.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_error_models {

namespace {

/// What a twin makes too good.
struct Change {
  Rational error = 1;                        ///< multiplies 3L, or what the error model gives for it
  Rational mu = 1, gap = 1;                  ///< multiply mu and the descent
  MomentBound<Rational> worker{1, 1, 1, 1};  ///< multiply the moments in the conclusion
  MomentBound<Rational> variance{1, 1, 1, 1};
  Rational eta = 1;     ///< multiplies the bound on eta
  Rational weight = 1;  ///< multiplies N
};

/// u = x - x*, q = grad f(x), e the mean of the errors, so that xt - x* = u - e.
Statement perturbed_iterate(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term mu = s.nonnegative("mu", "quasi-strong convexity of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term uu = s.variable("uu", "<u, u>, u = x - x*");
  const Term ue = s.variable("ue", "<u, e>, e the mean of the errors");
  const Term ee = s.nonnegative("ee", "<e, e>");
  const Term uq = s.variable("uq", "<u, q>, q = grad f(x)");
  const Term eq = s.variable("eq", "<e, q>");
  const Term qq = s.variable("qq", "<q, q>");
  const Term gap = s.variable("gap", "f(x) - f(x*)");
  const Term moment = s.variable("moment", "E|g|^2");
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  s.assume("quasi-strong-convexity", less_equal(gap + mu / 2 * uu, uq), "f is mu-quasi-strongly convex");
  s.assume("smoothness", less_equal(qq, 2 * L * gap), "f is L-smooth, x* a minimiser");
  s.assume("square-u-plus-e", less_equal(0, uu + 2 * ue + ee), "0 <= |u + e|^2");
  s.assume("square-error", less_equal(0, 4 * L * L * ee - 4 * L * eq + qq), "0 <= |2 L e - q|^2");
  const Term distance = uu - 2 * ue + ee;
  s.conclude(less_equal(distance - 2 * gamma * (uq - eq) + gamma * gamma * moment,
                        (1 - gamma * Term(change.mu) * mu / 2) * distance - Term(change.gap) * gamma * gap +
                            3 * Term(change.error) * L * gamma * ee + gamma * gamma * moment));
  s.hint({"quasi-strong-convexity"}, 2 * gamma);
  s.hint({"square-error"}, gamma / (2 * L));
  s.hint({"smoothness"}, gamma / (2 * L));
  s.hint({"square-u-plus-e"}, gamma * mu / 2);
  s.hint({"mu-at-most-L", "ee-nonnegative"}, gamma);
  return s;
}

/// (1/n) sum_i E|e_i+|^2 where C is contractive, y_i = e_i + gamma g_i.
Statement error_recursion(const Change& change = {}) {
  Statement s;
  const Term delta = contraction_delta(s);
  const Term gamma = s.variable("gamma", "stepsize");
  const ErrorCompensationConstants<Term> c{
      {}, moment_bound(s, "worker_mean", "(P2)"), moment_bound(s, "worker_variance", "(P3)")};
  const Term gap = s.variable("gap", "f(x) - f(x*)");
  const Term s1 = s.variable("s1", "variance of the shifts");
  const Term s2 = s.variable("s2", "variance of the reference points");
  const Term E = s.variable("E", "mean of |e_i|^2");
  const Term eg = s.variable("eg", "mean of <e_i, E g_i>");
  const Term gg = s.variable("gg", "mean of |E g_i|^2");
  const Term variance = s.variable("variance", "mean of E|g_i - E g_i|^2");
  const Term next_E = s.variable("next_E", "expected mean of |e_i+|^2");
  s.assume("P2", less_equal(gg, value(c.worker_mean, gap, s1, s2)), "(P2)");
  s.assume("P3", less_equal(variance, value(c.worker_variance, gap, s1, s2)), "(P3)");
  s.assume("compressor", less_equal(next_E, (1 - delta) * (E + 2 * gamma * eg + gamma * gamma * (gg + variance))),
           "e_i+ = y_i - C(y_i), C contractive");
  const Term b = 2 * (1 - delta) * gamma;
  s.assume("square-young", less_equal(0, delta * delta * E - 2 * delta * b * eg + b * b * gg),
           "0 <= mean of |delta e_i - 2 (1 - delta) gamma E g_i|^2");
  const auto times = [](const MomentBound<Rational>& by, const MomentBound<Term>& bound) {
    return MomentBound<Term>{Term(by.A) * bound.A, Term(by.B1) * bound.B1, Term(by.B2) * bound.B2,
                             Term(by.D) * bound.D};
  };
  const ErrorCompensationConstants<Term> concluded{
      {}, times(change.worker, c.worker_mean), times(change.variance, c.worker_variance)};
  s.conclude(less_equal(next_E, (1 - Term(change.error) * delta / 2) * E +
                                    gamma * gamma * value(compressed_moments(concluded, delta), gap, s1, s2)));
  s.redundant({"B1_worker_mean-nonnegative", "B2_worker_mean-nonnegative", "B1_worker_variance-nonnegative",
               "B2_worker_variance-nonnegative"});
  s.hint({"compressor"});
  s.hint({"square-young"}, 1 / (2 * delta));
  s.hint({"delta-at-most-one", "P2"}, gamma * gamma / delta);  // k = (1 - delta)(1 + (1 - delta))/delta
  s.hint({"delta-at-most-one", "delta-at-most-one", "P2"}, gamma * gamma / delta);
  s.hint({"delta-at-most-one", "P3"}, gamma * gamma);
  return s;
}

/// E Q+ + 3 L gamma |e|^2 <= (1 - eta) Q + gamma^2 N bound, for Q = N E.
Statement compensated(const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term delta = s.positive("delta", "contraction of the compressor");
  const Term ee = s.nonnegative("ee", "|e|^2, e the mean of the errors");
  const Term E = s.variable("E", "mean of |e_i|^2");
  const Term next_E = s.variable("next_E", "expected mean of |e_i+|^2");
  const Term bound = s.variable("bound", "2 a gap + b1 s1 + b2 s2 + d1");
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  const MomentBound<Term> any{0, 0, 0, 0};
  const ErrorModel<Term> errors = compensated_errors<Term>({{}, any, any}, L, delta);
  s.assume("mean-error", less_equal(ee, E), "e is the mean of the e_i");
  s.assume("recursion", less_equal(next_E, (1 - delta / 2) * E + gamma * gamma * bound),
           "error-feedback/theorem/error-recursion");
  s.assume("eta-1", less_equal(eta, Term(change.eta) * errors.gaps[0]), "eta <= delta/4");
  const Term N = Term(change.weight) * error_weight(errors, gamma);
  s.conclude(less_equal(N * next_E + 3 * L * gamma * ee, (1 - eta) * N * E + gamma * gamma * N * bound));
  s.hint({"recursion"}, N);
  s.hint({"mean-error"}, 3 * L * gamma);
  s.hint({"eta-1", "mean-error"}, N);  // E >= ee >= 0
  s.hint({"eta-1", "ee-nonnegative"}, N);
  return s;
}

enum class Window { delayed, buffered };

/// The same for delay: the potential of the last tau steps. One with the given length; kappa is q_1.
Statement potential(Window window, Index tau, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term keep = s.positive("keep", "1 - eta");
  const ErrorFeedbackConstants<Term> c{.mean = moment_bound(s, "mean", "(P4)")};
  const Term gap = s.variable("gap", "f(x) - f(x*)");
  const Term s1 = s.variable("s1", "variance of the shifts");
  const Term s2 = s.variable("s2", "variance of the reference points");
  const Term moment = s.variable("moment", "E|g|^2");
  const Term ee = s.variable("ee", "|e|^2, e the mean of the errors; in expectation for the delayed model");
  s.assume("P4", less_equal(moment, value(c.mean, gap, s1, s2)), "(P4)");
  s.redundant({"B1_mean-nonnegative", "B2_mean-nonnegative"});

  const std::vector<Term> q = window_weights(1 - keep, tau);
  const Term length(static_cast<int>(tau));
  const bool with_gradient = window == Window::delayed;
  const ErrorModel<Term> errors = with_gradient ? delayed_errors(c, L, length, Term(change.weight) * q[0])
                                                : buffered_errors(c, L, length, Term(change.weight) * q[0]);
  Term entering = moment;
  if (with_gradient && tau > 1) {
    const Term qq = s.variable("qq", "|grad f(x)|^2");
    s.assume("smoothness", less_equal(qq, 2 * L * gap), "f is L-smooth");
    entering = moment + (length - 1) * qq;
    s.hint({"smoothness"}, gamma * error_weight(errors, gamma) * gamma * (length - 1));
  }
  const Term factor = 3 * L * gamma * gamma * gamma * (with_gradient ? Term(1) : length);
  Term sum = 0;
  Term Q = 0;
  Term next_Q = q[0] * entering;
  for (std::size_t j = 0; j < q.size(); ++j) {
    const std::string name = "R" + std::to_string(j + 1);
    const Term R = s.variable(name, with_gradient ? "R^{k-j}" : "|g^{k-j}|^2");
    sum = sum + R;
    Q = Q + q[j] * R;
    if (j + 1 < q.size()) next_Q = next_Q + q[j + 1] * R;
  }
  s.assume("window", less_equal(ee, (with_gradient ? Term(1) : length) * gamma * gamma * sum),
           with_gradient ? "the noises of a window are uncorrelated" : "Cauchy-Schwarz");
  s.conclude(less_equal(
      factor * next_Q + 3 * Term(change.error) * L * gamma * ee,
      keep * factor * Q + gamma * gamma * error_weight(errors, gamma) * value(errors.moments, gap, s1, s2)));
  s.hint({"P4"}, gamma * gamma * error_weight(errors, gamma));
  s.hint({"window"}, 3 * L * gamma);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, const std::string& header,
                      std::vector<std::string> formula) {
  const std::string id = "error-feedback/" + name;
  return {.id = id,
          .claim = id,
          .title = title,
          .source = "derived",
          .generated_from = "theory/error_feedback/" + header,
          .formula = std::move(formula)};
}

std::vector<Obligation> potentials() {
  std::vector<Obligation> all;
  const Rational less(999, 1000);
  const Rational more(1001, 1000);
  for (const Window window : {Window::delayed, Window::buffered})
    for (const Index tau : {1, 2, 3}) {
      const bool delayed = window == Window::delayed;
      Obligation o =
          obligation(delayed ? "delay/potential" : "delay/buffered-potential",
                     std::string(delayed ? "Delayed updates" : "Delayed updates, given the buffer") +
                         ": the potential of the last " + std::to_string(tau) + " steps",
                     "delay.hpp",
                     {delayed ? "E|e^k|^2 <= gamma^2 sum_{l=k-tau}^{k-1} R^l, R^l = E|g^l|^2 + (tau - 1) "
                                "E|grad f(x^l)|^2"
                              : "|e^k|^2 <= tau gamma^2 sum_{l=k-tau}^{k-1} |g^l|^2",
                      "=>  E Q+ + 3 L gamma |e|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1)"});
      o.id += "-" + std::to_string(tau);
      state(o, potential(window, tau));
      add_twin(o, "smaller-weight", "0.999 N in place of N", potential(window, tau, {.weight = less}));
      add_twin(o, "larger-error", "1.001 of the error", potential(window, tau, {.error = more}));
      all.push_back(std::move(o));
    }
  return all;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational less(999, 1000);
  const Rational more(1001, 1000);
  Obligation descent = obligation(
      "theorem/perturbed-iterate", "One step of the perturbed iterate", "theorem.hpp",
      {"<u, q> >= gap + mu/2 |u|^2, |q|^2 <= 2 L gap, 0 <= mu <= L",
       "=>  |xt+ - x*|^2 <= (1 - gamma mu/2)|xt - x*|^2 - gamma gap + 3 L gamma |e|^2 + gamma^2 E|g|^2"});
  descent.generated_from = "nothing: it is the inequality on the page of theory/error_feedback/theorem.hpp";
  state(descent, perturbed_iterate());
  add_twin(descent, "smaller-error", "2 L in place of 3 L", perturbed_iterate({.error = {2, 3}}));
  add_twin(descent, "twice-mu", "gamma mu in place of gamma mu/2", perturbed_iterate({.mu = 2}));
  add_twin(descent, "larger-descent", "1.001 gamma gap in place of gamma gap", perturbed_iterate({.gap = more}));

  Obligation recursion =
      obligation("theorem/error-recursion", "Error compensation: the errors shrink by 1 - delta/2, and grow by g",
                 "error_compensation.hpp",
                 {"C contractive with delta, (P2), (P3), k = (1 - delta)(2 - delta)/delta, q = 1 - delta",
                  "=>  E mean |e_i+|^2 <= (1 - delta/2) mean |e_i|^2 + gamma^2 (2 a gap + b1 s1 + b2 s2 + d1)"});
  state(recursion, error_recursion());
  add_twin(recursion, "faster", "1 - 0.501 delta in place of 1 - delta/2",
           error_recursion({.error = {1002, 1000}}));
  add_twin(recursion, "smaller-mean", "0.999 k", error_recursion({.worker = {less, less, less, less}}));
  add_twin(recursion, "smaller-variance", "0.999 q", error_recursion({.variance = {less, less, less, less}}));

  Obligation model =
      obligation("theorem/compensated-errors", "Error compensation is an error model", "error_compensation.hpp",
                 {"N = 12 L gamma/delta, Q = N mean |e_i|^2, eta <= delta/4, the recursion of the errors",
                  "=>  E Q+ + 3 L gamma |e|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1)"});
  state(model, compensated());
  add_twin(model, "larger-eta", "eta <= 1.001 delta/4", compensated({.eta = more}));
  add_twin(model, "smaller-weight", "0.999 N", compensated({.weight = less}));
  std::vector<Obligation> all = potentials();
  for (Obligation* o : {&descent, &recursion, &model}) all.push_back(std::move(*o));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_error_models
