// What a step of a local method gains: the inner product of the one-step inequality of chapter 4, whatever the method.
#include "proofs/rows/local_parts.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> local_inner_product(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const local::Points points = local::points_of(*argument);
  const auto& [x, gradient, value] = points.own;
  const Evaluated& star = points.f_i.star;
  const Signed gamma = nonnegative(theory, "gamma", "stepsize");
  const Expression mu = theory.scalar("mu");
  const Theorem convexity =
      Theorem::assume(theory, "f_i-quasi-convex",
                      value + dot(gradient, star.point - x) + mu / 2 * squared_norm(x - star.point) <= star.value,
                      "f_i is mu-quasi-strongly convex around x*");
  const Theorem smoothness = smooth_above(*argument, "f_i", points.L, points.own, points.f_i.x);
  const auto constant = [&](const char* name, const Expression& of) { return argument->constant(name, of); };
  argument->theorem(
      "(I) inner product",
      -2 * gamma.value * dot(points.mean, points.f_i.x.point - star.point) <=
          -2 * gamma.value * constant("gap", points.gap) -
              gamma.value * constant("mu", mu) * (squared_norm(points.f_i.x.point - star.point) + points.V) +
              gamma.value * constant("L", points.L.value) * points.V,
      2 * gamma.sign * Theorem::average(points.i, convexity + smoothness));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
