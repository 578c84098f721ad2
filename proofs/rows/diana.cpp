#include "touchstone/theory/unified_sgd/diana.hpp"

#include <functional>

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

enum class GradientKind { full, noisy, sampled };

/// ghat_i, what worker i has for the gradient g_i of its own function; E ghat_i = g_i.
struct WorkerEstimate {
  Variables choices;
  Expression ghat;
  Theorem variance;  ///< 0 <= a bound - E|ghat_i - g_i|^2
  std::function<ParametricConstants<Expression>(const Expression& L, const Expression& omega, const Expression& n,
                                                const Expression& alpha)>
      row;
};

WorkerEstimate full_gradients(const SumOfFunctions& f) {
  return {0, f.g, Theorem::constant(0), [](const auto& L, const auto& omega, const auto& n, const auto& alpha) {
            return diana_constants(L, omega, n, alpha);
          }};
}

WorkerEstimate noisy_gradients(Argument& argument, const SumOfFunctions& f) {
  Theory& theory = argument.theory();
  const Variables zeta = theory.variable("zeta", "the gradients' noise");
  const Expression Z = theory.vector("Z_i", f.j | zeta);
  theory.declare_mean(zeta, Z, {});
  const Expression variance = theory.scalar("variance");
  return {zeta, argument.define("ghat_i", f.g + Z),
          Theorem::assume(theory, "variance", mean(f.j | zeta, squared_norm(Z)) <= variance,
                          "(1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= variance"),
          [variance](const auto& L, const auto& omega, const auto& n, const auto& alpha) {
            return diana_constants(L, omega, n, alpha, variance);
          }};
}

/// One outcome of j is a component for every worker; g_ij belongs to the one of worker i.
WorkerEstimate sampled_components(Argument& argument, const SumOfFunctions& f) {
  Theory& theory = argument.theory();
  const Variables i = f.j;
  const Variables j = theory.variable("j", "the workers' draws of a component");
  const Signed Ls = positive(theory, "Ls", "smoothness of every f_ij");
  const Functions f_ij = parts_of(theory, f.part, j, "ij");
  const Theorem smoothness = smoothness_of(argument, f_ij, Ls, f.gap);
  const Expression variance = theory.scalar("sampling_variance");
  const Expression b = argument.define("b_ij", f_ij.star.gradient - f.s);
  const Theorem at_solution = Theorem::assume(theory, "sampling_variance", mean(i | j, squared_norm(b)) <= variance,
                                              "(1/n) sum_i E|grad f_ij(x*) - grad f_i(x*)|^2 <= sampling_variance");
  const Expression u = f.g - f.s;
  const Expression a = argument.define("a_ij", f_ij.x.gradient - f_ij.star.gradient - u);
  return {j, f_ij.x.gradient,
          argument.theorem("variance of the draws",
                           mean(i | j, squared_norm(f_ij.x.gradient - f.g)) <= 4 * Ls.value * f.gap + 2 * variance,
                           2 * smoothness + 2 * at_solution + Theorem::average(i | j, Theorem::square(a - b)) +
                               2 * Theorem::average(i, Theorem::square(u))),
          [Ls, variance](const auto& L, const auto& omega, const auto& n, const auto& alpha) {
            return diana_sampling_constants(L, Ls.value, omega, n, alpha, variance);
          }};
}

std::unique_ptr<Argument> diana_row_with(GradientKind gradients, const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed n = positive(theory, "n", "number of workers");
  const SumOfFunctions f = sum_of_functions(*argument, "i", "the workers", n.value);
  const Variables i = f.j;
  const WorkerEstimate estimate = gradients == GradientKind::full    ? full_gradients(f)
                                  : gradients == GradientKind::noisy ? noisy_gradients(*argument, f)
                                                                     : sampled_components(*argument, f);
  const auto& [noise, ghat, variance, row_of_estimate] = estimate;
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Signed alpha = nonnegative(theory, "alpha", "stepsize of the shifts");
  const Theorem alpha_bound =
      Theorem::assume(theory, "alpha-bound", alpha.value * (1 + omega.value) <= 1, "alpha <= 1/(1 + omega)");
  const Expression h = theory.vector("h_i", i);

  // Q(ghat_i - h_i) = ghat_i - h_i + N_i
  const Expression N = theory.vector("N_i", i | noise | xi);
  theory.declare_mean(xi, N, {});
  const Expression difference = argument->define("d_i", ghat - h);
  const Expression message = argument->define("m_i", difference + N);
  const Variables choices = noise | xi;
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(difference),
                      "Q is unbiased with omega");
  const Theorem variance_of_Q = Theorem::average(i | noise, contract);
  const Expression u = argument->define("u_i", f.g - f.s);
  const Expression w = argument->define("w_i", h - f.s);
  const Expression g = argument->define("g", mean(i, h + message));
  const Expression sigma = argument->define("sigma^2", mean(i, squared_norm(w)));
  const Expression next_sigma =
      argument->define("E sigma+^2", mean(choices | i, squared_norm(w + alpha.value * message)));
  const ParametricConstants<Expression> row = row_of_estimate(f.L.value, omega.value, n.value, alpha.value);
  const auto constant = [&](const char* name, const Expression& value) { return argument->constant(name, value); };
  const Theorem share = reciprocal(n).sign;
  const Theorem one_and_omega = Theorem::constant(1) + omega.sign;

  argument->identity("(K1) unbiased", mean(choices, g), f.q);
  argument->theorem("(K2) second moment",
                    mean(choices, squared_norm(g - f.mean_s)) <=
                        2 * constant("A", row.A) * f.gap + constant("B", row.B) * sigma + constant("D1", row.D1),
                    square_of_mean(i, u) + f.smoothness +
                        share * Theorem::independence(i, choices, ghat - f.g + N) + share * variance_of_Q +
                        share * omega.sign * (2 * f.smoothness + Theorem::average(i, Theorem::square(u + w))) +
                        share * one_and_omega * variance);
  // Noise of which nothing is known may use up alpha (1 + omega) <= 1; the draws' variance keeps it.
  const Theorem of_messages =
      gradients == GradientKind::sampled
          ? alpha.sign * alpha_bound * Theorem::average(i, Theorem::square(f.g - h)) +
                alpha.sign * alpha.sign * one_and_omega * variance
          : alpha.sign * alpha_bound * Theorem::average(choices | i, Theorem::square(difference)) +
                alpha.sign * variance;
  argument->theorem("(K3) next sigma^2",
                    next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * f.gap +
                                      constant("D2", row.D2),
                    alpha.sign * alpha.sign * variance_of_Q + of_messages + alpha.sign * f.smoothness);
  return argument;
}

}  // namespace

std::unique_ptr<Argument> diana_row(const Change& change) {
  return diana_row_with(GradientKind::full, change);
}
std::unique_ptr<Argument> diana_noisy_row(const Change& change) {
  return diana_row_with(GradientKind::noisy, change);
}
std::unique_ptr<Argument> diana_sampled_row(const Change& change) {
  return diana_row_with(GradientKind::sampled, change);
}

}  // namespace touchstone::inline v0::proofs::kernel
