// With an admissible stepsize the errors do not limit the rate: gamma mu/2 is at most delta/4, or 1/(4 tau).
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/averaged.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_rates {

namespace {

enum class Admissible { theta, averaged };

/// What a twin makes too good.
struct Change {
  Rational gap = 1;   ///< multiplies the error model's gap: delta/4 or 1/(4 tau)
  bool free = false;  ///< the stepsize is not limited
};

/// P and Z of a row, bounded from below as those of all rows are.
struct Row {
  ErrorFeedbackConstants<Term> c;
  Term P, Z;
};

Row row(Statement& s) {
  const Term P = s.variable("P", "P of the row");
  return {{.mean = {P, 0, 0, 0}}, P, s.variable("Z", "Z of the row and the errors")};
}

/// theta >= 0, or the conditions of the weighted average.
void assume_admissible(Statement& s, Admissible how, const Row& r, const ErrorModel<Term>& errors,
                       const Term& gamma, const Change& change) {
  if (change.free) return;
  if (how == Admissible::theta) {
    s.assume("theta", less_equal(0, descent_coefficient(r.c, errors, gamma)), "theta >= 0");
    return;
  }
  const SimpleStepsize<Term> bounds = averaged_stepsize(r.c, errors);
  s.assume("stepsize", less_equal(gamma * bounds.inverse, 1), "gamma <= 1/(4 P)");
  s.assume("stepsize-square", less_equal(gamma * gamma * bounds.inverse_square, 1), "gamma^2 <= 1/(8 w Z)");
}

/// Products for a contradiction, all of them times the same hypotheses: the negated goal where they add up to less than
/// zero by a margin, none where they add up to zero.
class Contradiction {
 public:
  Contradiction(Statement& s, Term gamma, std::vector<std::string> common)
      : s_(s), gamma_(std::move(gamma)), common_(std::move(common)) {}

  void hint(std::vector<std::string> hypotheses, const Term& factor = 1) const {
    hypotheses.insert(hypotheses.end(), common_.begin(), common_.end());
    s_.hint(hypotheses, factor);
  }
  /// gamma L is above its limit by gamma (L - mu) and twice the negated goal.
  void hint_excess(const Term& factor, std::vector<std::string> further = {}) const {
    further.emplace_back("mu-at-most-L");
    hint(further, gamma_ * factor);
    further.back() = "negated-goal";
    hint(further, factor);
  }
  void hint_admissible(Admissible how) const {
    for (const char* condition : {"theta", "stepsize", "stepsize-square"})
      if ((how == Admissible::theta) == (condition == std::string("theta"))) hint({condition});
    hint({"P-at-least-L"}, gamma_);
    hint_excess(1);
  }

 private:
  Statement& s_;
  Term gamma_;
  std::vector<std::string> common_;
};

/// k L <= Z: a is at least k A >= k L.
Statement compensated(Admissible how, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.variable("mu", "quasi-strong convexity of f; any sign");
  const Term delta = contraction_delta(s);
  const Term gamma = s.positive("gamma", "stepsize");
  const Row r = row(s);
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  s.assume("P-at-least-L", less_equal(L, r.P), "L <= A' <= P");
  s.assume("Z-at-least-k-L", less_equal(compression_factor(delta) * L, r.Z), "k L <= k A <= Z");
  ErrorModel<Term> errors = compensated_errors<Term>({}, L, delta);
  errors.moments.A = r.Z;
  assume_admissible(s, how, r, errors, gamma, change);
  s.conclude(less_equal(gamma * mu / 2, Term(change.gap) * errors.gaps[0]));
  if (change.free) return s;

  // y = gamma L > delta/2: y^2 k/delta = (y - delta/2)(y + delta/2) k/delta + (1 - delta)(2 - delta)/4
  s.redundant({"L-positive"});
  if (how == Admissible::averaged) s.redundant({"delta-at-most-one"});
  const Contradiction by(
      s, gamma, how == Admissible::theta ? std::vector<std::string>{} : std::vector<std::string>{"negated-goal"});
  by.hint_admissible(how);
  by.hint({"Z-at-least-k-L"}, gamma * gamma * L / delta);
  const Term factor = (gamma * L + delta / 2) / (delta * delta);
  by.hint_excess(factor, {"delta-at-most-one"});
  by.hint_excess(factor, {"delta-at-most-one", "delta-at-most-one"});
  by.hint({"delta-at-most-one"});
  by.hint({"delta-at-most-one", "delta-at-most-one"});
  by.hint({}, delta * delta);
  return s;
}

/// tau L <= Z for the delayed model, L <= Z for the buffered one; kappa is tau or more.
Statement delayed(Admissible how, bool given_buffer, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of every f_i");
  const Term mu = s.variable("mu", "quasi-strong convexity of f; any sign");
  const Term tau = s.positive("tau", "delay");
  const Term gamma = s.positive("gamma", "stepsize");
  const Row r = row(s);
  s.assume("mu-at-most-L", less_equal(mu, L), "mu <= L");
  s.assume("P-at-least-L", less_equal(L, r.P), "L <= A' <= P");
  s.assume("Z-at-least", less_equal(given_buffer ? L : tau * L, r.Z),
           given_buffer ? "L <= A' <= Z" : "tau L <= A' + (tau - 1) L <= Z");
  const Term kappa =
      how == Admissible::theta ? s.variable("kappa", "q_1 of the window") : largest_window_weight(tau);
  if (how == Admissible::theta)
    s.assume("kappa-at-least-tau", less_equal(tau, kappa), "kappa is a sum of tau terms >= 1");
  ErrorModel<Term> errors = given_buffer ? buffered_errors(r.c, L, tau, kappa) : delayed_errors(r.c, L, tau, kappa);
  errors.moments.A = r.Z;
  assume_admissible(s, how, r, errors, gamma, change);
  s.conclude(less_equal(gamma * mu / 2, Term(change.gap) * errors.gaps[0]));
  if (change.free) return s;

  // y = gamma L > 1/(2 tau): tau^2 y^2 = tau^2 (y - 1/(2 tau))(y + 1/(2 tau)) + 1/4
  s.redundant({"L-positive"});
  const Contradiction by(s, gamma, {"negated-goal"});
  by.hint_admissible(how);
  by.hint_excess(tau * tau * (gamma * L + 1 / (2 * tau)));
  by.hint({}, 1 / tau);
  const Term times_kappa = gamma * gamma * L * (given_buffer ? tau : Term(1));
  by.hint({"Z-at-least"}, times_kappa * tau);
  if (how == Admissible::averaged) {
    s.redundant({"stepsize", "P-at-least-L"});
  } else {
    by.hint({"Z-at-least", "kappa-at-least-tau"}, times_kappa);
    by.hint({"kappa-at-least-tau"}, gamma * gamma * L * L * tau);
  }
  return s;
}

/// L <= A' <= P: what the rates ask of every row.
Statement at_least_L(const Rational& factor = 1) {
  Statement s;
  const Term L = s.variable("L", "smoothness of every f_i");
  const Term n = s.positive("n", "workers");
  MomentBound<Term> variance = no_variance<Term>();
  variance.A = s.nonnegative("A_variance", "before 2 gap in the variance");
  s.conclude(less_equal(Term(factor) * L, mean_of_independent(L, variance, n).A));
  s.hint({"A_variance-nonnegative"}, 1 / n);
  s.redundant({"n-positive"});

  const Term B1 = s.nonnegative("B1", "before s1 in (P4)");
  const Term B2 = s.nonnegative("B2", "before s2 in (P4)");
  const MomentBound<Term> mean{s.variable("A", "before 2 gap in (P4)"), B1, B2, 0};
  const ShiftVariance<Term> shift{s.positive("rho1", "decay of s1"), s.nonnegative("C1", "before 2 gap in (P5)"),
                                  s.nonnegative("G", "before rho1 s2 in (P5)"), 0};
  const SamplingVariance<Term> sampling{s.positive("rho2", "decay of s2"),
                                        s.nonnegative("C2", "before 2 gap in (P6)")};
  const ErrorFeedbackConstants<Term> c{mean, shift, sampling};
  s.conclude(less_equal(mean.A, weighted_smoothness(c, c.mean)));
  s.hint({"C1-nonnegative", "B1-nonnegative"}, 1 / shift.rho);
  s.hint({"C2-nonnegative", "B2-nonnegative"}, 1 / sampling.rho);
  s.hint({"C2-nonnegative", "G-nonnegative", "B1-nonnegative"}, 1 / sampling.rho);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula) {
  return {.id = "error-feedback/theorem/rate-" + name,
          .claim = "error-feedback/theorem/rate",
          .title = title,
          .source = "derived",
          .generated_from = "theory/error_feedback/theorem.hpp, theory/error_feedback/averaged.hpp",
          .formula = std::move(formula)};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  const Change free{.free = true};
  for (const Admissible how : {Admissible::theta, Admissible::averaged}) {
    const bool averaged = how == Admissible::averaged;
    const std::string condition = averaged ? "gamma <= 1/(4 P), gamma^2 <= 1/(8 w Z)" : "theta >= 0";
    const std::string suffix = averaged ? "-averaged" : "";
    Obligation ec = obligation("compensated" + suffix, "Error compensation: delta/4 does not limit the rate",
                               {condition + ", mu <= L <= P, k L <= Z", "=>  gamma mu/2 <= delta/4"});
    state(ec, compensated(how));
    add_twin(ec, "any-stepsize", "a stepsize that is not limited", compensated(how, free));
    add_twin(ec, "smaller-gap", averaged ? "delta/8 in place of delta/4" : "0.999 delta/4 in place of delta/4",
             compensated(how, {.gap = averaged ? Rational(1, 8) : Rational(999, 1000)}));
    all.push_back(std::move(ec));
    for (const bool given_buffer : {false, true}) {
      Obligation d =
          obligation((given_buffer ? "buffered" : "delayed") + suffix,
                     given_buffer ? "Delayed updates, given the buffer: 1/(4 tau) does not limit the rate"
                                  : "Delayed updates: 1/(4 tau) does not limit the rate",
                     {condition + ", mu <= L <= P, " + (given_buffer ? "L <= Z" : "tau L <= Z"),
                      "=>  gamma mu/2 <= 1/(4 tau)"});
      state(d, delayed(how, given_buffer));
      add_twin(d, "any-stepsize", "a stepsize that is not limited", delayed(how, given_buffer, free));
      add_twin(d, "smaller-gap", "1/(16 tau) in place of 1/(4 tau)",
               delayed(how, given_buffer, {.gap = Rational(1, 4)}));
      all.push_back(std::move(d));
    }
  }
  Obligation bound{.id = "error-feedback/theorem/rate-rows",
                   .claim = "error-feedback/theorem/rate",
                   .title = "Every row has L <= A' <= P",
                   .source = "derived",
                   .generated_from = "theory/error_feedback/estimators.hpp, theory/error_feedback/theorem.hpp",
                   .formula = {"A' = L + A~/n, A~ >= 0, the constants of (P4), (P5), (P6) are not negative",
                               "=>  L <= A' <= P"}};
  state(bound, at_least_L());
  add_twin(bound, "larger", "1.001 L <= A'", at_least_L({1001, 1000}));
  all.push_back(std::move(bound));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_rates
