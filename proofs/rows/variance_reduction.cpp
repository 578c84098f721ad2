#include "proofs/rows/variance_reduction.hpp"

namespace touchstone::inline v0::proofs::kernel {

void derive_variance_reduction(Argument& argument, const SumOfFunctions& f, const Expression& r,
                               const Signed& share, const ParametricConstants<Expression>& row) {
  const Expression a = f.g - f.s;
  const Expression b = r - f.s;
  const Expression g = argument.define("g", f.g - r + mean(f.j, r));
  const Expression sigma = argument.define("sigma^2", mean(f.j, squared_norm(b)));
  const Expression next_sigma =
      argument.define("E sigma+^2", share.value * mean(f.j, squared_norm(a)) + (1 - share.value) * sigma);
  const auto constant = [&](const char* name, const Expression& value) { return argument.constant(name, value); };

  argument.identity("(K1) unbiased", mean(f.j, g), mean(f.j, f.g));
  argument.theorem("(K2) second moment",
                   mean(f.j, squared_norm(g)) <= 2 * constant("A", row.A) * f.gap + constant("B", row.B) * sigma,
                   2 * f.smoothness + Theorem::average(f.j, Theorem::square(a + b - mean(f.j, b))) +
                       2 * Theorem::square(mean(f.j, b)));
  argument.theorem("(K3) next sigma^2",
                   next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * f.gap,
                   share.sign * f.smoothness);
}

}  // namespace touchstone::inline v0::proofs::kernel
