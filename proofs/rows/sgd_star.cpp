#include "touchstone/theory/unified_sgd/sgd_star.hpp"

#include "proofs/rows/arbitrary_sampling.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> sgd_star_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  const ArbitrarySampling f = arbitrary_sampling(*argument);
  const Expression g = argument->define("g", f.now - f.at_solution + f.s);
  const ParametricConstants<Expression> row = sgd_star_constants(f.smoothness);

  argument->identity("(K1) unbiased", mean(f.zeta, g), f.q);
  argument->theorem("(K2) second moment",
                    mean(f.zeta, squared_norm(g - f.s)) <= 2 * argument->constant("A", row.A) * f.gap,
                    f.expected_smoothness);
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
