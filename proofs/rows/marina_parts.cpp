#include "proofs/rows/marina_parts.hpp"

namespace touchstone::inline v0::proofs::kernel {

CommonCoin common_coin(Theory& theory) {
  const Signed p = positive(theory, "p", "probability that the gradients are sent in full");
  return {p.value, p.sign, Theorem::assume(theory, "p-at-most-one", p.value <= 1, "p <= 1")};
}

WorkersSteps workers_steps(Argument& argument) {
  Theory& theory = argument.theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Variables i = theory.variable("i", "the workers", n.value);
  const Expression step = theory.vector("dx");               // x+ - x
  const Expression old_gradient = theory.vector("g_i", i);   // grad f_i(x)
  const Expression new_gradient = theory.vector("g+_i", i);  // grad f_i(x+)
  const Expression squared_L_i = theory.scalar("L_i^2", i);
  const Expression squared_L = theory.scalar("L^2");
  theory.declare_mean(i, squared_L_i, squared_L);
  const Expression difference = argument.define("D_i", new_gradient - old_gradient);
  return {i,
          n,
          step,
          mean(i, old_gradient),
          mean(i, new_gradient),
          difference,
          squared_L,
          Theorem::assume(theory, "f_i-smooth", squared_norm(difference) <= squared_L_i * squared_norm(step),
                          "f_i is L_i-smooth, x+ - x = dx")};
}

}  // namespace touchstone::inline v0::proofs::kernel
