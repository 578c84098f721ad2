// How a worker of a local method comes by its gradient.
#include "proofs/rows/local_parts.hpp"

namespace touchstone::inline v0::proofs::kernel::local {

namespace {

/// 0 <= 4 L gap + 2 L L_i V - E_ij|a_ij|^2, L that of the components, L_i that of the f_i
Theorem differences_of(Argument& argument, const Workers& workers, const Components& components) {
  const Variables both = workers.i | components.j;
  const Signed& L = components.L;
  return argument.theorem(
      "components at the x_i",
      mean(both, squared_norm(components.a)) <=
          4 * L.value * workers.gap + 2 * L.value * workers.L.value * workers.V,
      Theorem::average(both, cocoercivity_at_own(argument, workers, components)) + 2 * L.sign * workers.transfer);
}

/// A gradient that is compared with one at reference points w_i, by the components; a new w_i is where the gradients are
/// `renewed`, for which 0 <= bound - E_ij|renewed_ij - grad f_ij(x*)|^2.
Gradients by_references(Argument& argument, const Workers& workers, const Components& components,
                        const Theorem& differences, const Expression& renewed, const Theorem& bound) {
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
      2 * differences + mean_square(both, components.a + b) + mean_square(i, workers.d - mean_b));
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
  const Theorem differences = differences_of(argument, workers, components);
  return by_references(argument, workers, components, differences, components.own.gradient, differences);
}

Gradients gradients_by_common_reference(Argument& argument) {
  const Workers workers = workers_of(argument);
  const Components components = components_of(argument, workers);
  const Variables both = workers.i | components.j;
  const Evaluated at_x = components_at_x(argument, workers, components);
  const Theorem smoothness = argument.theorem(
      "smoothness of f_ij",
      mean(both, squared_norm(at_x.gradient - components.star.gradient)) <= 2 * components.L.value * workers.gap,
      Theorem::average(both, cocoercivity_at_x(argument, workers, components, at_x)));
  return by_references(argument, workers, components, differences_of(argument, workers, components), at_x.gradient,
                       smoothness);
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
      differences_of(argument, workers, components) + mean_square(workers.i, workers.d));
  return {
      .workers = workers, .choices = components.j, .ghat = ghat, .variance = variance, .smoothness = components.L};
}

}  // namespace touchstone::inline v0::proofs::kernel::local
