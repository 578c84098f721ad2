// The stepsize corollaries of the methods without sigma_squared, whose noise stays, for all values of their parameters.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd.hpp"
#include "touchstone/theory/unified_sgd/sgd_mb.hpp"
#include "touchstone/theory/unified_sgd/sgd_sr.hpp"
#include "touchstone/theory/unified_sgd/sgd_star.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsizes_of_sampling {

namespace {

Corollary gd(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  return {gd_constants(L.value), 0, gd_stepsize(L.value), {L}};
}

Term variance_at_solution(Statement& s) {
  return s.variable("variance", "of the stochastic gradient at x*");
}

/// mu <= L <= E
MuBound expected_smoothness(Statement& s) {
  return smoothness_bound(s, "E", "expected smoothness, at least that of f");
}

Corollary sgd(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term variance = variance_at_solution(s);
  return {.row = sgd_constants(L.value, variance),
          .M = 0,
          .stepsize = sgd_stepsize(L.value),
          .mu_bounds = {L},
          .noise = 2 * variance,
          .mu_margin = 2};
}

Corollary sgd_sr(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound E = expected_smoothness(s);
  const Term variance = variance_at_solution(s);
  return {.row = sgd_sr_constants(E.value, variance),
          .M = 0,
          .stepsize = sgd_sr_stepsize(E.value),
          .mu_bounds = {E},
          .noise = 2 * variance,
          .mu_margin = 2};
}

/// A = (A' + L (tau - 1))/tau lies between A' and L: both have to reach mu.
Corollary sgd_mb(Statement& s, const Term& mu, const Term& gamma) {
  const MuBound A = smoothness_bound(s, "draw_A", "A' of a single draw");
  const MuBound L = smoothness_bound(s);
  const Term D = s.variable("draw_D", "D' of a single draw");
  const Term tau = s.variable("tau", "draws");
  s.assume("tau-at-least-one", less_equal(1, tau), "tau >= 1");
  s.assume("inverse-stepsize-positive", less(0, A.value + L.value * (tau - 1)), "the stepsize is a number");
  s.redundant({"L-positive", "inverse-stepsize-positive"});
  s.hint({"stepsize", "inverse-stepsize-positive"});
  s.hint({"stepsize", "inverse-stepsize-positive"}, 1 / (mu * tau));
  s.hint({"mu-at-most-draw_A"}, gamma / (mu * tau));
  s.hint({"mu-at-most-L", "tau-at-least-one"}, gamma / (mu * tau));
  return {.row = sgd_mb_constants(A.value, L.value, tau, D),
          .M = 0,
          .stepsize = sgd_mb_stepsize(A.value, L.value, tau),
          .mu_bounds = {A, L},
          .noise = D / tau,
          .hinted = true};
}

Corollary sgd_star(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound E = expected_smoothness(s);
  return {sgd_star_constants(E.value), 0, sgd_star_stepsize(E.value), {E}};
}

/// Without a regularizer, where both moments at x* are the variance.
Corollary q_sgd_sr(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound E = expected_smoothness(s);
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term variance = variance_at_solution(s);
  s.hint({"stepsize"}, 1 + omega);
  return {.row = q_sgd_sr_constants(E.value, omega, variance, variance),
          .M = 0,
          .stepsize = q_sgd_sr_stepsize(E.value, omega),
          .mu_bounds = {E},
          .noise = 2 * (1 + omega) * variance,
          .mu_margin = 2};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  const auto add = [&](DeclareCorollary declare, Obligation obligation) {
    state_corollary(obligation, declare);
    all.push_back(std::move(obligation));
  };
  const std::string table = "Table 2.1 names the result";
  add(gd, stepsize_obligation("gd", "gd.hpp", "GD", "derived",
                              {"M = 0, mu <= L, gamma <= 1/L", stepsize_conditions_without_sigma}));
  add(sgd, stepsize_obligation("sgd", "sgd.hpp", "SGD", table,
                               {"M = 0, mu <= L, gamma <= 1/(2L)", stepsize_conditions_without_sigma,
                                "    noise/(gamma mu) = 2 gamma variance/mu"}));
  add(sgd_sr, stepsize_obligation("sgd-sr", "sgd_sr.hpp", "SGD-SR", table,
                                  {"M = 0, mu <= E, gamma <= 1/(2E)", stepsize_conditions_without_sigma,
                                   "    noise/(gamma mu) = 2 gamma variance/mu"}));
  add(sgd_mb, stepsize_obligation("sgd-mb", "sgd_mb.hpp", "SGD-MB", table,
                                  {"M = 0, mu <= L, mu <= A', tau >= 1, gamma <= tau/(A' + L (tau - 1))",
                                   stepsize_conditions_without_sigma, "    noise/(gamma mu) = gamma D'/(mu tau)"}));
  add(sgd_star, stepsize_obligation("sgd-star", "sgd_star.hpp", "SGD-star", table,
                                    {"M = 0, mu <= E, gamma <= 1/E", stepsize_conditions_without_sigma}));
  add(q_sgd_sr,
      stepsize_obligation("q-sgd-sr", "q_sgd_sr.hpp", "Q-SGD-SR", table,
                          {"M = 0, mu <= E, gamma <= 1/(2 (1 + omega) E)", stepsize_conditions_without_sigma,
                           "    noise/(gamma mu) = 2 (1 + omega) gamma variance/mu"}));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsizes_of_sampling
