#include "touchstone/theory/unified_sgd/q_sgd_sr.hpp"

#include "proofs/rows/arbitrary_sampling.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> q_sgd_sr_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const ArbitrarySampling f = arbitrary_sampling(*argument);
  const Variables xi = theory.variable("xi", "the compressor's choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Expression N = theory.vector("N", f.zeta | xi);
  theory.declare_mean(xi, N, {});
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(f.now),
                      "Q(grad f_v(x)) = grad f_v(x) + N, Q is unbiased with omega");
  const Expression variance = theory.scalar("variance");
  const Expression second_moment = theory.scalar("second_moment");
  const Theorem second_moment_bound =
      Theorem::assume(theory, "second_moment", mean(f.zeta, squared_norm(f.at_solution)) <= second_moment,
                      "E|grad f_v(x*)|^2 <= second_moment");
  const Variables choices = f.zeta | xi;
  const Expression g = argument->define("g", f.now + N);
  const Expression a = f.now - f.at_solution;
  const ParametricConstants<Expression> row =
      q_sgd_sr_constants(f.smoothness, omega.value, second_moment, variance);

  argument->identity("(K1) unbiased", mean(choices, g), f.q);
  // E|g - s|^2 = E|grad f_v(x) - s|^2 + E|N|^2
  argument->theorem("(K2) second moment",
                    mean(choices, squared_norm(g - f.s)) <=
                        2 * argument->constant("A", row.A) * f.gap + argument->constant("D1", row.D1),
                    Theorem::average(f.zeta, contract) + 2 * f.expected_smoothness +
                        2 * f.variance_bound(theory, variance) +
                        Theorem::average(f.zeta, Theorem::square(a - (f.at_solution - f.s))) +
                        omega.sign * (2 * f.expected_smoothness + 2 * second_moment_bound +
                                      Theorem::average(f.zeta, Theorem::square(a - f.at_solution))));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
