#include "touchstone/theory/unified_sgd/sgd.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> sgd_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const SumOfFunctions f = sum_of_functions(*argument, "j", "the functions");
  const Expression variance = theory.scalar("variance");
  const Expression a = argument->define("a_j", f.g - f.s);
  const Expression b = argument->define("b_j", f.s - f.mean_s);
  const Theorem at_solution = Theorem::assume(theory, "variance", mean(f.j, squared_norm(b)) <= variance,
                                              "E|grad f_j(x*) - grad f(x*)|^2 <= variance");
  const Expression g = argument->define("g", f.g);
  const ParametricConstants<Expression> row = sgd_constants(f.L.value, variance);

  argument->identity("(K1) unbiased", mean(f.j, g), f.q);
  argument->theorem("(K2) second moment",
                    mean(f.j, squared_norm(g - f.mean_s)) <=
                        2 * argument->constant("A", row.A) * f.gap + argument->constant("D1", row.D1),
                    2 * f.smoothness + Theorem::average(f.j, Theorem::square(a - b)) + 2 * at_solution);
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
