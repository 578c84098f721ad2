// The weighted-average theorem of chapter 3 (EF-W): one step, the sum of the errors, and the theorem. "Sum of" something is sum_k w_k times it, w_k = (1 - eta)^-(k+1), k <= K.
#include "touchstone/theory/error_feedback/averaged.hpp"
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_averaged {

namespace {

/// What a twin makes too good.
struct Change {
  Rational bound = 1;     ///< multiplies the bound in the conclusion
  Rational stepsize = 1;  ///< multiplies the bounds on gamma and gamma^2
  Rational F1 = 1, F2 = 1, D3 = 1;
};

/// One step with 4 gamma P <= 1: half of the descent is left for the errors.
Statement step(const Change& change = {}) {
  Statement s;
  const ErrorFeedbackConstants<Term> c{.mean = {s.variable("P", "P of the row"), 0, 0, 0}};
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term gamma = s.nonnegative("gamma", "stepsize");
  const Term gap = s.nonnegative("gap", "E f(x^k) - f(x*)");
  const Term error = s.variable("ee", "E|e|^2");
  const Term noise = s.variable("noise", "gamma^2 (D1' + M1 D2)");
  const Term rest = s.variable("rest", "(1 - eta) E T^k");
  const Term next = s.variable("next_T", "E T^{k+1}");
  const Term theta = descent_coefficient(c, no_errors<Term>(), gamma);
  s.assume("stepsize", less_equal(gamma * averaged_stepsize(c, no_errors<Term>()).inverse, Term(change.stepsize)),
           "gamma <= 1/(4 P)");
  s.assume("one-step", less_equal(next, rest - gamma * theta * gap + 3 * L * gamma * error + noise),
           "error-feedback/theorem/one-step with N = 0 and Q+ - Q = -3 L gamma E|e|^2");
  s.conclude(less_equal(next, rest - gamma * gap / 2 + 3 * L * gamma * error + noise));
  s.hint({"one-step"});
  s.hint({"stepsize", "gap-nonnegative"}, gamma);
  return s;
}

/// The sums that appear in the theorem, with a row and an error model.
struct Sums {
  ErrorFeedbackConstants<Term> c;
  ErrorModel<Term> errors;
  Term L, gamma, noise_factor;
  Term gap, error, W, s1, s2;
  Term bound;  ///< F1 s1_0 + F2 s2_0 + gamma D3 W
};

Sums sums(Statement& s, const Change& change) {
  Sums v{.c = error_feedback_constants(s),
         .errors = error_model(s),
         .L = s.variable("L", "smoothness of every f_i"),
         .gamma = s.positive("gamma", "stepsize"),
         .noise_factor = s.variable("u", "6 L/delta for error compensation, 3 L tau for delay"),
         .gap = s.nonnegative("gap", "sum of E gap"),
         .error = s.variable("ee", "sum of E|e|^2"),
         .W = s.variable("W", "sum of the weights"),
         .s1 = s.variable("s1_0", "s1 at the start"),
         .s2 = s.variable("s2_0", "s2 at the start"),
         .bound = {}};
  const LyapunovWeights<Term> F = averaged_initial_factors(v.c, v.errors, v.gamma);
  v.bound = Term(change.F1) * F.shift * v.s1 + Term(change.F2) * F.sampling * v.s2 +
            Term(change.D3) * v.gamma * averaged_error_noise(v.c, v.errors.moments, v.noise_factor, v.gamma) * v.W;
  return v;
}

/// 3 L sum of E|e|^2 <= (1/4) sum of E gap + F1 s1_0 + F2 s2_0 + gamma D3 W
Statement error_bound(const Change& change = {}) {
  Statement s;
  const Sums v = sums(s, change);
  s.redundant({"B1_mean-nonnegative", "B2_mean-nonnegative", "gamma-positive"});
  const auto& [c, errors, L, gamma, u, gap, error, W, s1, s2, bound] = v;
  const Term S1 = s.variable("S1", "sum of E max{s1 - D2/rho1, 0}");
  const Term S2 = s.variable("S2", "sum of E s2");
  const MomentBound<Term>& d = errors.moments;
  s.assume("sum-of-s2", less_equal(3 * c.sampling->rho * S2, 4 * (s2 + 2 * c.sampling->C * gap)), "weighted-sum");
  s.assume("sum-of-s1",
           less_equal(3 * c.shift->rho * S1, 4 * (s1 + 2 * c.shift->C * gap + c.shift->G * c.shift->rho * S2)),
           "weighted-sum, weighted-sum-excess");
  s.assume("sum-of-errors",
           less_equal(3 * L * error, gamma * gamma *
                                         (errors.weight * (2 * d.A * gap + d.B1 * S1 + d.B2 * S2) +
                                          u * (d.D + d.B1 * c.shift->D / c.shift->rho) * W)),
           "weighted-error-sum and -excess, or the window's sum");
  s.assume("stepsize",
           less_equal(gamma * gamma * averaged_stepsize(c, errors).inverse_square, Term(change.stepsize)),
           "8 w Z gamma^2 <= 1");
  s.conclude(less_equal(3 * L * error, Term(change.bound) * gap / 4 + bound));
  const Term factor = gamma * gamma * errors.weight;
  const LyapunovWeights<Term> M = lyapunov_weights(c, d);
  s.hint({"sum-of-errors"});
  s.hint({"sum-of-s1"}, factor * M.shift / 4);
  s.hint({"sum-of-s2"}, factor * M.sampling / 4);
  s.hint({"stepsize", "gap-nonnegative"}, Term(Rational(1, 4)));
  return s;
}

/// E f(xbar) - f(x*) <= 4 (T^0 + gamma F1 s1_0 + gamma F2 s2_0)/(gamma W) + 4 gamma (D1' + M1 D2 + D3)
Statement theorem(const Change& change = {}) {
  Statement s;
  const Term gamma = s.positive("gamma", "stepsize");
  const Term W = s.positive("W", "sum of the weights");
  const Term gap = s.variable("gap", "sum of E gap");
  const Term error = s.variable("ee", "sum of E|e|^2");
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term first = s.variable("T0", "T^0");
  const Term last = s.nonnegative("T", "w_K E T^{K+1}");
  const Term initial = s.variable("F", "F1 s1_0 + F2 s2_0");
  const Term gap_bar = s.variable("gap_bar", "E f(xbar) - f(x*)");
  // Of the row only its noise matters.
  const ErrorFeedbackConstants<Term> c{.mean = {0, 0, 0, s.variable("D", "D1' + M1 D2")}};
  const MomentBound<Term> moments{0, 0, 0, s.variable("d", "d1 + b1 D2/rho1")};
  const Term u = s.variable("u", "6 L/delta for error compensation, 3 L tau for delay");
  s.assume("steps",
           less_equal(gamma * gap / 2,
                      first - last + 3 * L * gamma * error + error_feedback_noise(c, no_errors<Term>(), gamma) * W),
           "averaged-step, summed");
  s.assume("sum-of-errors",
           less_equal(3 * L * error, gap / 4 + initial + gamma * averaged_error_noise(c, moments, u, gamma) * W),
           "averaged-errors");
  s.assume("convexity", less_equal(gap_bar, gap / W), "f is convex");
  s.redundant({"W-positive"});
  s.conclude(less_equal(gap_bar, 4 * (first + gamma * initial) / (gamma * W) +
                                     4 * Term(change.bound) * gamma * averaged_noise(c, moments, u, gamma)));
  s.hint({"steps"}, 4 / (gamma * W));
  s.hint({"sum-of-errors"}, 4 / W);
  s.hint({"T-nonnegative"}, 4 / (gamma * W));
  s.hint({"convexity"});
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      const Statement& statement) {
  Obligation o{.id = "error-feedback/theorem/" + name,
               .claim = "error-feedback/theorem/weighted-average",
               .title = title,
               .source = "slide 49; derived, the theorem of arXiv:2010.12292 with other constants",
               .generated_from = "theory/error_feedback/averaged.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational less(999, 1000);
  const Rational more(1001, 1000);
  std::vector<Obligation> all;
  Obligation one =
      obligation("averaged-step", "Weighted average: one step with 4 gamma P <= 1",
                 {"gamma <= 1/(4 P), one step with N = 0",
                  "=>  E T+ <= (1 - eta) T - (gamma/2) gap + 3 L gamma E|e|^2 + gamma^2 (D1' + M1 D2)"},
                 step());
  add_twin(one, "larger-stepsize", "4 gamma P <= 1.001", step({.stepsize = more}));
  Obligation of_errors =
      obligation("averaged-errors", "Weighted average: the sum of the errors",
                 {"8 w Z gamma^2 <= 1, the weighted sums of s1, s2 and the errors",
                  "=>  3 L sum w_k E|e^k|^2 <= (1/4) sum w_k E gap_k + F1 s1_0 + F2 s2_0 + gamma D3 W"},
                 error_bound());
  add_twin(of_errors, "larger-stepsize", "8 w Z gamma^2 <= 1.001", error_bound({.stepsize = more}));
  add_twin(of_errors, "smaller-share", "0.999/4 of the gaps", error_bound({.bound = less}));
  add_twin(of_errors, "smaller-F1", "0.999 F1", error_bound({.F1 = less}));
  add_twin(of_errors, "smaller-F2", "0.999 F2", error_bound({.F2 = less}));
  add_twin(of_errors, "smaller-D3", "0.999 D3", error_bound({.D3 = less}));
  Obligation whole = obligation(
      "averaged-theorem", "Weighted average: the theorem",
      {"averaged-step, summed; averaged-errors; f convex",
       "=>  E f(xbar) - f(x*) <= 4 (T^0 + gamma F1 s1_0 + gamma F2 s2_0)/(gamma W) + 4 gamma (D1' + M1 D2 + D3)"},
      theorem());
  add_twin(whole, "smaller-noise", "0.999 of the noise", theorem({.bound = less}));
  for (Obligation* o : {&one, &of_errors, &whole}) all.push_back(std::move(*o));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_averaged
