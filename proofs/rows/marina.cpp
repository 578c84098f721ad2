#include "touchstone/theory/marina/marina.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> marina_estimator(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Variables i = theory.variable("i", "the workers", n.value);
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Signed p = positive(theory, "p", "probability that the gradients are sent in full");
  const Theorem p_bound = Theorem::assume(theory, "p-at-most-one", p.value <= 1, "p <= 1");
  const Expression step = theory.vector("dx");  // x+ - x
  const Expression g = theory.vector("g");
  const Expression old_gradient = theory.vector("g_i", i);   // grad f_i(x)
  const Expression new_gradient = theory.vector("g+_i", i);  // grad f_i(x+)
  const Expression squared_L_i = theory.scalar("L_i^2", i);
  const Expression squared_L = theory.scalar("L^2");
  theory.declare_mean(i, squared_L_i, squared_L);
  const Expression N = theory.vector("N_i", i | xi);
  theory.declare_mean(xi, N, {});

  const Expression difference = argument->define("d_i", new_gradient - old_gradient);
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(difference),
                      "Q(d_i) = d_i + N_i, Q is unbiased with omega");
  const Theorem smooth =
      Theorem::assume(theory, "f_i-smooth", squared_norm(difference) <= squared_L_i * squared_norm(step),
                      "f_i is L_i-smooth, x+ - x = dx");
  const Expression error = argument->define("G", squared_norm(g - mean(i, old_gradient)));
  // In full, the error is zero.
  const Expression compressed = argument->define("g+", g + mean(i, difference + N));
  const Expression next_error =
      argument->define("E G+", (1 - p.value) * mean(xi, squared_norm(compressed - mean(i, new_gradient))));
  const Theorem share = reciprocal(n).sign * (p_bound);

  argument->identity("mean error", mean(xi, compressed) - mean(i, new_gradient), g - mean(i, old_gradient));
  argument->theorem(
      "(R) estimator",
      next_error <= (1 - argument->constant("p", p.value)) * error +
                        argument->constant(
                            "Lambda^2", p.value * marina_lambda_squared(squared_L, omega.value, n.value, p.value)) *
                            squared_norm(step),
      share * (Theorem::independence(i, xi, N) + Theorem::average(i, contract) +
               omega.sign * Theorem::average(i, smooth)));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
