#include "touchstone/theory/unified_sgd/l_svrg.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> l_svrg_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the components");
  const Signed p = nonnegative(theory, "p", "probability of a new reference point");
  const Expression r = theory.vector("r_j", f.j);  // grad f_j(w)

  const Expression a = f.g - f.s;
  const Expression b = r - f.s;
  const Expression g = argument->define("g", f.g - r + mean(f.j, r));
  const Expression sigma = argument->define("sigma^2", mean(f.j, squared_norm(b)));
  const Expression next_sigma =
      argument->define("E sigma+^2", p.value * mean(f.j, squared_norm(a)) + (1 - p.value) * sigma);
  const ParametricConstants<Expression> row = l_svrg_constants(f.L.value, p.value);
  const auto constant = [&](const char* name, const Expression& value) { return argument->constant(name, value); };

  argument->identity("(K1) unbiased", mean(f.j, g), mean(f.j, f.g));
  argument->theorem("(K2) second moment",
                    mean(f.j, squared_norm(g)) <= 2 * constant("A", row.A) * f.gap + constant("B", row.B) * sigma,
                    2 * f.smoothness + Theorem::average(f.j, Theorem::square(a + b - mean(f.j, b))) +
                        2 * Theorem::square(mean(f.j, b)));
  argument->theorem("(K3) next sigma^2",
                    next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * f.gap,
                    p.sign * f.smoothness);
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
