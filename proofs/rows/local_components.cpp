// The components of the workers' functions, and what sampling them uniformly is: expected smoothness.
#include "proofs/rows/local_parts.hpp"
#include "proofs/rows/rows.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace local {

namespace {

/// f_ij at a point, with means over j those of f_i there.
Evaluated component_at(Theory& theory, const std::string& gradient, const std::string& at, Variables i, Variables j,
                       const Evaluated& of) {
  Evaluated own{of.point, theory.vector(gradient, i | j), theory.scalar("f_ij(" + at + ")", i | j)};
  theory.declare_mean(j, own.gradient, of.gradient);
  theory.declare_mean(j, own.value, of.value);
  return own;
}

}  // namespace

Components components_of(Argument& argument, const Points& points) {
  Theory& theory = argument.theory();
  const Variables j = theory.variable("j", "the workers' draws of a component");
  const Signed L = positive(theory, "Lc", "smoothness of every f_ij");
  const Evaluated star = component_at(theory, "s_ij", "x*", points.i, j, points.f_i.star);
  const Evaluated own = component_at(theory, "grad f_ij(x_i)", "x_i", points.i, j, points.own);
  return {j, L, own, star, argument.define("a_ij", own.gradient - star.gradient)};
}

Evaluated components_at_x(Argument& argument, const Points& points, const Components& components) {
  return component_at(argument.theory(), "g_ij", "x", points.i, components.j, points.f_i.x);
}

Theorem cocoercivity_at_own(Argument& argument, const Points& points, const Components& components) {
  const Expression value = argument.theory().scalar("f_ij(y_i)", points.i | components.j);
  return cocoercivity(argument, "f_ij", components.L, components.own, components.star, value, " at x_i");
}

Theorem cocoercivity_at_x(Argument& argument, const Points& points, const Components& components,
                          const Evaluated& at_x) {
  const Expression value = argument.theory().scalar("f_ij(y)", points.i | components.j);
  return cocoercivity(argument, "f_ij", components.L, at_x, components.star, value);
}

}  // namespace local

std::unique_ptr<Argument> local_expected_smoothness(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  const local::Points points = local::points_of(*argument);
  const local::Components components = local::components_of(*argument, points);
  const Evaluated at_x = local::components_at_x(*argument, points, components);
  const Variables both = points.i | components.j;
  const Expression beta =
      argument->define("beta", mean(points.i, local::bregman_distance(points.own, points.f_i.star)));
  argument->theorem(
      "(E) at the x_i",
      mean(both, squared_norm(components.a)) <= 2 * argument->constant("E", components.L.value) * beta,
      Theorem::average(both, local::cocoercivity_at_own(*argument, points, components)));
  argument->theorem("(E) at x",
                    mean(both, squared_norm(at_x.gradient - components.star.gradient)) <=
                        2 * argument->constant("E at x", components.L.value) * points.gap,
                    Theorem::average(both, local::cocoercivity_at_x(*argument, points, components, at_x)));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
