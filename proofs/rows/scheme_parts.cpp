#include "proofs/rows/scheme_parts.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

Theorem average(Variables over, const Expression& v) {
  return Theorem::average(over, Theorem::square(v));
}

Workers workers_of(Argument& argument, const std::string& smooth) {
  Theory& theory = argument.theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Variables i = theory.variable("i", "the workers", n.value);
  const Signed L = positive(theory, "L", "smoothness of every " + smooth);
  Functions f = whole_function(theory);
  f.star.gradient = {};  // x* minimises f
  const Functions f_i = parts_of(theory, f, i, "i");
  const Expression gap = bregman_gap(argument, f);
  return {n, i, L, f_i, f.x.gradient, gap, argument.define("u_i", f_i.x.gradient - f_i.star.gradient)};
}

/// One outcome of j is a component for every worker; f_ij is the one of worker i.
struct Components {
  Variables j;
  Functions f_ij;
  Expression a;        ///< a_ij = grad f_ij(x) - grad f_ij(x*)
  Theorem smoothness;  ///< 0 <= 2L gap - E_ij|a_ij|^2
};

Components components_of(Argument& argument, const Workers& workers) {
  const Variables j = argument.theory().variable("j", "the workers' draws of a component");
  const Functions f_ij = parts_of(argument.theory(), workers.f_i, j, "ij");
  const Theorem smoothness = smoothness_of(argument, f_ij, workers.L, workers.gap);
  return {j, f_ij, argument.define("a_ij", f_ij.x.gradient - f_ij.star.gradient), smoothness};
}

/// E_i|u_i|^2 <= 2L gap, as u_i is the mean of the a_ij.
Theorem smoothness_of_means(Argument& argument, const Workers& workers, const Components& components) {
  return argument.theorem("smoothness of f_i",
                          mean(workers.i, squared_norm(workers.u)) <= 2 * workers.L.value * workers.gap,
                          components.smoothness + average(workers.i | components.j, components.a - workers.u));
}

/// ghat_i at x and at x*.
struct Sample {
  Variables j;
  Expression now, at_solution;
};

/// The gradients with ghat_i drawn, where 0 <= 2 E gap - E_ij|now - at_solution|^2 by `smoothness`.
Gradients sampled(Argument& argument, Gradients gradients, const Sample& sample, const Expression& E,
                  const Theorem& smoothness) {
  Theory& theory = argument.theory();
  const Workers& workers = gradients.workers;
  const Variables both = workers.i | sample.j;
  const Expression b = argument.define("b_ij", sample.at_solution - workers.f_i.star.gradient);
  gradients.choices = sample.j;
  gradients.ghat = sample.now;
  gradients.noise = theory.scalar("sampling_variance");
  const Theorem at_solution =
      Theorem::assume(theory, "sampling_variance", mean(both, squared_norm(b)) <= gradients.noise,
                      "(1/n) sum_i E|ghat_i - grad f_i(x*)|^2 <= sampling_variance for the ghat_i at x*");
  gradients.variance = argument.theorem(
      "variance of ghat_i",
      mean(both, squared_norm(sample.now - workers.f_i.x.gradient)) <= 4 * E * workers.gap + 2 * gradients.noise,
      2 * smoothness + 2 * at_solution + average(both, sample.now - sample.at_solution - workers.u - b) +
          2 * average(workers.i, workers.u));
  return gradients;
}

}  // namespace

Gradients full_gradients(Argument& argument) {
  const Workers workers = workers_of(argument, "f_i");
  const Theorem smoothness = smoothness_of(argument, workers.f_i, workers.L, workers.gap);
  return {.workers = workers, .smoothness = smoothness, .ghat = workers.f_i.x.gradient};
}

Gradients noisy_gradients(Argument& argument) {
  Theory& theory = argument.theory();
  Gradients noisy = full_gradients(argument);
  const Variables i = noisy.workers.i;
  noisy.choices = theory.variable("zeta", "the gradients' noise");
  const Expression Z = theory.vector("Z_i", i | noisy.choices);
  theory.declare_mean(noisy.choices, Z, {});
  noisy.noise = theory.scalar("variance");
  noisy.variance = Theorem::assume(theory, "variance", mean(i | noisy.choices, squared_norm(Z)) <= noisy.noise,
                                   "(1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= variance");
  noisy.ghat = argument.define("ghat_i", noisy.ghat + Z);
  return noisy;
}

Gradients sampled_gradients(Argument& argument) {
  const Workers workers = workers_of(argument, "f_ij");
  const Components components = components_of(argument, workers);
  const Sample sample{components.j, components.f_ij.x.gradient, components.f_ij.star.gradient};
  return sampled(argument, {.workers = workers, .smoothness = smoothness_of_means(argument, workers, components)},
                 sample, workers.L.value, components.smoothness);
}

Gradients arbitrarily_sampled_gradients(Argument& argument) {
  Theory& theory = argument.theory();
  Gradients gradients = full_gradients(argument);
  const Workers& workers = gradients.workers;
  const Variables j = theory.variable("j", "the workers' draws");
  const Variables both = workers.i | j;
  const Sample sample{j, theory.vector("ghat_i", both), theory.vector("shat_i", both)};
  theory.declare_mean(j, sample.now, workers.f_i.x.gradient);
  theory.declare_mean(j, sample.at_solution, workers.f_i.star.gradient);
  gradients.expected_smoothness = theory.scalar("E");
  const Theorem smoothness = Theorem::assume(
      theory, "expected-smoothness",
      mean(both, squared_norm(sample.now - sample.at_solution)) <= 2 * gradients.expected_smoothness * workers.gap,
      "(1/n) sum_i E|grad f_xi(x) - grad f_xi(x*)|^2 <= 2 E (f(x) - f(x*)); ghat_i and shat_i are these gradients");
  return sampled(argument, gradients, sample, gradients.expected_smoothness, smoothness);
}

Gradients variance_reduced_gradients(Argument& argument) {
  Theory& theory = argument.theory();
  const Workers workers = workers_of(argument, "f_ij");
  const Components components = components_of(argument, workers);
  const auto& [j, f_ij, a, smoothness_of_each] = components;
  const Variables both = workers.i | j;
  const Theorem smoothness = smoothness_of_means(argument, workers, components);
  const Signed p = nonnegative(theory, "p", "probability of a new reference point");
  const Expression r = theory.vector("r_ij", both);  // grad f_ij(w_i)
  const Expression b = argument.define("b_ij", r - f_ij.star.gradient);
  const Expression s2 = argument.define("s2", mean(both, squared_norm(b)));
  const Expression next_s2 = argument.define("E s2+", p.value * mean(both, squared_norm(a)) + (1 - p.value) * s2);
  const Expression ghat = argument.define("ghat_i", f_ij.x.gradient - r + mean(j, r));
  const Theorem variance = argument.theorem(
      "variance of ghat_i",
      mean(both, squared_norm(ghat - workers.f_i.x.gradient)) <= 4 * workers.L.value * workers.gap + 2 * s2,
      2 * smoothness_of_each + average(both, a + b) + average(workers.i, workers.u - mean(j, b)));
  return {.workers = workers,
          .smoothness = smoothness,
          .choices = j,
          .ghat = ghat,
          .variance = variance,
          .references = ReferencePoints{p.value, s2, next_s2, p.sign * smoothness_of_each}};
}

Quantized quantized(Argument& argument, const Gradients& gradients, const Expression& h) {
  Theory& theory = argument.theory();
  const Variables xi = theory.variable("xi", "the choices of Q");
  const Signed omega = nonnegative(theory, "omega", "variance of Q");
  const Variables estimates = gradients.workers.i | gradients.choices;
  const Expression N = theory.vector("N_i", estimates | xi);
  theory.declare_mean(xi, N, {});
  const Expression difference = argument.define("d_i", gradients.ghat - h);
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(difference),
                      "Q(d_i) = d_i + N_i, Q is unbiased with omega");
  return {xi, omega, argument.define("m_i", difference + N), Theorem::average(estimates, contract)};
}

LearnedShifts learned_shifts(Argument& argument, const Gradients& gradients) {
  Theory& theory = argument.theory();
  const Workers& workers = gradients.workers;
  const Expression h = theory.vector("h_i", workers.i);
  const Quantized sent = quantized(argument, gradients, h);
  const Signed& omega = sent.omega;
  const Signed alpha = nonnegative(theory, "alpha", "stepsize of the shifts");
  const Theorem alpha_bound =
      Theorem::assume(theory, "alpha-bound", alpha.value * (1 + omega.value) <= 1, "alpha <= 1/(1 + omega)");
  const Expression w = argument.define("w_i", h - workers.f_i.star.gradient);
  const Expression s1 = argument.define("s1", mean(workers.i, squared_norm(w)));
  const Expression next_s1 = argument.define(
      "E s1+", mean(workers.i | gradients.choices | sent.choices, squared_norm(w + alpha.value * sent.message)));
  return {sent,
          alpha,
          h,
          w,
          s1,
          next_s1,
          alpha.sign * alpha.sign * sent.contract +
              alpha.sign * alpha_bound * average(workers.i, workers.f_i.x.gradient - h) +
              alpha.sign * alpha.sign * (Theorem::constant(1) + omega.sign) * gradients.variance +
              alpha.sign * gradients.smoothness};
}

GradientNoise gradient_noise(Argument& argument, const Gradients& gradients) {
  const Workers& workers = gradients.workers;
  const Expression& s = workers.f_i.star.gradient;
  const Expression zeta = argument.theory().scalar("gradient_noise");
  const Theorem at_solution =
      Theorem::assume(argument.theory(), "gradient_noise", mean(workers.i, squared_norm(s)) <= zeta,
                      "(1/n) sum_i |grad f_i(x*)|^2 <= gradient_noise");
  return {zeta, 2 * gradients.smoothness + 2 * at_solution + average(workers.i, workers.u - s)};
}

}  // namespace touchstone::inline v0::proofs::kernel
