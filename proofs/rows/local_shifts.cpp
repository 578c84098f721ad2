// What a worker of a local method takes off its gradient.
#include "proofs/rows/local_parts.hpp"

namespace touchstone::inline v0::proofs::kernel::local {

namespace {

/// 0 <= 8 L gap + 4 L^2 V + 2 S - E_i|d_i - w_i + E_i w_i|^2, where 0 <= S - E_i|w_i|^2 by `within`.
Theorem without_learned(const Workers& workers, const Expression& w, const Theorem& within) {
  const Expression mean_w = mean(workers.i, w);
  return 2 * workers.differences + 2 * within + mean_square(workers.i, workers.d + w - mean_w) +
         2 * Theorem::square(mean_w);
}

Expression off_solution(const Workers& workers, const Expression& h) {
  return h - workers.f_i.star.gradient;
}

/// A gradient of worker i at x, one of r.
struct Fresh {
  Signed r;
  Variables t, draws;
  Expression g;
};

Fresh fresh_gradients(Argument& argument, const Workers& workers) {
  Theory& theory = argument.theory();
  const Signed r = positive(theory, "r", "gradients that a shift is the mean of");
  const Variables t = theory.variable("t", "these gradients", r.value);
  const Variables draws = theory.variable("kappa", "their draws");
  const Expression g = theory.vector("ghat_it", workers.i | t | draws);
  theory.declare_mean(draws, g, workers.f_i.x.gradient);
  return {r, t, draws, g};
}

/// h_i <- E_t ghat_it with probability q, where 0 <= a bound - E_i Var ghat_it by `variance`.
Shift shift_of_fresh(Argument& argument, const Workers& workers, const Fresh& fresh, const Theorem& variance) {
  Theory& theory = argument.theory();
  const auto& [r, t, draws, g] = fresh;
  const Variables i = workers.i;
  const Signed q = nonnegative(theory, "q", "probability of new shifts");
  const Expression h = theory.vector("h_i", i);
  const Expression w = argument.define("w_i", off_solution(workers, h));
  const Expression s1 = argument.define("s1", mean(i, squared_norm(w)));
  const Expression renewed = off_solution(workers, mean(t, g));
  const Expression next_s1 =
      argument.define("E s1+", q.value * mean(i | draws, squared_norm(renewed)) + (1 - q.value) * s1);
  const Theorem share = reciprocal(r).sign;
  const Theorem of_mean = Theorem::average(i, Theorem::independence(t, draws, g - workers.f_i.x.gradient));
  return {.off = h - mean(i, h),
          .mean_bound = without_learned(workers, w, Theorem::constant(0)),
          .q = q.value,
          .r = r.value,
          .s1 = Sequence{s1, next_s1,
                         q.sign * (workers.smoothness + share * of_mean + share * Theorem::average(t, variance))}};
}

}  // namespace

Shift no_shift(Argument& argument, const Gradients& gradients) {
  Theory& theory = argument.theory();
  const Workers& workers = gradients.workers;
  const Variables i = workers.i;
  const Expression& s = workers.f_i.star.gradient;
  const Expression step = workers.own.gradient - workers.f_i.x.gradient;
  const Expression zeta = theory.scalar("gradient_noise");
  const Theorem at_solution = Theorem::assume(theory, "gradient_noise", mean(i, squared_norm(s)) <= zeta,
                                              "(1/n) sum_i |grad f_i(x*)|^2 <= gradient_noise");
  return {.mean_bound = 3 * workers.lipschitz + 3 * workers.smoothness + 3 * at_solution +
                        mean_square(i, step - workers.u) + mean_square(i, workers.u - s) + mean_square(i, step - s),
          .zeta = zeta};
}

Shift star_shift(Argument& /*argument*/, const Gradients& gradients) {
  return {.off = gradients.workers.f_i.star.gradient, .mean_bound = gradients.workers.differences};
}

Shift reference_shift(Argument& argument, const Gradients& gradients) {
  const Workers& workers = gradients.workers;
  const References& references = gradients.references.value();
  const Expression& h = references.gradients;
  const Expression w = argument.define("w_i", off_solution(workers, h));
  return {.off = h - mean(workers.i, h), .mean_bound = without_learned(workers, w, references.within)};
}

Shift common_reference_shift(Argument& argument, const Gradients& gradients) {
  const Workers& workers = gradients.workers;
  const auto& [q, h, within, s2] = gradients.references.value();
  const Expression w = argument.define("w_i", off_solution(workers, h));
  const Expression s1 = argument.define("s1", mean(workers.i, squared_norm(w)));
  const Expression next_s1 =
      argument.define("E s1+", q.value * mean(workers.i, squared_norm(workers.u)) + (1 - q.value) * s1);
  return {.off = h - mean(workers.i, h),
          .mean_bound = without_learned(workers, w, Theorem::constant(0)),
          .s1 = Sequence{s1, next_s1, q.sign * workers.smoothness}};
}

Shift noisy_shift(Argument& argument, const Gradients& gradients) {
  const Workers& workers = gradients.workers;
  const Fresh fresh = fresh_gradients(argument, workers);
  return shift_of_fresh(argument, workers, fresh,
                        Theorem::assume(argument.theory(), "variance at x",
                                        mean(workers.i | fresh.draws,
                                             squared_norm(fresh.g - workers.f_i.x.gradient)) <= gradients.noise,
                                        "(1/n) sum_i E|ghat_it - grad f_i(x)|^2 <= variance, for all t"));
}

Shift sampled_shift(Argument& argument, const Gradients& gradients) {
  Theory& theory = argument.theory();
  const Workers& workers = gradients.workers;
  const Fresh fresh = fresh_gradients(argument, workers);
  const Variables both = workers.i | fresh.draws;
  const Expression at_star = theory.vector("shat_it", both | fresh.t);
  theory.declare_mean(fresh.draws, at_star, workers.f_i.star.gradient);
  const Expression a = fresh.g - at_star;
  const Expression b = at_star - workers.f_i.star.gradient;
  const Expression& E = gradients.smoothness.value().value;
  const Theorem smoothness =
      Theorem::assume(theory, "expected-smoothness at x", mean(both, squared_norm(a)) <= 2 * E * workers.gap,
                      "(1/n) sum_i E|grad f_xi(x) - grad f_xi(x*)|^2 <= 2 E (f(x) - f(x*)); ghat_it and shat_it "
                      "are these gradients");
  const Theorem at_solution =
      Theorem::assume(theory, "sampling_variance at x", mean(both, squared_norm(b)) <= gradients.noise,
                      "(1/n) sum_i E|shat_it - grad f_i(x*)|^2 <= sampling_variance, for all t");
  const Theorem variance = argument.theorem(
      "variance of ghat_it",
      mean(both, squared_norm(fresh.g - workers.f_i.x.gradient)) <= 4 * E * workers.gap + 2 * gradients.noise,
      2 * smoothness + 2 * at_solution + mean_square(both, a - workers.u - b) +
          2 * mean_square(workers.i, workers.u));
  return shift_of_fresh(argument, workers, fresh, variance);
}

}  // namespace touchstone::inline v0::proofs::kernel::local
