#include "touchstone/theory/marina/qgd.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> nonconvex_qgd_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Variables i = theory.variable("i", "the workers", n.value);
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Signed L = positive(theory, "L_max", "smoothness of every f_i");
  const Evaluated own{theory.vector("x"), theory.vector("g_i", i), theory.scalar("f_i(x)", i)};
  const Expression own_minimum = theory.scalar("inf f_i", i);
  const Expression value = theory.scalar("f(x)");
  const Expression minimum = theory.scalar("inf f");
  const Expression difference = theory.scalar("Delta*");
  theory.declare_mean(i, own.value, value);
  theory.declare_mean(i, own_minimum, minimum - difference);
  const Expression N = theory.vector("N_i", i | xi);
  theory.declare_mean(xi, N, {});
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(own.gradient),
                      "Q(g_i) = g_i + N_i, Q is unbiased with omega");
  const Theorem bounded = gradient_bound(*argument, L, own, own_minimum, theory.scalar("f_i(y)", i));
  const Expression q = argument->define("q", mean(i, own.gradient));
  const Expression gap = argument->define("gap", value - minimum);
  const Expression g = argument->define("g", mean(i, own.gradient + N));
  const GradientMoment<Expression> row = qgd_constants(L.value, omega.value, n.value, difference);

  argument->identity("unbiased", mean(xi, g), q);
  argument->theorem("second moment",
                    mean(xi, squared_norm(g)) <= 2 * argument->constant("A", row.A) * gap +
                                                     argument->constant("B", row.B) * squared_norm(q) +
                                                     argument->constant("C", row.C),
                    reciprocal(n).sign * (Theorem::independence(i, xi, N) + Theorem::average(i, contract) +
                                          omega.sign * Theorem::average(i, bounded)));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
