// The stepsizes of the theorem of chapter 3: S = P + N Z for any row and error model, and what makes theta large enough.
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_stepsizes {

namespace {

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the declared stepsize
  Rational radicand = 1;  ///< multiplies what t^2 must reach, or the bound on gamma^2
  Rational Z = 1;         ///< multiplies Z
};

/// S = P + N Z; likewise for M1, M2 and the noise.
Statement linear(const Change& change = {}) {
  Statement s;
  const ErrorFeedbackConstants<Term> c = error_feedback_constants(s);
  const ErrorModel<Term> errors = error_model(s);
  const Term gamma = s.variable("gamma", "stepsize");
  const Term N = error_weight(errors, gamma);
  s.redundant({"B1_mean-nonnegative", "B2_mean-nonnegative", "B1_errors-nonnegative", "B2_errors-nonnegative",
               "rho1-positive", "rho2-positive", "G-nonnegative", "w-nonnegative"});
  s.conclude(equal(error_feedback_smoothness(c, errors, gamma),
                   weighted_smoothness(c, c.mean) + Term(change.Z) * N * weighted_smoothness(c, errors.moments)));
  const LyapunovWeights<Term> all = error_feedback_weights(c, errors, gamma);
  const LyapunovWeights<Term> of_mean = lyapunov_weights(c, c.mean);
  const LyapunovWeights<Term> of_errors = lyapunov_weights(c, errors.moments);
  s.conclude(equal(all.shift, of_mean.shift + N * of_errors.shift));
  s.conclude(equal(all.sampling, of_mean.sampling + N * of_errors.sampling));
  s.conclude(equal(error_feedback_noise(c, errors, gamma),
                   gamma * gamma * (weighted_noise(c, c.mean) + N * weighted_noise(c, errors.moments))));
  return s;
}

/// A row and an error model with the given P and Z.
struct Rates {
  ErrorFeedbackConstants<Term> c;
  ErrorModel<Term> errors;
  Term P, Z;
};

Rates rates(Statement& s) {
  const Term P = s.positive("P", "smoothness of the mean, with M1 and M2");
  const Term Z = s.variable("Z", "smoothness of the errors, with M1 and M2");
  const Term w = s.variable("w", "N/gamma");
  return {{.mean = {P, 0, 0, 0}}, {w, {Z, 0, 0, 0}, {}}, P, Z};
}

/// gamma <= 2c/(P + t), t^2 >= P^2 + 4 c w Z: theta >= 1 - 2c.
Statement largest(const Change& change = {}) {
  Statement s;
  const Rates r = rates(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Term share = s.positive("c", "descent share");
  const Term t = s.nonnegative("t", "at least the root of the radicand");
  s.assume("root", less_equal(Term(change.radicand) * stepsize_radicand(r.c, r.errors, share), t * t),
           "t^2 >= stepsize_radicand(c, errors, share)");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * error_feedback_stepsize(r.c, t, share)),
           "gamma <= error_feedback_stepsize(c, t, share)");
  s.redundant({"P-positive", "c-positive"});
  s.conclude(less_equal(1 - 2 * share, descent_coefficient(r.c, r.errors, gamma)));
  s.hint({"root"}, gamma * gamma / (4 * share));
  s.hint({"stepsize"}, gamma * t * (r.P + t) / (2 * share));
  s.square(2 * share - gamma * (r.P + t), 1 / (4 * share));
  return s;
}

/// 8 P gamma <= 1, 8 w Z gamma^2 <= 1: theta >= 1/2.
Statement simple(const Change& change = {}) {
  Statement s;
  const Rates r = rates(s);
  s.redundant({"P-positive"});
  const Term gamma = s.variable("gamma", "stepsize");
  const SimpleStepsize<Term> bounds = simple_stepsize(r.c, r.errors);
  s.assume("stepsize", less_equal(gamma * bounds.inverse, Term(change.stepsize)), "gamma <= 1/(8 P)");
  s.assume("stepsize-square", less_equal(gamma * gamma * bounds.inverse_square, Term(change.radicand)),
           "gamma^2 <= 1/(8 w Z)");
  s.conclude(less_equal(Term(Rational(1, 2)), descent_coefficient(r.c, r.errors, gamma)));
  s.hint({"stepsize"}, Term(Rational(1, 4)));
  s.hint({"stepsize-square"}, Term(Rational(1, 4)));
  return s;
}

/// gamma <= 1/P: the error-free step descends.
Statement error_free(const Change& change = {}) {
  Statement s;
  const Rates r = rates(s);
  const Term gamma = s.variable("gamma", "stepsize");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * error_free_stepsize(r.c)), "gamma <= 1/P");
  s.redundant({"P-positive"});
  s.conclude(less_equal(0, error_free_descent(r.c, gamma)));
  s.hint({"stepsize"}, 2 * r.P);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      const Statement& statement) {
  Obligation o{.id = "error-feedback/theorem/" + name,
               .claim = "error-feedback/theorem/stepsize",
               .title = title,
               .source = "derived",
               .generated_from = "theory/error_feedback/theorem.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  const Rational less(999, 1000);
  const Rational more(1001, 1000);
  Obligation identity =
      obligation("stepsize-linear", "M1, M2, S and the noise are linear in N",
                 {"S = P + N Z,  M1 = M1(mean) + N M1(errors),  M2 likewise, and the noise"}, linear());
  add_twin(identity, "smaller-Z", "0.999 Z", linear({.Z = less}));
  add_twin(identity, "larger-Z", "1.001 Z", linear({.Z = more}));
  Obligation of_root = obligation("stepsize-largest", "The largest stepsize with theta >= 1 - 2c",
                                  {"gamma <= 2c/(P + t), t^2 >= P^2 + 4 c w Z", "=>  theta >= 1 - 2c"}, largest());
  add_twin(of_root, "larger-stepsize", "1.001 times the declared stepsize", largest({.stepsize = more}));
  add_twin(of_root, "smaller-root", "t^2 >= 0.999 of the radicand", largest({.radicand = less}));
  Obligation without_root = obligation("stepsize-simple", "A stepsize without a root of a sum",
                                       {"gamma <= 1/(8 P), gamma^2 <= 1/(8 w Z)", "=>  theta >= 1/2"}, simple());
  add_twin(without_root, "larger-stepsize", "1.001/(8 P)", simple({.stepsize = more}));
  add_twin(without_root, "larger-square", "1.001/(8 w Z)", simple({.radicand = more}));
  Obligation free = obligation("stepsize-error-free", "The largest stepsize where there are no errors",
                               {"gamma <= 1/P", "=>  2 (1 - gamma P) >= 0"}, error_free());
  add_twin(free, "larger-stepsize", "1.001/P", error_free({.stepsize = more}));
  return {std::move(identity), std::move(of_root), std::move(without_root), std::move(free)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_stepsizes
