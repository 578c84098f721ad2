#include "touchstone/theory/unified_sgd/saga.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/variance_reduction.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> saga_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed m = positive(theory, "m", "number of components");
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the components", m.value);
  const Expression T = theory.vector("T_j", f.j);  // the table
  derive_variance_reduction(*argument, f, T, reciprocal(m), saga_constants(f.L.value, m.value));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
