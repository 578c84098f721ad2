#include "touchstone/theory/unified_sgd/diana_single.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/shifted_gradient.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> diana_single_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const SmoothFunction on = smooth_function(*argument);
  const Variables xi = theory.variable("xi", "the compressor's choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Signed alpha = nonnegative(theory, "alpha", "stepsize of the shift");
  const Theorem alpha_bound =
      Theorem::assume(theory, "alpha-bound", alpha.value * (1 + omega.value) <= 1, "alpha <= 1/(1 + omega)");
  const Expression h = theory.vector("h");
  const Expression N = theory.vector("N", xi);
  theory.declare_mean(xi, N, {});
  const Expression difference = on.f.x.gradient - h;
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(difference),
                      "Q(q - h) = q - h + N, Q is unbiased with omega");
  const Expression message = argument->define("m", difference + N);
  derive_shifted_gradient(*argument, on, {h, xi, message, omega, contract, alpha, alpha_bound},
                          diana_single_constants(on.L.value, omega.value, alpha.value));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
