#include "touchstone/theory/unified_sgd/svrg.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/variance_reduction.hpp"

namespace touchstone::inline v0::proofs::kernel {

// Within one loop the reference point stays: nothing is replaced, and sigma+^2 = sigma^2.
std::unique_ptr<Argument> svrg_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the components");
  const Expression r = argument->theory().vector("r_j", f.j);  // grad f_j(w)
  derive_variance_reduction(*argument, f, r, {0, Theorem::constant(0)}, svrg_constants(f.L.value));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
