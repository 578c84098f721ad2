// One step of the theorem of biased estimators, from f at x and x+ = x - gamma g and the row (R).
#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> biased_descent(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed L = nonnegative(theory, "L", "smoothness of f");
  const Signed gamma = nonnegative(theory, "gamma", "stepsize");
  const Signed p = positive(theory, "p", "share of its error that the estimator loses");
  const Expression lambda2 = theory.scalar("Lambda^2");
  const Expression nu = theory.scalar("nu");
  const Variables xi = theory.variable("xi", "the choices of the estimator");
  const Evaluated x{theory.vector("x"), theory.vector("q"), theory.scalar("f(x)")};
  const Expression g = theory.vector("g");
  const Evaluated next{x.point - gamma.value * g, theory.vector("q+"), theory.scalar("f(x+)")};
  const Expression next_g = theory.vector("g+", xi);
  const Expression minimum = theory.scalar("inf f");

  const Expression moved = squared_norm(next.point - x.point);
  const Expression G = argument->define("G", squared_norm(g - x.gradient));
  const Expression next_G = argument->define("E G+", mean(xi, squared_norm(next_g - next.gradient)));
  const Theorem smooth = Theorem::assume(
      theory, "f-smooth", next.value <= x.value + dot(x.gradient, next.point - x.point) + L.value / 2 * moved,
      "f is L-smooth, x+ = x - gamma g");
  const Theorem row =
      Theorem::assume(theory, "R", next_G <= (1 - p.value) * G + p.value * lambda2 * moved + p.value * nu,
                      "(R), the estimator's row");
  const Theorem coefficient =
      Theorem::assume(theory, "coefficient", 0 <= biased_estimator_descent(L.value, gamma.value, lambda2),
                      "the stepsize is small enough");
  const Expression weight = biased_estimator_weight(gamma.value, p.value);

  argument->theorem(
      "descent",
      next.value - minimum + weight * next_G <=
          x.value - minimum + weight * G - argument->constant("gain", gamma.value) / 2 * squared_norm(x.gradient) +
              argument->constant("nu", gamma.value * nu) / 2,
      smooth + ratio<Rational>(1, 2) * gamma.sign * (reciprocal(p).sign * row + coefficient * Theorem::square(g)));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
