// The perturbed iterate xt = x - e of error feedback, e the mean of the errors: xt+ = xt - gamma g.
#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> perturbed_iterate(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Variables xi = theory.variable("xi", "the choices of the step");
  const Signed L = positive(theory, "L", "smoothness of f");
  const Signed mu = nonnegative(theory, "mu", "quasi-strong convexity of f");
  const Signed gamma = nonnegative(theory, "gamma", "stepsize");
  const Theorem mu_bound = Theorem::assume(theory, "mu-at-most-L", mu.value <= L.value, "mu <= L");
  const Expression u = theory.vector("u");  // x - x*
  const Expression e = theory.vector("e");
  const Expression q = theory.vector("q");  // grad f(x)
  const Expression g = theory.vector("g", xi);
  theory.declare_mean(xi, g, q);
  const Expression gap = theory.scalar("gap");
  const Theorem quasi_strong =
      Theorem::assume(theory, "quasi-strong-convexity", gap + mu.value / 2 * squared_norm(u) <= dot(u, q),
                      "f is mu-quasi-strongly convex; u = x - x*, q = grad f(x)");
  const Theorem smooth = Theorem::assume(theory, "smoothness", squared_norm(q) <= 2 * L.value * gap,
                                         "f is convex and L-smooth; see the row of gradient descent");
  const Expression distance = squared_norm(u - e);
  const Theorem half = reciprocal(L).sign * gamma.sign;

  argument->theorem("perturbed iterate",
                    mean(xi, squared_norm(u - e - gamma.value * g)) <=
                        (1 - argument->constant("mu", gamma.value * mu.value / 2)) * distance -
                            argument->constant("gap", gamma.value) * gap +
                            argument->constant("3L", 3 * L.value * gamma.value) * squared_norm(e) +
                            gamma.value * gamma.value * mean(xi, squared_norm(g)),
                    Rational(2) * gamma.sign * quasi_strong +
                        Rational(1, 2) * half * (Theorem::square(2 * L.value * e - q) + smooth) +
                        Rational(1, 2) * gamma.sign * mu.sign * Theorem::square(u + e) +
                        gamma.sign * mu_bound * Theorem::square(e));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
