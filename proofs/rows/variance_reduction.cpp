#include "proofs/rows/variance_reduction.hpp"

namespace touchstone::inline v0::proofs::kernel {

void derive_variance_reduction(Argument& argument, const SumOfFunctions& f, const Expression& r,
                               const Signed& share, const ParametricConstants<Expression>& row,
                               const Noise& noise) {
  const Expression a = argument.define("a_j", f.g - f.s);
  const Expression b = argument.define("b_j", r - f.s);
  const Variables choices = f.j | noise.choices;
  const Expression g = argument.define("g", f.g + noise.e - r + mean(f.j, r));
  const Expression sigma = argument.define("sigma^2", mean(f.j, squared_norm(b)));
  const Expression next_sigma = argument.define(
      "E sigma+^2", share.value * mean(choices, squared_norm(a + noise.e)) + (1 - share.value) * sigma);
  const auto constant = [&](const char* name, const Expression& value) { return argument.constant(name, value); };

  argument.identity("(K1) unbiased", mean(choices, g), f.q);
  argument.theorem("(K2) second moment",
                   mean(choices, squared_norm(g - f.mean_s)) <=
                       2 * constant("A", row.A) * f.gap + constant("B", row.B) * sigma + constant("D1", row.D1),
                   2 * f.smoothness + Theorem::average(f.j, Theorem::square(a + b - mean(f.j, b))) +
                       2 * Theorem::square(mean(f.j, b)) + noise.bound);
  argument.theorem("(K3) next sigma^2",
                   next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * f.gap +
                                     constant("D2", row.D2),
                   share.sign * f.smoothness + share.sign * noise.bound);
}

}  // namespace touchstone::inline v0::proofs::kernel
