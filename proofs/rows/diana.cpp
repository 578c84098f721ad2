#include "touchstone/theory/unified_sgd/diana.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

enum class Gradients { full, noisy };

std::unique_ptr<Argument> row_of(Gradients gradients, const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed n = positive(theory, "n", "number of workers");
  const SumOfFunctions f = sum_of_functions(*argument, "i", "the workers", n.value);
  const Variables i = f.j;
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Signed alpha = nonnegative(theory, "alpha", "stepsize of the shifts");
  const Theorem alpha_bound =
      Theorem::assume(theory, "alpha-bound", alpha.value * (1 + omega.value) <= 1, "alpha <= 1/(1 + omega)");
  const Expression h = theory.vector("h_i", i);

  // ghat_i = g_i + Z_i, and Q(ghat_i - h_i) = ghat_i - h_i + N_i.
  const bool noisy = gradients == Gradients::noisy;
  const Variables zeta = noisy ? theory.variable("zeta", "the gradients' noise") : 0;
  const Expression Z = noisy ? theory.vector("Z_i", i | zeta) : Expression();
  const Expression N = theory.vector("N_i", i | zeta | xi);
  if (noisy) theory.declare_mean(zeta, Z, {});
  theory.declare_mean(xi, N, {});
  const Expression difference = argument->define("d_i", f.g + Z - h);
  const Expression message = argument->define("m_i", difference + N);
  const Variables choices = zeta | xi;
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(difference),
                      "Q is unbiased with omega");
  const Theorem variance_of_Q = Theorem::average(i | zeta, contract);
  const Expression variance = noisy ? theory.scalar("variance") : Expression();
  const Theorem variance_of_gradients =
      noisy ? Theorem::assume(theory, "variance", mean(i | zeta, squared_norm(Z)) <= variance,
                              "(1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= variance")
            : Theorem::constant(0);

  const Expression g = argument->define("g", mean(i, h + message));
  const Expression sigma = argument->define("sigma^2", mean(i, squared_norm(h - f.s)));
  const Expression next_sigma =
      argument->define("E sigma+^2", mean(choices | i, squared_norm(h + alpha.value * message - f.s)));
  const ParametricConstants<Expression> row =
      diana_constants(f.L.value, omega.value, n.value, alpha.value, variance);
  const auto constant = [&](const char* name, const Expression& value) { return argument->constant(name, value); };
  const Theorem share = reciprocal(n).sign;

  argument->identity("(K1) unbiased", mean(choices, g), mean(i, f.g));
  argument->theorem(
      "(K2) second moment",
      mean(choices, squared_norm(g)) <=
          2 * constant("A", row.A) * f.gap + constant("B", row.B) * sigma + constant("D1", row.D1),
      square_of_mean(i, f.g - f.s) + f.smoothness + share * Theorem::independence(i, choices, Z + N) +
          share * variance_of_Q +
          share * omega.sign * (2 * f.smoothness + Theorem::average(i, Theorem::square(f.g - f.s + (h - f.s)))) +
          share * (Theorem::constant(1) + omega.sign) * variance_of_gradients);
  argument->theorem("(K3) next sigma^2",
                    next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * f.gap +
                                      constant("D2", row.D2),
                    alpha.sign * alpha.sign * variance_of_Q +
                        alpha.sign * alpha_bound * Theorem::average(choices | i, Theorem::square(difference)) +
                        alpha.sign * f.smoothness + alpha.sign * variance_of_gradients);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> diana_row(const Change& change) {
  return row_of(Gradients::full, change);
}
std::unique_ptr<Argument> diana_noisy_row(const Change& change) {
  return row_of(Gradients::noisy, change);
}

}  // namespace touchstone::inline v0::proofs::kernel
