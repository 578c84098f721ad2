// One step of the average x of a local method, x+ = x - gamma g, whether the workers are synchronized or not.
#include "proofs/rows/local_parts.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> local_step(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const local::Points points = local::points_of(*argument);
  const Signed gamma = nonnegative(theory, "gamma", "stepsize");
  const Expression mu = theory.scalar("mu");
  const Variables xi = theory.variable("xi", "the choices of the step");
  const Expression g = theory.vector("g", xi);
  theory.declare_mean(xi, g, points.mean);
  const auto& [x_i, gradient, value] = points.own;
  const Evaluated& star = points.f_i.star;
  const Expression off = points.f_i.x.point - star.point;
  const Expression distance = squared_norm(off);
  const Theorem convexity = Theorem::assume(
      theory, "f_i-quasi-convex",
      value + dot(gradient, star.point - x_i) + mu / 2 * squared_norm(x_i - star.point) <= star.value,
      "f_i is mu-quasi-strongly convex around x*");
  const Theorem smoothness = smooth_above(*argument, "f_i", points.L, points.own, points.f_i.x);
  const auto constant = [&](const char* name, const Expression& of) { return argument->constant(name, of); };

  const Theorem inner = argument->theorem(
      "(I) inner product",
      -2 * gamma.value * dot(points.mean, off) <= -2 * gamma.value * constant("gap", points.gap) -
                                                      gamma.value * constant("mu", mu) * (distance + points.V) +
                                                      gamma.value * constant("L", points.L.value) * points.V,
      2 * gamma.sign * Theorem::average(points.i, convexity + smoothness));
  argument->theorem("(X) distance",
                    mean(xi, squared_norm(off - gamma.value * g)) <=
                        (1 - constant("contraction", gamma.value * mu)) * distance -
                            constant("2gap", 2 * gamma.value) * points.gap +
                            constant("L-mu", gamma.value * (points.L.value - mu)) * points.V +
                            constant("square", gamma.value * gamma.value) * mean(xi, squared_norm(g)),
                    inner);
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
