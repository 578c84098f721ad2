// The rows of error compensation, v_i = C(e_i + gamma g_i): (P1) to (P6), and what they make of the errors.
#include "touchstone/theory/error_feedback/error_compensation.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/rows/scheme_lines.hpp"
#include "touchstone/theory/error_feedback/ec_diana.hpp"
#include "touchstone/theory/error_feedback/ec_gd.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg.hpp"
#include "touchstone/theory/error_feedback/ec_lsvrg_diana.hpp"
#include "touchstone/theory/error_feedback/ec_sgd.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

/// What is subtracted from ghat_i, and the symbols that come with it.
struct Shift {
  Expression off{};
  Theorem mean_bound;  ///< 0 <= the bound of (P2) - E_i|grad f_i(x) - off|^2
  Expression zeta{}, omega{}, alpha{};
  std::optional<LearnedShifts> learned{};
};

Shift no_shift(Argument& argument, const Gradients& gradients) {
  const GradientNoise noise = gradient_noise(argument, gradients);
  return {.mean_bound = noise.bound, .zeta = noise.zeta};
}

Shift star_shift(Argument& /*argument*/, const Gradients& gradients) {
  return {.off = gradients.workers.f_i.star.gradient, .mean_bound = gradients.smoothness};
}

Shift learned_shift(Argument& argument, const Gradients& gradients) {
  const LearnedShifts shifts = learned_shifts(argument, gradients);
  const Variables i = gradients.workers.i;
  const Expression mean_w = mean(i, shifts.w);
  return {.off = shifts.h - mean(i, shifts.h),
          .mean_bound = 2 * gradients.smoothness +
                        Theorem::average(i, Theorem::square(gradients.workers.u + shifts.w - mean_w)) +
                        2 * Theorem::square(mean_w),
          .omega = shifts.sent.omega.value,
          .alpha = shifts.alpha.value,
          .learned = shifts};
}

/// The lines that a worker's g_i is known by.
struct WorkerLines {
  Expression g_i, mean_g_i;
  Theorem mean_bound, variance;  ///< (P2), (P3)
};

/// (E) (1/n) sum_i E|e_i+|^2 <= (1 - delta/2) (1/n) sum_i |e_i|^2 + gamma^2 (2 a gap + b1 s1 + b2 s2 + d1)
void derive_errors(Argument& argument, const Gradients& gradients, const WorkerLines& lines,
                   const ErrorCompensationConstants<Expression>& row, const Sequences& of) {
  Theory& theory = argument.theory();
  const Variables i = gradients.workers.i;
  const Expression gamma = theory.scalar("gamma");
  const Theorem squared = Theorem::square(gamma);
  const Signed delta = positive(theory, "delta", "contraction of C");
  const Signed inverse = reciprocal(delta);
  const Theorem q = Theorem::assume(theory, "delta-at-most-one", delta.value <= 1, "delta <= 1");
  const Theorem k = inverse.sign * q * (Theorem::constant(1) + q);
  const Variables chi = theory.variable("chi", "the choices of C");
  const Expression e = theory.vector("e_i", i);
  const Expression next_e = theory.vector("e+_i", i | gradients.choices | chi);
  const Theorem contract =
      Theorem::assume(theory, "contractive",
                      mean(chi, squared_norm(next_e)) <= (1 - delta.value) * squared_norm(e + gamma * lines.g_i),
                      "e+_i = y - C(y) for y = e_i + gamma G_i, C is contractive with delta");
  const MomentBound<Expression> moments = compressed_moments(row, delta.value);
  const auto constant = [&](const char* name, const Expression& value) { return argument.constant(name, value); };
  const Expression sent = 2 * constant("a", moments.A) * gradients.workers.gap +
                          constant("b1", moments.B1) * of.s1 + constant("b2", moments.B2) * of.s2 +
                          constant("d1", moments.D);
  const Theorem young = Theorem::square(delta.value * e - 2 * (1 - delta.value) * gamma * lines.mean_g_i);

  argument.theorem("(E) errors",
                   mean(i | gradients.choices | chi, squared_norm(next_e)) <=
                       (1 - constant("delta", delta.value) / 2) * mean(i, squared_norm(e)) + gamma * gamma * sent,
                   Theorem::average(i | gradients.choices, contract) +
                       Rational(1, 2) * inverse.sign * Theorem::average(i, young) + squared * k * lines.mean_bound +
                       squared * q * lines.variance);
}

template <class Constants>
std::unique_ptr<Argument> compensated_row(const Change& change, Gradients (*gradients_of)(Argument&),
                                          Shift (*shift_of)(Argument&, const Gradients&),
                                          const Constants& constants) {
  auto argument = std::make_unique<Argument>(change);
  const Gradients gradients = gradients_of(*argument);
  const Shift shift = shift_of(*argument, gradients);
  const Workers& workers = gradients.workers;
  const Sequences of = sequences_of(gradients, shift.learned);
  const ErrorCompensationConstants<Expression> row =
      constants(Symbols{.L = workers.L.value,
                        .n = workers.n.value,
                        .E = gradients.expected_smoothness,
                        .noise = gradients.noise,
                        .p = gradients.references ? gradients.references->p : Expression(),
                        .zeta = shift.zeta,
                        .omega = shift.omega,
                        .alpha = shift.alpha});
  const Expression g_i = argument->define("G_i", gradients.ghat - shift.off);
  const Expression mean_g_i = mean(gradients.choices, g_i);

  derive_mean(
      *argument, gradients, gradients.choices, argument->define("g", mean(workers.i, g_i)),
      square_of_gradient(gradients) + variance_of_mean(gradients, gradients.choices, g_i, gradients.variance),
      row.mean, of);
  const Theorem mean_bound = argument->theorem(
      "(P2) means of the workers",
      mean(workers.i, squared_norm(mean_g_i)) <= right_side(*argument, "", row.worker_mean, workers.gap, of),
      shift.mean_bound);
  const Theorem variance = argument->theorem("(P3) variances of the workers",
                                             mean(workers.i | gradients.choices, squared_norm(g_i - mean_g_i)) <=
                                                 right_side(*argument, "~", row.worker_variance, workers.gap, of),
                                             gradients.variance);
  derive_sequences(*argument, gradients, shift.learned, row, of);
  derive_errors(*argument, gradients, {g_i, mean_g_i, mean_bound, variance}, row, of);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> ec_gd_row(const Change& change) {
  return compensated_row(change, full_gradients, no_shift,
                         [](const Symbols& s) { return ec_gd_constants(s.L, s.zeta); });
}
std::unique_ptr<Argument> ec_gd_star_row(const Change& change) {
  return compensated_row(change, full_gradients, star_shift,
                         [](const Symbols& s) { return ec_gd_star_constants(s.L); });
}
std::unique_ptr<Argument> ec_sgdsr_row(const Change& change) {
  return compensated_row(change, arbitrarily_sampled_gradients, no_shift,
                         [](const Symbols& s) { return ec_sgdsr_constants(s.L, s.E, s.n, s.noise, s.zeta); });
}
std::unique_ptr<Argument> ec_sgd_row(const Change& change) {
  return compensated_row(change, sampled_gradients, no_shift,
                         [](const Symbols& s) { return ec_sgd_constants(s.L, s.n, s.noise, s.zeta); });
}
std::unique_ptr<Argument> ec_sgd_diana_row(const Change& change) {
  return compensated_row(change, noisy_gradients, learned_shift, [](const Symbols& s) {
    return ec_sgd_diana_constants(s.L, s.omega, s.n, s.alpha, s.noise);
  });
}
std::unique_ptr<Argument> ec_sgdsr_diana_row(const Change& change) {
  return compensated_row(change, arbitrarily_sampled_gradients, learned_shift, [](const Symbols& s) {
    return ec_sgdsr_diana_constants(s.L, s.E, s.omega, s.n, s.alpha, s.noise);
  });
}
std::unique_ptr<Argument> ec_gd_diana_row(const Change& change) {
  return compensated_row(change, full_gradients, learned_shift,
                         [](const Symbols& s) { return ec_gd_diana_constants(s.L, s.omega, s.alpha); });
}
std::unique_ptr<Argument> ec_lsvrg_row(const Change& change) {
  return compensated_row(change, variance_reduced_gradients, no_shift,
                         [](const Symbols& s) { return ec_lsvrg_constants(s.L, s.n, s.p, s.zeta); });
}
std::unique_ptr<Argument> ec_lsvrg_star_row(const Change& change) {
  return compensated_row(change, variance_reduced_gradients, star_shift,
                         [](const Symbols& s) { return ec_lsvrg_star_constants(s.L, s.n, s.p); });
}
std::unique_ptr<Argument> ec_lsvrg_diana_row(const Change& change) {
  return compensated_row(change, variance_reduced_gradients, learned_shift, [](const Symbols& s) {
    return ec_lsvrg_diana_constants(s.L, s.omega, s.n, s.alpha, s.p);
  });
}

}  // namespace touchstone::inline v0::proofs::kernel
