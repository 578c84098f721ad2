// One step of the theorem of chapter 3 (EF-L), for any error model, with and without the variance sequences; and the
// sharper step where there are no errors (EF-0).
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_one_step {

namespace {

/// What a twin makes too good. The hypotheses keep the true constants; these multiply what the conclusion is made of.
struct Change {
  MomentBound<Rational> mean{1, 1, 1, 1}, errors{1, 1, 1, 1};
  Rational C1 = 1, G = 1, D2 = 1, C2 = 1;
  Rational mu = 1, rho1 = 1, rho2 = 1;  ///< in the contraction
  Rational weight = 1;                  ///< multiplies N
};

MomentBound<Term> changed(const MomentBound<Term>& bound, const MomentBound<Rational>& by) {
  return {Term(by.A) * bound.A, Term(by.B1) * bound.B1, Term(by.B2) * bound.B2, Term(by.D) * bound.D};
}

ErrorFeedbackConstants<Term> claimed(ErrorFeedbackConstants<Term> c, const Change& change) {
  c.mean = changed(c.mean, change.mean);
  if (c.shift) {
    c.shift->C *= Term(change.C1);
    c.shift->G *= Term(change.G);
    c.shift->D *= Term(change.D2);
  }
  if (c.sampling) c.sampling->C *= Term(change.C2);
  return c;
}

/// The rates of the variance sequences as a twin would have them.
ErrorFeedbackConstants<Term> contracting(ErrorFeedbackConstants<Term> c, const Change& change) {
  if (c.shift) c.shift->rho *= Term(change.rho1);
  if (c.sampling) c.sampling->rho *= Term(change.rho2);
  return c;
}

/// The state, and what the assumption says of the next one.
struct Step {
  Term distance, next_distance, gap, s1 = 0, s2 = 0, next_s1 = 0, next_s2 = 0, moment;
};

Step step(Statement& s, const ErrorFeedbackConstants<Term>& c) {
  Step v{.distance = s.nonnegative("R", "|xt - x*|^2"),
         .next_distance = s.variable("next_R", "E|xt+ - x*|^2"),
         .gap = s.variable("gap", "f(x) - f(x*)"),
         .moment = s.variable("moment", "E|g|^2")};
  if (c.shift) {
    v.s1 = s.nonnegative("s1", "variance of the shifts");
    v.next_s1 = s.variable("next_s1", "E s1+");
  }
  if (c.sampling) {
    v.s2 = s.nonnegative("s2", "variance of the reference points");
    v.next_s2 = s.variable("next_s2", "E s2+");
  }
  s.assume("P4", less_equal(v.moment, value(c.mean, v.gap, v.s1, v.s2)), "(P4)");
  if (c.shift)
    s.assume("P5",
             less_equal(v.next_s1, (1 - c.shift->rho) * v.s1 + 2 * c.shift->C * v.gap +
                                       c.shift->G * c.shift->rho * v.s2 + c.shift->D),
             "(P5)");
  if (c.sampling)
    s.assume("P6", less_equal(v.next_s2, (1 - c.sampling->rho) * v.s2 + 2 * c.sampling->C * v.gap), "(P6)");
  return v;
}

/// M1 gamma^2 s1 + M2 gamma^2 s2
Term weighted(const LyapunovWeights<Term>& M, const Term& gamma, const Term& s1, const Term& s2) {
  return gamma * gamma * (M.shift * s1 + M.sampling * s2);
}

/// The products that both theorems have in common. The first gap is that of the distance.
void add_hints(Statement& s, const ErrorFeedbackConstants<Term>& c, const LyapunovWeights<Term>& M,
               const Term& gamma) {
  s.hint({"descent"});
  s.hint({"P4"}, gamma * gamma);
  s.hint({"eta-1", "R-nonnegative"});
  std::string sampling_gap = "eta-2";
  if (c.shift) {
    s.hint({"P5"}, gamma * gamma * M.shift);
    s.hint({"eta-2", "s1-nonnegative"}, gamma * gamma * M.shift);
    sampling_gap = "eta-3";
  }
  if (c.sampling) {
    s.hint({"P6"}, gamma * gamma * M.sampling);
    s.hint({sampling_gap, "s2-nonnegative"}, gamma * gamma * M.sampling);
  }
}

Statement with_errors(const Sequences& which, const Change& change = {}) {
  Statement s;
  const ErrorFeedbackConstants<Term> c = error_feedback_constants(s, which);
  const ErrorModel<Term> errors = error_model(s, which);
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term mu = s.variable("mu", "quasi-strong convexity of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Step v = step(s, c);
  const Term error = s.variable("ee", "|e|^2, e the mean of the errors");
  const Term Q = s.variable("Q", "potential of the errors");
  const Term next_Q = s.variable("next_Q", "E Q+");
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  s.assume("descent",
           less_equal(v.next_distance, (1 - gamma * mu / 2) * v.distance - gamma * v.gap + 3 * L * gamma * error +
                                           gamma * gamma * v.moment),
           "error-feedback/theorem/perturbed-iterate");
  s.assume("errors",
           less_equal(next_Q + 3 * L * gamma * error, (1 - eta) * Q + gamma * gamma * error_weight(errors, gamma) *
                                                                          value(errors.moments, v.gap, v.s1, v.s2)),
           "the error model");
  assume_gaps(s, eta, error_feedback_gaps(contracting(c, change), errors, gamma, Term(change.mu) * mu),
              "error_feedback_gaps(c, errors, gamma, mu)");

  const ErrorFeedbackConstants<Term> concluded = claimed(c, change);
  const ErrorModel<Term> claimed_errors{
      Term(change.weight) * errors.weight, changed(errors.moments, change.errors), {}};
  const LyapunovWeights<Term> M = error_feedback_weights(concluded, claimed_errors, gamma);
  const Term V = v.distance + weighted(M, gamma, v.s1, v.s2) + Q;
  const Term next_V = v.next_distance + weighted(M, gamma, v.next_s1, v.next_s2) + next_Q;
  s.conclude(less_equal(next_V, (1 - eta) * V -
                                    gamma * descent_coefficient(concluded, claimed_errors, gamma) * v.gap +
                                    error_feedback_noise(concluded, claimed_errors, gamma)));
  add_hints(s, c, M, gamma);
  s.hint({"errors"});
  if (!which.shift && !which.sampling)
    s.redundant({"w-nonnegative", "gamma-positive"});  // no M1, M2 to keep their sign
  return s;
}

Statement without_errors(const Sequences& which, const Change& change = {}) {
  Statement s;
  const ErrorFeedbackConstants<Term> c = error_feedback_constants(s, which);
  const Term mu = s.variable("mu", "quasi-strong convexity of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Step v = step(s, c);
  const Term inner = s.variable("inner", "<grad f(x), x - x*>");
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  s.assume("descent", less_equal(v.next_distance, v.distance - 2 * gamma * inner + gamma * gamma * v.moment),
           "(P1) and the square of xt+ - x*");
  s.assume("quasi-strong-convexity", less_equal(v.gap + mu / 2 * v.distance, inner),
           "f is mu-quasi-strongly convex");
  assume_gaps(s, eta, error_free_gaps(contracting(c, change), gamma, Term(change.mu) * mu),
              "error_free_gaps(c, gamma, mu)");

  const ErrorFeedbackConstants<Term> concluded = claimed(c, change);
  const LyapunovWeights<Term> M = lyapunov_weights(concluded, concluded.mean);
  const Term V = v.distance + weighted(M, gamma, v.s1, v.s2);
  const Term next_V = v.next_distance + weighted(M, gamma, v.next_s1, v.next_s2);
  s.conclude(less_equal(next_V, (1 - eta) * V - gamma * error_free_descent(concluded, gamma) * v.gap +
                                    error_feedback_noise(concluded, no_errors<Term>(), gamma)));
  add_hints(s, c, M, gamma);
  s.hint({"quasi-strong-convexity"}, 2 * gamma);
  return s;
}

using Make = Statement (*)(const Sequences&, const Change&);

void add_twins(Obligation& o, Make make, const Sequences& which) {
  const Rational less(999, 1000);
  const auto twin = [&](const std::string& name, const std::string& change_in_words, const Change& change) {
    add_twin(o, name, change_in_words, make(which, change));
  };
  twin("smaller-A", "0.999 A' in place of A'", {.mean = {less, 1, 1, 1}});
  twin("smaller-D1", "0.999 D1' in place of D1'", {.mean = {1, 1, 1, less}});
  twin("twice-mu", "2 mu in place of mu in eta", {.mu = 2});
  if (which.shift) {
    twin("smaller-B1", "0.999 B1' in place of B1'", {.mean = {1, less, 1, 1}});
    twin("smaller-C1", "0.999 C1 in place of C1", {.C1 = less});
    twin("smaller-D2", "0.999 D2 in place of D2", {.D2 = less});
    twin("larger-rho1", "1.01 rho1 in place of rho1 in eta", {.rho1 = {101, 100}});
  }
  if (which.sampling) {
    twin("smaller-B2", "0.999 B2' in place of B2'", {.mean = {1, 1, less, 1}});
    twin("smaller-C2", "0.999 C2 in place of C2", {.C2 = less});
    twin("larger-rho2", "1.01 rho2 in place of rho2 in eta", {.rho2 = {101, 100}});
  }
  if (which.shift && which.sampling) twin("smaller-G", "0.999 G in place of G", {.G = less});
}

void add_error_twins(Obligation& o, const Sequences& which) {
  const Rational less(999, 1000);
  const auto twin = [&](const std::string& name, const std::string& change_in_words, const Change& change) {
    add_twin(o, name, change_in_words, with_errors(which, change));
  };
  twin("smaller-a", "0.999 a in place of a", {.errors = {less, 1, 1, 1}});
  twin("smaller-d1", "0.999 d1 in place of d1", {.errors = {1, 1, 1, less}});
  twin("smaller-weight", "0.999 N in place of N", {.weight = less});
  if (which.shift) twin("smaller-b1", "0.999 b1 in place of b1", {.errors = {1, less, 1, 1}});
  if (which.sampling) twin("smaller-b2", "0.999 b2 in place of b2", {.errors = {1, 1, less, 1}});
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const Sequences& which : {Sequences{}, {true, false}, {false, true}, {false, false}}) {
    Obligation o{
        .id = "error-feedback/theorem/one-step" + suffix_of(which),
        .claim = "error-feedback/theorem/one-step",
        .title = "Theorem of chapter 3, one step, any error model" + in_words(which),
        .source = error_feedback_source,
        .generated_from = "theory/error_feedback/theorem.hpp",
        .formula = {"(P4), (P5), (P6), E|xt+ - x*|^2 <= (1 - gamma mu/2)|xt - x*|^2 - gamma gap + 3 L gamma |e|^2 "
                    "+ gamma^2 E|g|^2",
                    "E Q+ + 3 L gamma |e|^2 <= (1 - eta) Q + gamma^2 N (2 a gap + b1 s1 + b2 s2 + d1)",
                    "eta <= gamma mu/2, eta <= rho1/4, eta <= rho2/4",
                    "=>  E V+ <= (1 - eta) V - gamma theta gap + gamma^2 (D1' + M1 D2 + N d1)"}};
    state(o, with_errors(which));
    add_twins(o, with_errors, which);
    add_error_twins(o, which);
    all.push_back(std::move(o));
    Obligation free{.id = "error-feedback/theorem/error-free-one-step" + suffix_of(which),
                    .claim = "error-feedback/theorem/error-free",
                    .title = "Theorem of chapter 3, one step, without errors" + in_words(which),
                    .source = "derived (EF-0)",
                    .generated_from = "theory/error_feedback/theorem.hpp",
                    .formula = {"(P1), (P4), (P5), (P6), eta <= gamma mu, eta <= rho1/4, eta <= rho2/4",
                                "=>  E V+ <= (1 - eta) V - 2 gamma (1 - gamma P) gap + gamma^2 (D1' + M1 D2)"}};
    state(free, without_errors(which));
    add_twins(free, without_errors, which);
    all.push_back(std::move(free));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_one_step
