#include "touchstone/theory/unified_sgd/l_svrg.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/variance_reduction.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> l_svrg_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the components");
  const Signed p = nonnegative(theory, "p", "probability of a new reference point");
  const Expression r = theory.vector("r_j", f.j);  // grad f_j(w)
  derive_variance_reduction(*argument, f, r, p, l_svrg_constants(f.L.value, p.value));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
