#include "touchstone/theory/unified_sgd/sgd_sr.hpp"

#include "proofs/rows/arbitrary_sampling.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> sgd_sr_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const ArbitrarySampling f = arbitrary_sampling(*argument);
  const Expression variance = theory.scalar("variance");
  const Expression g = argument->define("g", f.now);
  const ParametricConstants<Expression> row = sgd_sr_constants(f.smoothness, variance);

  argument->identity("(K1) unbiased", mean(f.zeta, g), f.q);
  argument->theorem("(K2) second moment",
                    mean(f.zeta, squared_norm(g - f.s)) <=
                        2 * argument->constant("A", row.A) * f.gap + argument->constant("D1", row.D1),
                    2 * f.expected_smoothness + 2 * f.variance_bound(theory, variance) +
                        Theorem::average(f.zeta, Theorem::square(f.now - f.at_solution - (f.at_solution - f.s))));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
