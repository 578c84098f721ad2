#include "touchstone/theory/unified_sgd/n_saga.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/variance_reduction.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> n_saga_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed m = positive(theory, "m", "number of components");
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the components", m.value);
  const Expression T = theory.vector("T_j", f.j);  // the table
  const Variables zeta = theory.variable("zeta", "the gradients' noise");
  const Expression e = theory.vector("e_j", f.j | zeta);
  theory.declare_mean(zeta, e, {});
  const Expression variance = theory.scalar("variance");
  const Theorem bound = Theorem::assume(theory, "variance", mean(f.j | zeta, squared_norm(e)) <= variance,
                                        "(1/m) sum_j E|e_j|^2 <= variance");
  derive_variance_reduction(*argument, f, T, reciprocal(m), n_saga_constants(f.L.value, m.value, variance),
                            {zeta, e, bound});
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
