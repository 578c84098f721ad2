#include "touchstone/theory/marina/marina.hpp"

#include "proofs/rows/marina_parts.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> marina_estimator(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const WorkersSteps on = workers_steps(*argument);
  const Variables i = on.i;
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const CommonCoin coin = common_coin(theory);
  const Expression g = theory.vector("g");
  const Expression N = theory.vector("N_i", i | xi);
  theory.declare_mean(xi, N, {});

  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(on.difference),
                      "Q(D_i) = D_i + N_i, Q is unbiased with omega");
  const Expression error = argument->define("G", squared_norm(g - on.old_mean));
  // In full, the error is zero.
  const Expression compressed = argument->define("g+", g + mean(i, on.difference + N));
  const Expression next_error =
      argument->define("E G+", (1 - coin.p) * mean(xi, squared_norm(compressed - on.new_mean)));

  argument->identity("mean error", mean(xi, compressed) - on.new_mean, g - on.old_mean);
  argument->theorem(
      "(R) estimator",
      next_error <= (1 - argument->constant("p", coin.p)) * error +
                        argument->constant("Lambda^2", coin.p * marina_lambda_squared(on.squared_L, omega.value,
                                                                                      on.n.value, coin.p)) *
                            squared_norm(on.step),
      reciprocal(on.n).sign * coin.rest_sign *
          (Theorem::independence(i, xi, N) + Theorem::average(i, contract) +
           omega.sign * Theorem::average(i, on.smooth)));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
