// The stepsize corollaries of GD, SAGA, L-SVRG and DIANA, for all values of their parameters.
#include "proofs/scalar/topics.hpp"
#include "proofs/scalar/unified_sgd/stepsize_corollary.hpp"
#include "touchstone/theory/unified_sgd/diana.hpp"
#include "touchstone/theory/unified_sgd/gd.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/saga.hpp"

namespace touchstone::inline v0::proofs {

namespace {

Corollary gd(Statement& /*s*/, const Term& L) {
  return {gd_constants(L), 0, gd_stepsize(L)};
}

Corollary saga(Statement& s, const Term& L) {
  const Term m = s.variable("m", "components");
  s.assume("m-at-least-one", less_equal(1, m), "m >= 1");
  s.hint({"m-at-least-one"}, 1 / m);
  return {saga_constants(L, m), saga_lyapunov_weight(m), saga_stepsize(L)};
}

Corollary l_svrg(Statement& s, const Term& L) {
  const Term p = s.positive("p", "probability of a new reference point");
  s.assume("p-at-most-one", less_equal(p, 1), "p <= 1");
  s.hint({"p-at-most-one"});
  return {l_svrg_constants(L, p), l_svrg_lyapunov_weight(p), l_svrg_stepsize(L)};
}

/// n and alpha; alpha at most the largest stepsize of the shifts.
std::pair<Term, Term> workers_and_shift_stepsize(Statement& s, const Term& omega) {
  const Term n = s.variable("n", "workers");
  s.assume("n-at-least-one", less_equal(1, n), "n >= 1");
  const Term alpha = s.positive("alpha", "stepsize of the shifts");
  s.assume("alpha-bound", less_equal(alpha, diana_shift_stepsize(omega)), "alpha <= 1/(1 + omega)");
  s.hint({"alpha-bound"}, 1 + omega);
  return {n, alpha};
}

Corollary diana(Statement& s, const Term& L) {
  const Term omega = s.positive("omega", "variance of the compressor");
  const auto [n, alpha] = workers_and_shift_stepsize(s, omega);
  s.hint({}, alpha * omega);
  hint_shared_stepsize(s, 6 * omega, n);
  return {diana_constants(L, omega, n, alpha), diana_lyapunov_weight(omega, n, alpha), diana_stepsize(L, omega, n)};
}

Corollary diana_without_compression(Statement& s, const Term& L) {
  const auto [n, alpha] = workers_and_shift_stepsize(s, 0);
  s.redundant({"n-at-least-one"});
  return {diana_constants<Term>(L, 0, n, alpha), 0, diana_stepsize<Term>(L, 0, n)};
}

Obligation corollary(const std::string& method, const std::string& header, const std::string& title,
                     const std::string& source, std::vector<std::string> formula) {
  const std::string id = "unified-sgd/" + method + "/stepsize";
  return {.id = id,
          .claim = id,
          .title = title + ": the stepsize meets the main theorem's conditions",
          .source = source,
          .generated_from = "theory/unified_sgd/" + header + ", theory/unified_sgd/assumption.hpp",
          .formula = std::move(formula)};
}

constexpr const char* conditions =
    "=>  0 < rho <= 1, M > B/rho, gamma <= 1/mu, gamma <= 1/(A + CM), rho - B/M = rho/2";

}  // namespace

std::vector<Obligation> unified_sgd_stepsizes() {
  Obligation of_gd = corollary("gd", "gd.hpp", "GD", "derived",
                               {"M = 0, mu <= L, gamma <= 1/L", "=>  gamma <= 1/mu, gamma <= 1/A"});
  state_corollary_without_sigma(of_gd, gd);

  Obligation of_saga = corollary("saga", "saga.hpp", "SAGA", "Table 2.1, Corollary 2.6.15",
                                 {"M = 4m, mu <= L, gamma <= 1/(6L), m >= 1, rho = 1/m", conditions});
  state_corollary(of_saga, saga);

  Obligation of_l_svrg = corollary("l-svrg", "l_svrg.hpp", "L-SVRG", "Table 2.1, Corollary 2.6.25",
                                   {"M = 4/p, mu <= L, gamma <= 1/(6L), 0 < p <= 1, rho = p", conditions});
  state_corollary(of_l_svrg, l_svrg);

  Obligation of_diana = corollary("diana", "diana.hpp", "DIANA", "Table 2.1, Corollary 2.6.28",
                                  {"omega > 0, M = 4 omega/(n alpha), mu <= L, gamma <= 1/((1 + 6 omega/n) L)",
                                   "0 < alpha <= 1/(1 + omega), rho = alpha", conditions});
  state_corollary(of_diana, diana);

  Obligation uncompressed =
      corollary("diana", "diana.hpp", "DIANA without compression", "derived; Corollary 2.6.28 has M = 0 there",
                {"omega = 0, M = 0, mu <= L, gamma <= 1/L, alpha <= 1", "=>  gamma <= 1/mu, gamma <= 1/A"});
  uncompressed.id += "-without-compression";
  state_corollary_without_sigma(uncompressed, diana_without_compression);
  return {std::move(of_gd), std::move(of_saga), std::move(of_l_svrg), std::move(of_diana), std::move(uncompressed)};
}

}  // namespace touchstone::inline v0::proofs
