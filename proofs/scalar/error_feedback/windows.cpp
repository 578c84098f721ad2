// The weights of a window of tau delayed steps: their recursion, and how large the first of them can get.
#include "proofs/scalar/error_feedback/parameters.hpp"
#include "proofs/scalar/topics.hpp"
#include "touchstone/theory/error_feedback/delay.hpp"

namespace touchstone::inline v0::proofs::topics::error_feedback_windows {

namespace {

/// What a twin makes too good.
struct Change {
  Rational added = 1;  ///< q_{j+1} plus this is (1 - eta) q_j
  Rational bound = 1;  ///< multiplies the bound in the conclusion
};

/// q_{j+1} + 1 = (1 - eta) q_j and (1 - eta) q_tau = 1.
Statement recursion(const Change& change = {}) {
  Statement s;
  const Term keep = s.positive("keep", "1 - eta");
  for (const Index tau : {1, 4}) {
    const std::vector<Term> q = window_weights(1 - keep, tau);
    for (std::size_t j = 0; j + 1 < q.size(); ++j) s.conclude(equal(q[j + 1] + Term(change.added), keep * q[j]));
    s.conclude(equal(1, keep * q.back()));
  }
  s.redundant({"keep-positive"});
  return s;
}

/// kappa <= tau/(1 - tau eta), from tau to tau + 1: the new q_1 is (q_1 + 1)/(1 - eta). For tau = 0 it says 0 <= 0.
Statement induction(const Change& change = {}) {
  Statement s;
  const Term tau = s.nonnegative("tau", "length of the window");
  const Term eta = s.nonnegative("eta", "V contracts by 1 - eta");
  const Term rest = s.positive("rest", "1 - (tau + 1) eta");
  const Term below = s.nonnegative("below", "kappa = tau/(1 - tau eta) - below");
  s.assume("window", equal(rest, 1 - (tau + 1) * eta), "(tau + 1) eta < 1");
  const Term kappa = tau / (rest + eta) - below;
  const Term keep = rest + tau * eta;  // 1 - eta
  s.conclude(less_equal((kappa + 1) / keep, Term(change.bound) * (tau + 1) / rest));
  s.hint({"window"}, tau + 1);
  s.hint({"window"});
  s.hint({"below-nonnegative"}, rest + eta);
  s.hint({"eta-nonnegative"}, tau);
  s.square(eta, tau * (tau + 1) / rest);
  return s;
}

/// The bound, and eta <= 1/(4 tau).
Statement bound(const Change& change = {}) {
  Statement s;
  const Term tau = s.positive("tau", "length of the window");
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  const Term kappa = s.nonnegative("kappa", "q_1 of the window");
  s.redundant({"tau-positive", "kappa-nonnegative"});
  s.assume("window", less_equal(kappa * (1 - tau * eta), tau), "error-feedback/delay/window-induction");
  s.assume("eta-1", less_equal(eta, delayed_errors<Term>({}, 1, tau, 1).gaps[0]), "eta <= 1/(4 tau)");
  s.conclude(less_equal(kappa, Term(change.bound) * largest_window_weight(tau)));
  s.hint({"window"}, Term(Rational(4, 3)));
  s.hint({"eta-1", "kappa-nonnegative"}, 4 * tau / 3);
  return s;
}

/// (1 - eta)^i >= 1 - i eta, from i to i + 1.
Statement powers(const Change& change = {}) {
  Statement s;
  const Term i = s.nonnegative("i", "exponent");
  const Term eta = s.variable("eta", "V contracts by 1 - eta");
  const Term power = s.variable("power", "(1 - eta)^i");
  s.assume("eta-at-most-one", less_equal(eta, 1), "eta <= 1");
  s.assume("induction-hypothesis", less_equal(1 - i * eta, power), "the bound at i");
  s.conclude(less_equal(1 - (i + Term(change.bound)) * eta, (1 - eta) * power));
  s.hint({"eta-at-most-one", "induction-hypothesis"});
  s.square(eta, i);
  return s;
}

Obligation obligation(const std::string& name, const std::string& title, std::vector<std::string> formula,
                      const Statement& statement) {
  Obligation o{.id = "error-feedback/delay/" + name,
               .claim = "error-feedback/delay/window",
               .title = title,
               .source = "derived",
               .generated_from = "theory/error_feedback/delay.hpp",
               .formula = std::move(formula)};
  state(o, statement);
  return o;
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation weights = obligation("window-recursion", "Weights of a window: their recursion, for 1 and 4 steps",
                                  {"q_{j+1} + 1 = (1 - eta) q_j,  1 = (1 - eta) q_tau"}, recursion());
  add_twin(weights, "nothing-added", "q_{j+1} = (1 - eta) q_j", recursion({.added = 0}));
  add_twin(weights, "more-added", "q_{j+1} + 1.001 = (1 - eta) q_j", recursion({.added = {1001, 1000}}));
  Obligation step =
      obligation("window-induction", "Weights of a window: kappa <= tau/(1 - tau eta), from tau to tau + 1",
                 {"kappa <= tau/(1 - tau eta), kappa+ = (kappa + 1)/(1 - eta), (tau + 1) eta < 1",
                  "=>  kappa+ <= (tau + 1)/(1 - (tau + 1) eta)"},
                 induction());
  step.generated_from = "nothing: the recursion is that of window-recursion";
  add_twin(step, "smaller-bound", "0.999 (tau + 1)", induction({.bound = {999, 1000}}));
  Obligation largest =
      obligation("window-bound", "Weights of a window: kappa <= 4 tau/3",
                 {"kappa (1 - tau eta) <= tau, eta <= 1/(4 tau)", "=>  kappa <= 4 tau/3"}, bound());
  add_twin(largest, "smaller-bound", "0.999 of 4 tau/3", bound({.bound = {999, 1000}}));
  Obligation bernoulli =
      obligation("window-powers", "Powers of 1 - eta, from i to i + 1",
                 {"(1 - eta)^i >= 1 - i eta", "=>  (1 - eta)^{i+1} >= 1 - (i + 1) eta"}, powers());
  bernoulli.generated_from = "nothing: it is about real numbers";
  add_twin(bernoulli, "larger-power", "1 - (i + 0.999) eta", powers({.bound = {999, 1000}}));
  return {std::move(weights), std::move(step), std::move(largest), std::move(bernoulli)};
}

}  // namespace touchstone::inline v0::proofs::topics::error_feedback_windows
