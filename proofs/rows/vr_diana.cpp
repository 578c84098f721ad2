// Both variants share this: w_ij is replaced by x with probability 1/m, by one coin for all or by the draw of j.
#include "touchstone/theory/unified_sgd/vr_diana.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> vr_diana_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Signed m = positive(theory, "m", "number of components of a worker");
  const Variables i = theory.variable("i", "the workers", n.value);
  // One outcome is a component for every worker; g_ij belongs to the one of worker i.
  const Variables j = theory.variable("j", "the workers' draws of a component");
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed L = positive(theory, "L", "smoothness of every f_ij");
  const Functions f = whole_function(theory);
  const Functions f_i = parts_of(theory, f, i, "i");
  const Functions f_ij = parts_of(theory, f_i, j, "ij");
  const Expression gap = bregman_gap(*argument, f);
  const Theorem smoothness = smoothness_of(*argument, f_ij, L, gap);
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Signed alpha = nonnegative(theory, "alpha", "stepsize of the shifts");
  const Theorem alpha_bound =
      Theorem::assume(theory, "alpha-bound", alpha.value * (1 + omega.value) <= 1, "alpha <= 1/(1 + omega)");
  const Theorem alpha_bound_m =
      Theorem::assume(theory, "alpha-bound-components", 3 * m.value * alpha.value <= 1, "alpha <= 1/(3m)");
  const Expression h = theory.vector("h_i", i);
  const Expression r = theory.vector("r_ij", i | j);  // grad f_ij(w_ij)
  const Expression N = theory.vector("N_i", i | j | xi);
  theory.declare_mean(xi, N, {});

  const Expression& g_i = f_i.x.gradient;
  const Expression& s_i = f_i.star.gradient;
  const Expression a = argument->define("a_ij", f_ij.x.gradient - f_ij.star.gradient);
  const Expression b = argument->define("b_ij", r - f_ij.star.gradient);
  const Expression u = argument->define("u_i", g_i - s_i);
  const Expression w = argument->define("w_i", h - s_i);
  const Expression estimate = argument->define("ghat_i", f_ij.x.gradient - r + mean(j, r));
  const Expression difference = argument->define("d_i", estimate - h);
  const Expression message = argument->define("m_i", difference + N);
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(difference),
                      "Q(d_i) = d_i + N_i, Q is unbiased with omega");
  const Theorem variance_of_Q = Theorem::average(i | j, contract);
  const Variables choices = j | xi;
  const Expression g = argument->define("g", mean(i, h + message));
  const Expression of_shifts = mean(i, squared_norm(w));
  const Expression of_components = mean(i | j, squared_norm(b));
  const Expression sigma = argument->define("sigma^2", of_shifts + of_components);
  const Theorem share = reciprocal(n).sign;
  const Signed share_m = reciprocal(m);
  const Expression next_sigma = argument->define(
      "E sigma+^2", mean(choices | i, squared_norm(w + alpha.value * message)) +
                        share_m.value * mean(i | j, squared_norm(a)) + (1 - share_m.value) * of_components);
  const ParametricConstants<Expression> row =
      vr_diana_constants(L.value, omega.value, n.value, m.value, alpha.value);
  const auto constant = [&](const char* name, const Expression& value) { return argument->constant(name, value); };
  const auto average = [](Variables over, const Expression& v) {
    return Theorem::average(over, Theorem::square(v));
  };
  // E_i|u_i|^2 <= E_ij|a_ij|^2 for u_i = E_j[a_ij]
  const Theorem within = average(i | j, a - u);
  const Theorem one_and_omega = Theorem::constant(1) + omega.sign;

  argument->identity("(K1) unbiased", mean(choices, g), f.x.gradient);
  argument->theorem("(K2) second moment",
                    mean(choices, squared_norm(g - f.star.gradient)) <=
                        2 * constant("A", row.A) * gap + constant("B", row.B) * sigma,
                    smoothness + within + square_of_mean(i, u) +
                        share * Theorem::independence(i, choices, estimate - g_i + N) + share * variance_of_Q +
                        Rational(2) * share * (one_and_omega + omega.sign) * smoothness +
                        share * omega.sign * (2 * within + average(i, u + w)) +
                        share * one_and_omega * (average(i | j, a + b) + average(i, u - mean(j, b))) +
                        Rational(2) * share * average(i, w));
  argument->theorem("(K3) next sigma^2",
                    next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * gap,
                    (share_m.sign + 2 * alpha.sign) * smoothness + alpha.sign * alpha.sign * variance_of_Q +
                        alpha.sign * alpha_bound * average(i | j, difference) +
                        alpha.sign * (average(i | j, a + b - mean(j, b)) + 2 * average(i, mean(j, b))) +
                        share_m.sign * alpha_bound_m * average(i | j, b));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
