// The rows of delayed updates, which are those without any feedback: (P1) and (P4) to (P6).
#include "proofs/rows/rows.hpp"
#include "proofs/rows/scheme_parts.hpp"
#include "touchstone/theory/error_feedback/d_diana.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/d_qsgd.hpp"
#include "touchstone/theory/error_feedback/d_sgd.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

/// g_i, and the symbols that come with it.
struct Message {
  Variables choices;
  Expression g_i;
  Theorem variance;  ///< 0 <= the bound of E_i Var g_i - E_i Var g_i
  Expression zeta{}, omega{}, alpha{};
  std::optional<LearnedShifts> learned{};
};

Message exact(Argument& /*argument*/, const Gradients& gradients) {
  return {.choices = gradients.choices, .g_i = gradients.ghat, .variance = gradients.variance};
}

/// Var Q(ghat_i - h_i), where `compressed` bounds E_i|grad f_i(x) - h_i|^2.
Theorem variance_of(const Quantized& sent, const Gradients& gradients, const Theorem& compressed) {
  return sent.contract + sent.omega.sign * compressed +
         (Theorem::constant(1) + sent.omega.sign) * gradients.variance;
}

Message compressed(Argument& argument, const Gradients& gradients) {
  const GradientNoise noise = gradient_noise(argument, gradients);
  const Quantized sent = quantized(argument, gradients, {});
  return {.choices = gradients.choices | sent.choices,
          .g_i = sent.message,
          .variance = variance_of(sent, gradients, noise.bound),
          .zeta = noise.zeta,
          .omega = sent.omega.value};
}

Message compressed_difference(Argument& argument, const Gradients& gradients) {
  const LearnedShifts shifts = learned_shifts(argument, gradients);
  const Theorem difference = 2 * gradients.smoothness +
                             Theorem::average(gradients.workers.i, Theorem::square(gradients.workers.u + shifts.w));
  return {.choices = gradients.choices | shifts.sent.choices,
          .g_i = shifts.h + shifts.sent.message,
          .variance = variance_of(shifts.sent, gradients, difference),
          .omega = shifts.sent.omega.value,
          .alpha = shifts.alpha.value,
          .learned = shifts};
}

/// The symbols that a row's constants are made of; zero where a method has none.
struct Symbols {
  Expression L, n, E, noise, p, zeta, omega, alpha;
};

template <class Constants>
std::unique_ptr<Argument> row_of(const Change& change, Gradients (*gradients_of)(Argument&),
                                 Message (*message_of)(Argument&, const Gradients&), const Constants& constants) {
  auto argument = std::make_unique<Argument>(change);
  const Gradients gradients = gradients_of(*argument);
  const Message message = message_of(*argument, gradients);
  const Workers& workers = gradients.workers;
  Sequences of;
  Expression p;
  if (message.learned) of.s1 = message.learned->s1;
  if (gradients.references) {
    of.s2 = gradients.references->s2;
    p = gradients.references->p;
  }
  const ErrorFeedbackConstants<Expression> row =
      constants(Symbols{workers.L.value, workers.n.value, gradients.expected_smoothness, gradients.noise, p,
                        message.zeta, message.omega, message.alpha});
  derive_mean(*argument, gradients, message.choices, argument->define("G_i", message.g_i), message.variance,
              row.mean, of);
  if (message.learned) derive_shifts(*argument, *message.learned, *row.shift, workers.gap, of);
  if (gradients.references) derive_references(*argument, *gradients.references, *row.sampling, workers.gap);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> d_sgd_row(const Change& change) {
  return row_of(change, sampled_gradients, exact,
                [](const Symbols& s) { return d_sgd_constants(s.L, s.n, s.noise); });
}
std::unique_ptr<Argument> d_sgd_sr_row(const Change& change) {
  return row_of(change, arbitrarily_sampled_gradients, exact,
                [](const Symbols& s) { return d_sgd_sr_constants(s.L, s.E, s.n, s.noise); });
}
std::unique_ptr<Argument> d_qsgd_row(const Change& change) {
  return row_of(change, arbitrarily_sampled_gradients, compressed, [](const Symbols& s) {
    return d_qsgd_sampling_constants(s.L, s.E, s.omega, s.n, s.zeta, s.noise);
  });
}
std::unique_ptr<Argument> d_sgd_diana_row(const Change& change) {
  return row_of(change, noisy_gradients, compressed_difference,
                [](const Symbols& s) { return d_sgd_diana_constants(s.L, s.omega, s.n, s.alpha, s.noise); });
}
std::unique_ptr<Argument> d_lsvrg_row(const Change& change) {
  return row_of(change, variance_reduced_gradients, exact,
                [](const Symbols& s) { return d_lsvrg_constants(s.L, s.n, s.p); });
}
std::unique_ptr<Argument> d_qlsvrg_row(const Change& change) {
  return row_of(change, variance_reduced_gradients, compressed,
                [](const Symbols& s) { return d_qlsvrg_constants(s.L, s.omega, s.n, s.p, s.zeta); });
}
std::unique_ptr<Argument> d_lsvrg_diana_row(const Change& change) {
  return row_of(change, variance_reduced_gradients, compressed_difference,
                [](const Symbols& s) { return d_lsvrg_diana_constants(s.L, s.omega, s.n, s.alpha, s.p); });
}

}  // namespace touchstone::inline v0::proofs::kernel
