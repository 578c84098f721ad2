#include "proofs/rows/shifted_gradient.hpp"

namespace touchstone::inline v0::proofs::kernel {

void derive_shifted_gradient(Argument& argument, const SmoothFunction& on, const ShiftedGradient& method,
                             const ParametricConstants<Expression>& row, const Theorem& loose) {
  const auto& [h, choices, message, omega, contract, alpha, alpha_bound] = method;
  const Expression& q = on.f.x.gradient;
  const Expression& s = on.f.star.gradient;
  const Expression u = argument.define("u", q - s);
  const Expression w = argument.define("w", h - s);
  const Expression g = argument.define("g", h + message);
  const Expression sigma = argument.define("sigma^2", squared_norm(w));
  const Expression next_sigma =
      argument.define("E sigma+^2", mean(choices, squared_norm(w + alpha.value * message)));
  const auto constant = [&](const char* name, const Expression& value) { return argument.constant(name, value); };

  argument.identity("(K1) unbiased", mean(choices, g), q);
  argument.theorem("(K2) second moment",
                   mean(choices, squared_norm(g - s)) <=
                       2 * constant("A", row.A) * on.gap + constant("B", row.B) * sigma + constant("D1", row.D1),
                   contract + on.smoothness + omega.sign * (2 * on.smoothness + Theorem::square(u + w)) + loose);
  argument.theorem("(K3) next sigma^2",
                   next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * on.gap +
                                     constant("D2", row.D2),
                   alpha.sign * alpha.sign * contract + alpha.sign * alpha_bound * Theorem::square(q - h) +
                       alpha.sign * on.smoothness);
}

}  // namespace touchstone::inline v0::proofs::kernel
