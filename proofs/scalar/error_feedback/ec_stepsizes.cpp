// The stepsize of error compensation makes theta large enough, and where theta >= 0, delta/4 does not limit the rate.
#include "proofs/scalar/error_feedback/ec_method.hpp"
#include "proofs/scalar/topics.hpp"

namespace touchstone::inline v0::proofs::topics::error_compensation_stepsizes {

namespace {

constexpr const char* claim = "error-feedback/ec-gd/stepsize";

/// What a twin makes too good.
struct Change {
  Rational stepsize = 1;  ///< multiplies the declared stepsize
  Rational radicand = 1;  ///< multiplies what t^2 must reach
  Rational theta = 0;     ///< the least theta allowed
  Rational mu = 1;        ///< mu may be as large as this times L
};

/// gamma <= 2c/(A' + t) implies theta >= 1 - 2c.
Statement descent(EcMethod method, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term delta = s.positive("delta", "contraction of the compressor");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term share = s.positive("c", "descent share");
  const Term t = s.nonnegative("t", "at least the root of the radicand");
  const ErrorCompensationConstants<Term> row = constants(method, L, 0);
  const ErrorModel<Term> errors = compensated_errors(row, L, delta);
  const Term radicand = stepsize_radicand(row, errors, share);
  s.assume("root", less_equal(Term(change.radicand) * radicand, t * t), "t^2 >= the radicand");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * error_feedback_stepsize(row, t, share)),
           "gamma is at most the declared stepsize");
  s.redundant({"L-positive", "delta-positive", "c-positive"});
  s.conclude(less_equal(1 - 2 * share, descent_coefficient(row, errors, gamma)));

  s.hint({"root"}, gamma * gamma / (4 * share));
  s.hint({"stepsize"}, gamma * t * (row.mean.A + t) / (2 * share));
  s.square(2 * share - gamma * (row.mean.A + t), 1 / (4 * share));
  return s;
}

/// theta >= 0 implies gamma mu/2 <= delta/4.
Statement rate(EcMethod method, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.variable("mu", "quasi-strong convexity of f; any sign");
  const Term delta = contraction_delta(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const ErrorCompensationConstants<Term> row = constants(method, L, 0);
  const ErrorModel<Term> errors = compensated_errors(row, L, delta);
  s.assume("mu-at-most-L", less_equal(mu, Term(change.mu) * L), "mu <= L");
  s.assume("theta", less_equal(Term(change.theta), descent_coefficient(row, errors, gamma)), "theta >= 0");
  const std::vector<Term> gaps = error_feedback_gaps(row, errors, gamma, mu);
  s.redundant({"L-positive"});
  s.conclude(less_equal(gaps[0], gaps[1]));

  // From gamma mu/2 > delta/4 follows gamma L > delta/2, where theta has become negative.
  s.hint({"theta"});
  s.hint({"negated-goal"});
  s.hint({"mu-at-most-L"}, gamma);
  s.hint({"delta-at-most-one"});
  s.hint({"delta-at-most-one", "delta-at-most-one"});
  const Term factor = row.worker_mean.A * (gamma * L + delta / 2) / (L * delta * delta);
  for (const std::vector<std::string>& one_minus_delta :
       {std::vector<std::string>{"delta-at-most-one"}, {"delta-at-most-one", "delta-at-most-one"}}) {
    std::vector<std::string> hypotheses = one_minus_delta;
    hypotheses.emplace_back("mu-at-most-L");
    s.hint(hypotheses, factor * gamma);
    hypotheses.back() = "negated-goal";
    s.hint(hypotheses, factor);
  }
  return s;
}

Obligation descent_obligation(EcMethod method) {
  Obligation o{.id = folder(method) + "/stepsize",
               .claim = claim,
               .title = title(method) + ": the declared stepsize keeps the descent",
               .source = "derived",
               .generated_from = "theory/error_feedback/ec_gd.hpp, theory/error_feedback/theorem.hpp",
               .formula = {"gamma <= 2c/(A' + t), t^2 >= A'^2 + 48 c L k A/delta", "=>  theta >= 1 - 2c"}};
  state(o, descent(method));
  add_twin(o, "larger-stepsize", "1.001 times the declared stepsize", descent(method, {.stepsize = {1001, 1000}}));
  add_twin(o, "smaller-root", "t^2 >= 0.999 of the radicand", descent(method, {.radicand = {999, 1000}}));
  return o;
}

Obligation rate_obligation(EcMethod method) {
  Obligation o{.id = folder(method) + "/stepsize-rate",
               .claim = claim,
               .title = title(method) + ": an admissible stepsize contracts by gamma mu/2",
               .source = "derived",
               .generated_from = "theory/error_feedback/ec_gd.hpp, theory/error_feedback/theorem.hpp",
               .formula = {"theta >= 0, mu <= L", "=>  gamma mu/2 <= delta/4"}};
  state(o, rate(method));
  add_twin(o, "negative-theta", "theta >= -1/1000 in place of theta >= 0", rate(method, {.theta = {-1, 1000}}));
  add_twin(o, "mu-above-L", "mu <= 1.001 L in place of mu <= L", rate(method, {.mu = {1001, 1000}}));
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const EcMethod method : {EcMethod::ec_gd, EcMethod::ec_gd_star}) {
    all.push_back(descent_obligation(method));
    all.push_back(rate_obligation(method));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_compensation_stepsizes
