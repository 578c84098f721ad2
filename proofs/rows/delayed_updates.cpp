// The rows of delayed updates, which are those without any feedback, and of a server that quantizes too: (P1) and (P4) to
// (P6).
#include "proofs/rows/rows.hpp"
#include "proofs/rows/scheme_lines.hpp"
#include "touchstone/theory/error_feedback/d_diana.hpp"
#include "touchstone/theory/error_feedback/d_lsvrg.hpp"
#include "touchstone/theory/error_feedback/d_qsgd.hpp"
#include "touchstone/theory/error_feedback/d_sgd.hpp"
#include "touchstone/theory/error_feedback/dianasr_dq.hpp"
#include "touchstone/theory/error_feedback/dqgd.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

/// g_i, and the symbols that come with it.
struct Message {
  Variables choices;
  Expression g_i;
  Theorem variance;                           ///< 0 <= the bound of E_i Var g_i - E_i Var g_i
  Theorem compressed = Theorem::constant(0);  ///< 0 <= its bound - E_i|grad f_i(x) - h_i|^2
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
          .compressed = noise.bound,
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
          .compressed = difference,
          .omega = shifts.sent.omega.value,
          .alpha = shifts.alpha.value,
          .learned = shifts};
}

/// What moves the model.
struct Estimate {
  Variables choices;
  Expression g;
  Theorem second_moment;  ///< 0 <= the bound of (P4) - E|g|^2
  Expression server_omega{};
};

Theorem variance_of_mean(const Gradients& gradients, const Message& message) {
  return variance_of_mean(gradients, message.choices, message.g_i, message.variance);
}

Estimate mean_of_messages(Argument& /*argument*/, const Gradients& gradients, const Message& message) {
  return {message.choices, mean(gradients.workers.i, message.g_i),
          square_of_gradient(gradients) + variance_of_mean(gradients, message)};
}

/// Q2(y) = y + M instead of y, a part of the mean of messages, where 0 <= a bound - E|y|^2 by `second_moment`.
Estimate quantized_by_server(Argument& argument, Estimate of, const Expression& y, const Theorem& second_moment) {
  Theory& theory = argument.theory();
  const Variables eta = theory.variable("eta", "the choices of Q2");
  const Signed omega = nonnegative(theory, "omega2", "variance of Q2");
  const Expression M = theory.vector("M", of.choices | eta);
  theory.declare_mean(eta, M, {});
  const Theorem contract =
      Theorem::assume(theory, "server-compressor", mean(eta, squared_norm(M)) <= omega.value * squared_norm(y),
                      "Q2(y) = y + M, Q2 is unbiased with omega2");
  of.second_moment = of.second_moment + Theorem::average(of.choices, contract) + omega.sign * second_moment;
  of.choices |= eta;
  of.g = of.g + M;
  of.server_omega = omega.value;
  return of;
}

Estimate quantized_estimate(Argument& argument, const Gradients& gradients, const Message& message) {
  const Estimate of = mean_of_messages(argument, gradients, message);
  return quantized_by_server(argument, of, argument.define("y", of.g), of.second_moment);
}

/// y = (1/n) sum_i m_i, whose mean is grad f(x) - (1/n) sum_i h_i.
Estimate quantized_difference(Argument& argument, const Gradients& gradients, const Message& message) {
  const Variables i = gradients.workers.i;
  const LearnedShifts& shifts = message.learned.value();
  return quantized_by_server(argument, mean_of_messages(argument, gradients, message),
                             argument.define("y", mean(i, shifts.sent.message)),
                             square_of_mean(i, gradients.workers.u - shifts.w) + message.compressed +
                                 variance_of_mean(gradients, message));
}

template <class Constants>
std::unique_ptr<Argument> delayed_row(const Change& change, Gradients (*gradients_of)(Argument&),
                                      Message (*message_of)(Argument&, const Gradients&),
                                      Estimate (*estimate_of)(Argument&, const Gradients&, const Message&),
                                      const Constants& constants) {
  auto argument = std::make_unique<Argument>(change);
  const Gradients gradients = gradients_of(*argument);
  Message message = message_of(*argument, gradients);
  message.g_i = argument->define("G_i", message.g_i);
  const Estimate estimate = estimate_of(*argument, gradients, message);
  const Sequences of = sequences_of(gradients, message.learned);
  const ErrorFeedbackConstants<Expression> row =
      constants(Symbols{.L = gradients.workers.L.value,
                        .n = gradients.workers.n.value,
                        .E = gradients.expected_smoothness,
                        .noise = gradients.noise,
                        .p = gradients.references ? gradients.references->p : Expression(),
                        .zeta = message.zeta,
                        .omega = message.omega,
                        .alpha = message.alpha,
                        .server_omega = estimate.server_omega});
  derive_mean(*argument, gradients, estimate.choices, argument->define("g", estimate.g), estimate.second_moment,
              row.mean, of);
  derive_sequences(*argument, gradients, message.learned, row, of);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> d_sgd_row(const Change& change) {
  return delayed_row(change, sampled_gradients, exact, mean_of_messages,
                     [](const Symbols& s) { return d_sgd_constants(s.L, s.n, s.noise); });
}
std::unique_ptr<Argument> d_sgd_sr_row(const Change& change) {
  return delayed_row(change, arbitrarily_sampled_gradients, exact, mean_of_messages,
                     [](const Symbols& s) { return d_sgd_sr_constants(s.L, s.E, s.n, s.noise); });
}
std::unique_ptr<Argument> d_qsgd_row(const Change& change) {
  return delayed_row(change, arbitrarily_sampled_gradients, compressed, mean_of_messages, [](const Symbols& s) {
    return d_qsgd_sampling_constants(s.L, s.E, s.omega, s.n, s.zeta, s.noise);
  });
}
std::unique_ptr<Argument> d_qsgd_uniform_row(const Change& change) {
  return delayed_row(change, noisy_gradients, compressed, mean_of_messages,
                     [](const Symbols& s) { return d_qsgd_constants(s.L, s.omega, s.n, s.zeta, s.noise); });
}
std::unique_ptr<Argument> d_sgd_diana_row(const Change& change) {
  return delayed_row(change, noisy_gradients, compressed_difference, mean_of_messages,
                     [](const Symbols& s) { return d_sgd_diana_constants(s.L, s.omega, s.n, s.alpha, s.noise); });
}
std::unique_ptr<Argument> d_lsvrg_row(const Change& change) {
  return delayed_row(change, variance_reduced_gradients, exact, mean_of_messages,
                     [](const Symbols& s) { return d_lsvrg_constants(s.L, s.n, s.p); });
}
std::unique_ptr<Argument> d_qlsvrg_row(const Change& change) {
  return delayed_row(change, variance_reduced_gradients, compressed, mean_of_messages,
                     [](const Symbols& s) { return d_qlsvrg_constants(s.L, s.omega, s.n, s.p, s.zeta); });
}
std::unique_ptr<Argument> d_lsvrg_diana_row(const Change& change) {
  return delayed_row(change, variance_reduced_gradients, compressed_difference, mean_of_messages,
                     [](const Symbols& s) { return d_lsvrg_diana_constants(s.L, s.omega, s.n, s.alpha, s.p); });
}

std::unique_ptr<Argument> dqgd_row(const Change& change) {
  return delayed_row(change, full_gradients, compressed, quantized_estimate,
                     [](const Symbols& s) { return dqgd_constants(s.L, s.omega, s.server_omega, s.n, s.zeta); });
}
std::unique_ptr<Argument> dianasr_dq_estimate_row(const Change& change) {
  return delayed_row(change, arbitrarily_sampled_gradients, compressed_difference, quantized_estimate,
                     [](const Symbols& s) {
                       return dianasr_dq_constants(s.L, s.E, s.omega, s.server_omega, s.n, s.alpha, s.noise);
                     });
}
std::unique_ptr<Argument> dianasr_dq_difference_row(const Change& change) {
  return delayed_row(
      change, arbitrarily_sampled_gradients, compressed_difference, quantized_difference, [](const Symbols& s) {
        return dianasr_dq_difference_constants(s.L, s.E, s.omega, s.server_omega, s.n, s.alpha, s.noise);
      });
}

}  // namespace touchstone::inline v0::proofs::kernel
