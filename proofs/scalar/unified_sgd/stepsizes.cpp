// The stepsize corollaries of the methods with sigma_squared on one node, for all values of their parameters.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"
#include "touchstone/theory/unified_sgd/jacsketch.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/n_saga.hpp"
#include "touchstone/theory/unified_sgd/n_sega.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsizes {

namespace {

/// A variable that is at least one, and rho the inverse of it.
Term inverse_of_rho(Statement& s, const std::string& name, const std::string& meaning) {
  const Term count = s.variable(name, meaning);
  s.assume(name + "-at-least-one", less_equal(1, count), name + " >= 1");
  s.hint({name + "-at-least-one"}, 1 / count);
  return count;
}

/// row(L, m)
template <class Row>
Corollary with_components(Statement& s, Row&& row) {
  const MuBound L = smoothness_bound(s);
  const Term m = inverse_of_rho(s, "m", "components");
  return {row(L.value, m), saga_lyapunov_weight(m), saga_stepsize(L.value), {L}};
}

Corollary saga(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  return with_components(s, saga_constants<Term>);
}

Corollary n_saga(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const Term variance = s.variable("variance", "of the noise");
  Corollary declared =
      with_components(s, [&](const Term& L, const Term& m) { return n_saga_constants(L, m, variance); });
  declared.noise = 5 * variance;
  return declared;
}

/// row(L, d)
template <class Row>
Corollary with_coordinates(Statement& s, const Term& mu, const Term& gamma, Row&& row) {
  const MuBound L = smoothness_bound(s);
  const Term d = inverse_of_rho(s, "d", "dimension");
  const Term stepsize = sega_stepsize(L.value, d);
  s.hint({"stepsize"}, 1 / (mu * stepsize));
  s.hint({"mu-at-most-L"}, gamma / mu);
  s.hint({"gamma-positive"}, L.value / mu);
  s.hint({"d-at-least-one"}, gamma * L.value / mu);
  // gamma mu <= 1/(6d) <= 1/(2d) = rho/2
  s.hint({"stepsize"}, 1 / (d * stepsize));
  s.hint({"mu-at-most-L"}, gamma);
  return {.row = row(L.value, d),
          .M = sega_lyapunov_weight(d),
          .stepsize = stepsize,
          .mu_bounds = {L},
          .gamma_mu_least = true,
          .hinted = true};
}

Corollary sega(Statement& s, const Term& mu, const Term& gamma) {
  return with_coordinates(s, mu, gamma, sega_constants<Term>);
}

Corollary n_sega(Statement& s, const Term& mu, const Term& gamma) {
  const Term variance = s.variable("variance", "of the noise, in total");
  Corollary declared = with_coordinates(
      s, mu, gamma, [&](const Term& L, const Term& d) { return n_sega_constants(L, d, variance); });
  declared.noise = 5 * variance / declared.row.rho;
  return declared;
}

Corollary l_svrg(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term p = s.positive("p", "probability of a new reference point");
  s.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
  s.hint({"p-at-most-one"});
  return {l_svrg_constants(L.value, p), l_svrg_lyapunov_weight(p), l_svrg_stepsize(L.value), {L}};
}

/// For lambda_max > 0, or lambda_max = 0 and M = 0.
Corollary of_jacsketch(Statement& s, const Term& lambda_max) {
  const MuBound smoothness = smoothness_bound(s, "E1", "expected smoothness of the estimate; at least that of f");
  const Term lambda_min = s.positive("lambda_min", "least eigenvalue of the mean projector");
  s.assume("lambda_min-at-most-one", less_equal(lambda_min, 1), "a projector moves nothing further away");
  s.hint({"lambda_min-at-most-one"});
  const Term m = s.positive("m", "components");
  const SketchConstants<Term> sketch{lambda_max, lambda_min, smoothness.value,
                                     s.nonnegative("E2", "expected smoothness of the table")};
  const Term M = identical(lambda_max, 0) ? lambda_max : jacsketch_lyapunov_weight(sketch, m);
  const Term stepsize = jacsketch_stepsize(sketch, m);
  s.hint({"stepsize"}, m * m * lambda_min / stepsize);
  return {.row = jacsketch_constants(sketch, m),
          .M = M,
          .stepsize = stepsize,
          .mu_bounds = {smoothness},
          .mu_margin = 2};
}

Corollary jacsketch(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  return of_jacsketch(s, s.positive("lambda_max", "spread of the estimate"));
}

Corollary jacsketch_without_spread(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const Corollary declared = of_jacsketch(s, 0);
  s.redundant({"m-positive", "E2-nonnegative"});
  return declared;
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  const auto add = [&](DeclareCorollary declare, Obligation obligation) {
    state_corollary(obligation, declare);
    all.push_back(std::move(obligation));
  };
  const std::string table = "Table 2.1 names the result";
  add(saga, stepsize_obligation("saga", "saga.hpp", "SAGA", "Table 2.1, Corollary 2.6.15",
                                {"M = 4m, mu <= L, gamma <= 1/(6L), m >= 1, rho = 1/m", stepsize_conditions}));
  add(n_saga, stepsize_obligation("n-saga", "n_saga.hpp", "N-SAGA", table,
                                  {"M = 4m, mu <= L, gamma <= 1/(6L), m >= 1, rho = 1/m", stepsize_conditions,
                                   "    noise = 5 variance gamma^2"}));
  add(sega, stepsize_obligation("sega", "sega.hpp", "SEGA", table,
                                {"M = 4d^2, mu <= L, gamma <= 1/(6dL), d >= 1, rho = 1/d", stepsize_conditions,
                                 "    gamma mu <= rho/2"}));
  add(n_sega, stepsize_obligation("n-sega", "n_sega.hpp", "N-SEGA", table,
                                  {"M = 4d^2, mu <= L, gamma <= 1/(6dL), d >= 1, rho = 1/d", stepsize_conditions,
                                   "    gamma mu <= rho/2, noise/(gamma mu) = 5d variance gamma/mu"}));
  add(l_svrg, stepsize_obligation("l-svrg", "l_svrg.hpp", "L-SVRG", "Table 2.1, Corollary 2.6.25",
                                  {"M = 4/p, mu <= L, gamma <= 1/(6L), 0 < p <= 1, rho = p", stepsize_conditions}));
  const std::string sketch = "mu <= E1, 0 < lambda_min <= 1, rho = lambda_min";
  add(jacsketch,
      stepsize_obligation("jacsketch", "jacsketch.hpp", "JacSketch", table,
                          {sketch, "lambda_max > 0, M = 4 lambda_max/(m lambda_min)",
                           "gamma <= 1/(2 E1 + 4 lambda_max E2/(m^2 lambda_min))", stepsize_conditions}));
  Obligation without_spread =
      stepsize_obligation("jacsketch", "jacsketch.hpp", "JacSketch with an estimate that has no spread", "derived",
                          {sketch, "lambda_max = 0, M = 0, gamma <= 1/(2 E1)", stepsize_conditions_without_sigma});
  without_spread.id += "-without-spread";
  add(jacsketch_without_spread, std::move(without_spread));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsizes
