// How a worker of a local method comes by its gradient.
#include "proofs/rows/local_parts.hpp"

namespace touchstone::inline v0::proofs::kernel::local {

namespace {

/// f_ij at a point, with means over j those of f_i there.
Evaluated component_at(Theory& theory, const std::string& gradient, const std::string& at, Variables i, Variables j,
                       const Evaluated& of) {
  Evaluated own{of.point, theory.vector(gradient, i | j), theory.scalar("f_ij(" + at + ")", i | j)};
  theory.declare_mean(j, own.gradient, of.gradient);
  theory.declare_mean(j, own.value, of.value);
  return own;
}

/// One outcome of j is a component for every worker; f_ij is the one of worker i.
struct Components {
  Variables j;
  Signed L;
  Evaluated own, star;  ///< at x_i and at x*
  Expression a;         ///< a_ij = grad f_ij(x_i) - grad f_ij(x*)
  Theorem differences;  ///< 0 <= (4 gap + 2 L_i V) L - E_ij|a_ij|^2, L_i that of the f_i
};

Components components_of(Argument& argument, const Workers& workers) {
  Theory& theory = argument.theory();
  const Variables i = workers.i;
  const Variables j = theory.variable("j", "the workers' draws of a component");
  const Signed L = positive(theory, "Lc", "smoothness of every f_ij");
  const Evaluated star = component_at(theory, "s_ij", "x*", i, j, workers.f_i.star);
  const Evaluated own = component_at(theory, "grad f_ij(x_i)", "x_i", i, j, workers.own);
  const Theorem each = cocoercivity(argument, "f_ij", L, own, star, theory.scalar("f_ij(y_i)", i | j), " at x_i");
  const Expression a = argument.define("a_ij", own.gradient - star.gradient);
  return {j,
          L,
          own,
          star,
          a,
          argument.theorem(
              "components at the x_i",
              mean(i | j, squared_norm(a)) <= 4 * L.value * workers.gap + 2 * L.value * workers.L.value * workers.V,
              Theorem::average(i | j, each) + 2 * L.sign * workers.transfer)};
}

/// A gradient that is compared with one at reference points w_i, by the components; a new w_i is where the gradients are
/// `renewed`, for which 0 <= bound - E_ij|renewed_ij - grad f_ij(x*)|^2.
Gradients by_references(Argument& argument, const Workers& workers, const Components& components,
                        const Expression& renewed, const Theorem& bound) {
  Theory& theory = argument.theory();
  const Variables i = workers.i;
  const Variables both = i | components.j;
  const Signed q = nonnegative(theory, "q", "probability of a new reference point");
  const Expression r = theory.vector("r_ij", both);
  const Expression b = argument.define("b_ij", r - components.star.gradient);
  const Expression mean_b = mean(components.j, b);
  const Expression s2 = argument.define("s2", mean(both, squared_norm(b)));
  const Expression next_s2 = argument.define(
      "E s2+", q.value * mean(both, squared_norm(renewed - components.star.gradient)) + (1 - q.value) * s2);
  const Expression ghat = argument.define("ghat_i", components.own.gradient - r + mean(components.j, r));
  const Theorem variance = argument.theorem(
      "variance of ghat_i",
      mean(both, squared_norm(ghat - workers.own.gradient)) <=
          8 * components.L.value * workers.gap + 2 * s2 + 4 * components.L.value * workers.L.value * workers.V,
      2 * components.differences + mean_square(both, components.a + b) + mean_square(i, workers.d - mean_b));
  return {.workers = workers,
          .choices = components.j,
          .ghat = ghat,
          .variance = variance,
          .smoothness = components.L,
          .references = References{q,
                                   mean(components.j, r),
                                   Theorem::average(i, square_of_mean(components.j, b)),
                                   {s2, next_s2, q.sign * bound}}};
}

}  // namespace

Gradients noisy_gradients(Argument& argument) {
  Theory& theory = argument.theory();
  const Workers workers = workers_of(argument);
  const Variables zeta = theory.variable("zeta", "the gradients' noise");
  const Expression Z = theory.vector("Z_i", workers.i | zeta);
  theory.declare_mean(zeta, Z, {});
  const Expression noise = theory.scalar("variance");
  const Theorem variance = Theorem::assume(theory, "variance", mean(workers.i | zeta, squared_norm(Z)) <= noise,
                                           "(1/n) sum_i E|ghat_i - grad f_i(x_i)|^2 <= variance");
  return {.workers = workers,
          .choices = zeta,
          .ghat = argument.define("ghat_i", workers.own.gradient + Z),
          .variance = variance,
          .noise = noise};
}

Gradients sampled_gradients(Argument& argument) {
  Theory& theory = argument.theory();
  const Workers workers = workers_of(argument);
  const Variables j = theory.variable("j", "the workers' draws");
  const Variables both = workers.i | j;
  const Expression ghat = theory.vector("ghat_i", both);
  const Expression at_star = theory.vector("shat_i", both);
  theory.declare_mean(j, ghat, workers.own.gradient);
  theory.declare_mean(j, at_star, workers.f_i.star.gradient);
  const Signed E = nonnegative(theory, "E", "expected smoothness");
  const Expression noise = theory.scalar("sampling_variance");
  const Expression a = argument.define("a_i", ghat - at_star);
  const Expression b = argument.define("b_i", at_star - workers.f_i.star.gradient);
  const Theorem smoothness = Theorem::assume(
      theory, "expected-smoothness", mean(both, squared_norm(a)) <= 2 * E.value * workers.beta,
      "(1/n) sum_i E|grad f_xi(x_i) - grad f_xi(x*)|^2 <= 2 E beta; ghat_i and shat_i are these gradients");
  const Theorem at_solution = Theorem::assume(theory, "sampling_variance", mean(both, squared_norm(b)) <= noise,
                                              "(1/n) sum_i E|shat_i - grad f_i(x*)|^2 <= sampling_variance");
  const Theorem variance =
      argument.theorem("variance of ghat_i",
                       mean(both, squared_norm(ghat - workers.own.gradient)) <=
                           8 * E.value * workers.gap + 4 * E.value * workers.L.value * workers.V + 2 * noise,
                       2 * smoothness + 4 * E.sign * workers.transfer + 2 * at_solution +
                           mean_square(both, a - workers.d - b) + 2 * mean_square(workers.i, workers.d));
  return {.workers = workers, .choices = j, .ghat = ghat, .variance = variance, .noise = noise, .smoothness = E};
}

Gradients gradients_by_own_references(Argument& argument) {
  const Workers workers = workers_of(argument);
  const Components components = components_of(argument, workers);
  return by_references(argument, workers, components, components.own.gradient, components.differences);
}

Gradients gradients_by_common_reference(Argument& argument) {
  Theory& theory = argument.theory();
  const Workers workers = workers_of(argument);
  const Components components = components_of(argument, workers);
  const Variables both = workers.i | components.j;
  const Evaluated at_x = component_at(theory, "g_ij", "x", workers.i, components.j, workers.f_i.x);
  const Theorem each =
      cocoercivity(argument, "f_ij", components.L, at_x, components.star, theory.scalar("f_ij(y)", both));
  const Theorem smoothness = argument.theorem(
      "smoothness of f_ij",
      mean(both, squared_norm(at_x.gradient - components.star.gradient)) <= 2 * components.L.value * workers.gap,
      Theorem::average(both, each));
  return by_references(argument, workers, components, at_x.gradient, smoothness);
}

Gradients gradients_by_solution(Argument& argument) {
  const Workers workers = workers_of(argument);
  const Components components = components_of(argument, workers);
  const Variables both = workers.i | components.j;
  const Expression& s = workers.f_i.star.gradient;
  const Expression ghat = argument.define("ghat_i", components.own.gradient - components.star.gradient + s);
  const Theorem variance = argument.theorem(
      "variance of ghat_i",
      mean(both, squared_norm(ghat - workers.own.gradient)) <=
          4 * components.L.value * workers.gap + 2 * components.L.value * workers.L.value * workers.V,
      components.differences + mean_square(workers.i, workers.d));
  return {
      .workers = workers, .choices = components.j, .ghat = ghat, .variance = variance, .smoothness = components.L};
}

}  // namespace touchstone::inline v0::proofs::kernel::local
