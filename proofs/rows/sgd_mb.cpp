#include "touchstone/theory/unified_sgd/sgd_mb.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> sgd_mb_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const SmoothFunction on = smooth_function(*argument);
  const Expression& q = on.f.x.gradient;
  const Expression& s = on.f.star.gradient;
  const Signed tau = positive(theory, "tau", "number of draws");
  const Theorem tau_bound = Theorem::assume(theory, "tau-at-least-one", 1 <= tau.value, "1 <= tau");
  const Variables t = theory.variable("t", "the draws", tau.value);
  const Variables zeta = theory.variable("zeta", "what is drawn");
  const Expression psi = theory.vector("psi_t", t | zeta);  // grad f_j(x)/(m p_j) for the t-th draw j
  theory.declare_mean(zeta, psi, q);
  const Expression draw_A = theory.scalar("A'");
  const Expression draw_D = theory.scalar("D'");
  const Theorem one_draw =
      Theorem::assume(theory, "one-draw", mean(zeta, squared_norm(psi - s)) <= 2 * draw_A * on.gap + draw_D,
                      "expected smoothness of a single draw, with its noise at the solution");
  const Expression g = argument->define("g", mean(t, psi));
  const ParametricConstants<Expression> row = sgd_mb_constants(draw_A, on.L.value, tau.value, draw_D);
  const Theorem share = reciprocal(tau).sign;

  argument->identity("(K1) unbiased", mean(zeta, g), q);
  // E|g - s|^2 = |q - s|^2 + E|g - q|^2, and E|psi_t - s|^2 = |q - s|^2 + E|psi_t - q|^2
  argument->theorem("(K2) second moment",
                    mean(zeta, squared_norm(g - s)) <=
                        2 * argument->constant("A", row.A) * on.gap + argument->constant("D1", row.D1),
                    share * (Theorem::independence(t, zeta, psi - q) + Theorem::average(t, one_draw) +
                             tau_bound * on.smoothness));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
