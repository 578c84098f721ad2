// The stepsize corollaries of DIANA and its relatives, for all values of their parameters.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"
#include "touchstone/theory/unified_sgd/diana_single.hpp"
#include "touchstone/theory/unified_sgd/vr_diana.hpp"

namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsizes_of_diana {

namespace {

Term workers(Statement& s) {
  const Term n = s.variable("n", "workers");
  s.assume("n-at-least-one", less_equal(1, n), "n >= 1");
  return n;
}

/// alpha at most the largest stepsize of the shifts.
Term shift_stepsize(Statement& s, const Term& omega) {
  const Term alpha = s.positive("alpha", "stepsize of the shifts");
  s.assume("alpha-bound", less_equal(alpha, diana_shift_stepsize(omega)), "alpha <= 1/(1 + omega)");
  s.hint({"alpha-bound"}, 1 + omega);
  if (!identical(omega, 0)) s.hint({}, alpha * omega);
  return alpha;
}

Term noise_of_workers(Statement& s) {
  return s.variable("variance", "of the local gradients, the mean over the workers");
}

Corollary diana(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term omega = s.positive("omega", "variance of the compressor");
  const Term n = workers(s);
  const Term alpha = shift_stepsize(s, omega);
  const Term variance = noise_of_workers(s);
  const Term stepsize = diana_stepsize(L.value, omega, n);
  s.hint({"stepsize"}, n + 6 * omega);
  return {diana_constants(L.value, omega, n, alpha, variance),
          diana_lyapunov_weight(omega, n, alpha),
          stepsize,
          {L},
          (1 + 5 * omega) * variance / n};
}

Corollary diana_without_compression(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term n = workers(s);
  const Term alpha = shift_stepsize(s, 0);
  const Term variance = noise_of_workers(s);
  s.redundant({"n-at-least-one"});
  return {diana_constants<Term>(L.value, 0, n, alpha, variance),
          0,
          diana_stepsize<Term>(L.value, 0, n),
          {L},
          variance / n};
}

Corollary diana_single(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term omega = s.positive("omega", "variance of the compressor");
  const Term alpha = shift_stepsize(s, omega);
  s.hint({"stepsize"}, 1 + 6 * omega);
  return {diana_single_constants(L.value, omega, alpha),
          diana_single_lyapunov_weight(omega, alpha),
          diana_single_stepsize(L.value, omega),
          {L}};
}

Corollary vr_diana(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = workers(s);
  const Term m = s.variable("m", "components of a worker");
  s.assume("m-at-least-one", less_equal(1, m), "m >= 1");
  const Term alpha = s.positive("alpha", "stepsize of the shifts");
  const std::vector<Term> bounds = vr_diana_shift_stepsize_bounds(omega, m);
  for (std::size_t i = 0; i < bounds.size(); ++i)
    s.assume("alpha-bound-" + std::to_string(i + 1), less_equal(alpha, bounds[i]),
             "alpha <= vr_diana_shift_stepsize_bounds(omega, m)[" + std::to_string(i) + "]");
  s.hint({"alpha-bound-2"}, 1 + omega);
  s.hint({}, alpha * omega);
  const Term stepsize = vr_diana_stepsize(L.value, omega, n, m, alpha);
  s.hint({"stepsize"}, n * m * alpha / (L.value * stepsize));
  // Either of the two bounds on alpha makes rho = alpha at most one.
  s.redundant({"alpha-bound-1", "alpha-bound-2"});
  return {
      vr_diana_constants(L.value, omega, n, m, alpha), vr_diana_lyapunov_weight(omega, n, alpha), stepsize, {L}};
}

}  // namespace

std::vector<Obligation> obligations() {
  std::vector<Obligation> all;
  const auto add = [&](DeclareCorollary declare, Obligation obligation) {
    state_corollary(obligation, declare);
    all.push_back(std::move(obligation));
  };
  add(diana, stepsize_obligation("diana", "diana.hpp", "DIANA", "Table 2.1, Corollary 2.6.28",
                                 {"omega > 0, M = 4 omega/(n alpha), mu <= L, gamma <= 1/((1 + 6 omega/n) L)",
                                  "0 < alpha <= 1/(1 + omega), rho = alpha", stepsize_conditions,
                                  "    noise = (1 + 5 omega) variance gamma^2/n"}));
  Obligation uncompressed = stepsize_obligation(
      "diana", "diana.hpp", "DIANA without compression", "derived; Corollary 2.6.28 has M = 0 there",
      {"omega = 0, M = 0, mu <= L, gamma <= 1/L, alpha <= 1", stepsize_conditions_without_sigma,
       "    noise/(gamma mu) = variance gamma/(n mu)"});
  uncompressed.id += "-without-compression";
  add(diana_without_compression, std::move(uncompressed));
  add(diana_single,
      stepsize_obligation("diana-single", "diana_single.hpp", "DIANA with one node", "Table 2.1 names the result",
                          {"omega > 0, M = 4 omega/alpha, mu <= L, gamma <= 1/((1 + 6 omega) L)",
                           "0 < alpha <= 1/(1 + omega), rho = alpha", stepsize_conditions}));
  add(vr_diana,
      stepsize_obligation("vr-diana", "vr_diana.hpp", "VR-DIANA", "Table 2.1 names the result",
                          {"M = 4 (1 + omega)/(n alpha), mu <= L, gamma <= 1/(A + CM)",
                           "0 < alpha <= 1/(3m), alpha <= 1/(1 + omega), rho = alpha", stepsize_conditions}));
  return all;
}

}  // namespace touchstone::inline v0::proofs::topics::unified_sgd_stepsizes_of_diana
