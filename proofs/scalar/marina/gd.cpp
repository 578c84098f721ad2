// Gradient descent on functions that need not be convex: one step, without and with the PL condition.
#include "touchstone/theory/marina/gd.hpp"

#include "proofs/scalar/topics.hpp"
#include "proofs/statement.hpp"

namespace touchstone::inline v0::proofs::topics::marina_gd {

namespace {

/// What a twin makes too good.
struct Change {
  Rational gain = 1;      ///< multiplies the promised descent, or contraction
  Rational stepsize = 1;  ///< multiplies 1/L
};

Statement step(bool pl, const Change& change = {}) {
  Statement s;
  const Term L = s.positive("L", "smoothness of f");
  const Term gamma = s.positive("gamma", "stepsize");
  const Term gap = s.variable("gap", "f(x) - inf f");
  const Term next = s.variable("next_gap", "f(x+) - inf f");
  const Term N = s.nonnegative("N", "|grad f(x)|^2");
  s.assume("smoothness", less_equal(next, gap - gamma * N + L / 2 * (gamma * gamma * N)), "f is L-smooth");
  s.assume("stepsize", less_equal(gamma, Term(change.stepsize) * gd_nonconvex_stepsize(L)),
           "gamma <= gd_nonconvex_stepsize(L)");
  s.redundant({"L-positive"});
  s.hint({"smoothness"});
  s.hint({"stepsize", "N-nonnegative"}, gamma / 2 * L);
  if (!pl) {
    s.conclude(less_equal(next, gap - Term(change.gain) * gamma / 2 * N));
    return s;
  }
  const Term mu = s.variable("mu", "constant of the PL condition");
  s.assume("PL", less_equal(2 * mu * gap, N), "|grad f(x)|^2 >= 2 mu (f(x) - inf f)");
  s.conclude(less_equal(next, (1 - Term(change.gain) * gamma * mu) * gap));
  s.hint({"PL"}, gamma / 2);
  return s;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  for (const bool pl : {false, true}) {
    const std::string id = std::string("marina/gd/descent") + (pl ? "-pl" : "");
    Obligation o{.id = id,
                 .claim = id,
                 .title = std::string("GD, non-convex, one step") + (pl ? " under the PL condition" : ""),
                 .source = "folklore",
                 .generated_from = "theory/marina/gd.hpp",
                 .formula = {std::string("f is L-smooth, gamma <= 1/L") + (pl ? ", N >= 2 mu gap" : ""),
                             pl ? "=>  gap+ <= (1 - gamma mu) gap" : "=>  gap+ <= gap - (gamma/2) N"}};
    state(o, step(pl));
    add_twin(o, "larger-gain", "1.001 of the descent", step(pl, {.gain = {1001, 1000}}));
    add_twin(o, "larger-stepsize", "gamma <= 1.001/L", step(pl, {.stepsize = {1001, 1000}}));
    all.push_back(std::move(o));
  }
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::marina_gd
