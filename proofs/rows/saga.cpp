#include "touchstone/theory/unified_sgd/saga.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> saga_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed m = positive(theory, "m", "number of components");
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the components", m.value);
  const Expression T = theory.vector("T_j", f.j);  // the table

  const Expression a = f.g - f.s;
  const Expression b = T - f.s;
  const Expression g = argument->define("g", f.g - T + mean(f.j, T));
  const Expression sigma = argument->define("sigma^2", mean(f.j, squared_norm(b)));
  // The row j is overwritten by g_j with probability 1/m.
  const Signed share = reciprocal(m);
  const Expression next_sigma =
      argument->define("E sigma+^2", share.value * mean(f.j, squared_norm(a)) + (1 - share.value) * sigma);
  const ParametricConstants<Expression> row = saga_constants(f.L.value, m.value);
  const auto constant = [&](const char* name, const Expression& value) { return argument->constant(name, value); };

  argument->identity("(K1) unbiased", mean(f.j, g), mean(f.j, f.g));
  argument->theorem("(K2) second moment",
                    mean(f.j, squared_norm(g)) <= 2 * constant("A", row.A) * f.gap + constant("B", row.B) * sigma,
                    2 * f.smoothness + Theorem::average(f.j, Theorem::square(a + b - mean(f.j, b))) +
                        2 * Theorem::square(mean(f.j, b)));
  argument->theorem("(K3) next sigma^2",
                    next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * f.gap,
                    share.sign * f.smoothness);
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
