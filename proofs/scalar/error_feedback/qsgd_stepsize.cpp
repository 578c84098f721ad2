// The stepsize corollary of parallel SGD with an unbiased compressor, as a row of chapter 2 with M = 0.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"
#include "touchstone/theory/error_feedback/qsgd.hpp"

namespace touchstone::inline v0::proofs::topics::qsgd_stepsizes {

namespace {

Corollary qsgd(Statement& s, const Term& /*mu*/, const Term& /*gamma*/) {
  const MuBound L = smoothness_bound(s);
  const Term omega = s.nonnegative("omega", "variance of the compressor");
  const Term n = s.variable("n", "workers");
  s.assume("n-at-least-one", less_equal(1, n), "n >= 1");
  s.hint({"stepsize"}, n + 2 * omega);
  const Term any_noise = 0;  // D1 has no part in the stepsize
  return {qsgd_constants(L.value, omega, n, any_noise), 0, qsgd_stepsize(L.value, omega, n), {L}};
}

}  // namespace

std::vector<Obligation> obligations() {
  Obligation o{.id = "error-feedback/qsgd/stepsize",
               .claim = "error-feedback/qsgd/stepsize",
               .title = "QSGD: the stepsize meets the main theorem's conditions",
               .source = "derived; slides 55-57 name the method",
               .generated_from = "theory/error_feedback/qsgd.hpp, theory/unified_sgd/assumption.hpp",
               .formula = {"M = 0, mu <= L, gamma <= 1/((1 + 2 omega/n) L)", "=>  gamma <= 1/mu, gamma <= 1/A"}};
  state_corollary(o, qsgd);
  return {std::move(o)};
}

}  // namespace touchstone::inline v0::proofs::topics::qsgd_stepsizes
