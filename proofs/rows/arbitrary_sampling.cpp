#include "proofs/rows/arbitrary_sampling.hpp"

namespace touchstone::inline v0::proofs::kernel {

Theorem ArbitrarySampling::variance_bound(Theory& theory, const Expression& variance) const {
  return Theorem::assume(theory, "variance", mean(zeta, squared_norm(at_solution - s)) <= variance,
                         "E|grad f_v(x*) - grad f(x*)|^2 <= variance");
}

ArbitrarySampling arbitrary_sampling(Argument& argument) {
  Theory& theory = argument.theory();
  const Variables j = theory.variable("j", "the components");
  const Variables zeta = theory.variable("zeta", "the sampling");
  const Expression v = theory.scalar("v_j", j | zeta);
  theory.declare_mean(zeta, v, 1);
  const Functions f = whole_function(theory);
  const Functions part = parts_of(theory, f, j, "j");
  const Expression gap = bregman_gap(argument, f);
  const Expression now = argument.define("grad f_v(x)", mean(j, v * part.x.gradient));
  const Expression at_solution = argument.define("grad f_v(x*)", mean(j, v * part.star.gradient));
  const Expression smoothness = theory.scalar("Lv");
  const Theorem expected_smoothness = Theorem::assume(
      theory, "expected-smoothness", mean(zeta, squared_norm(now - at_solution)) <= 2 * smoothness * gap,
      "expected smoothness: f_v is smooth on average over the sampling");
  return {zeta, f.x.gradient, f.star.gradient, now, at_solution, smoothness, gap, expected_smoothness};
}

}  // namespace touchstone::inline v0::proofs::kernel
