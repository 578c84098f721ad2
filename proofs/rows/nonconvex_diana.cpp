// DIANA's shifts where gradients move: H = (1/n) sum_i |grad f_i(x) - h_i|^2 after a step, in which x+ depends on the messages.
#include "touchstone/theory/marina/diana_nonconvex.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

/// What one step does to g, and where asked to the shifts.
std::unique_ptr<Argument> diana_step(bool with_shifts, const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed n = positive(theory, "n", "number of workers");
  const Variables i = theory.variable("i", "the workers", n.value);
  const Variables xi = theory.variable("xi", "the compressors' choices");
  const Signed omega = nonnegative(theory, "omega", "variance of the compressor");
  const Expression old_gradient = theory.vector("g_i", i);  // grad f_i(x)
  const Expression h = theory.vector("h_i", i);
  const Expression N = theory.vector("N_i", i | xi);
  theory.declare_mean(xi, N, {});

  const Expression u = argument->define("u_i", old_gradient - h);
  const Expression message = argument->define("m_i", u + N);
  const Theorem contract =
      Theorem::assume(theory, "compressor", mean(xi, squared_norm(N)) <= omega.value * squared_norm(u),
                      "Q(u_i) = u_i + N_i, Q is unbiased with omega");
  const Expression q = argument->define("q", mean(i, old_gradient));
  const Expression g = argument->define("g", mean(i, h + message));
  const Expression H = argument->define("H", mean(i, squared_norm(u)));
  const Expression V = argument->define("V", mean(xi, squared_norm(g - q)));
  argument->identity("unbiased", mean(xi, g), q);
  argument->theorem("variance", V <= argument->constant("omega", omega.value) / n.value * H,
                    reciprocal(n).sign * (Theorem::independence(i, xi, N) + Theorem::average(i, contract)));
  if (!with_shifts) return argument;

  const Signed alpha = positive(theory, "alpha", "stepsize of the shifts");
  const Theorem alpha_bound =
      Theorem::assume(theory, "alpha-bound", alpha.value * (1 + omega.value) <= 1, "alpha <= 1/(1 + omega)");
  const Theorem rest = Theorem::assume(theory, "alpha-below-one", alpha.value < 1, "alpha < 1");
  const Expression gamma = theory.scalar("gamma");
  const Expression new_gradient = theory.vector("g+_i", i | xi);  // grad f_i(x+)
  const Expression squared_L_i = theory.scalar("L_i^2", i);
  const Expression squared_L = theory.scalar("L^2");
  theory.declare_mean(i, squared_L_i, squared_L);
  const Expression step = argument->define("dx", -(gamma * g));
  const Expression moved = argument->define("b_i", new_gradient - old_gradient);
  const Theorem smooth =
      Theorem::assume(theory, "f_i-smooth", squared_norm(moved) <= squared_L_i * squared_norm(step),
                      "f_i is L_i-smooth, x+ - x = dx");
  const Expression next = argument->define("u+_i", new_gradient - h - alpha.value * message);
  const Expression next_H = argument->define("E H+", mean(i | xi, squared_norm(next)));
  const NonconvexShifts<Expression> row = diana_nonconvex_shifts(squared_L, alpha.value);

  const Expression right = (1 - argument->constant("rho", row.rho)) * H +
                           argument->constant("move", row.move) * (gamma * gamma * (squared_norm(q) + V));
  // E|u_i - alpha m_i|^2 <= (1 - alpha)|u_i|^2, then Young's inequality with beta = alpha/(2 (1 - alpha)); times 1 - alpha.
  const Theorem one_more = Theorem::constant(1) + rest;  // 2 - alpha
  const Theorem shrunk =
      Theorem::average(i, alpha.sign * (alpha.sign * contract + alpha_bound * Theorem::square(u)));
  const Expression deviation =
      (1 - alpha.value) * (moved - alpha.value * u / 2) + alpha.value * alpha.value * N / 2;
  const Theorem young = reciprocal(alpha).sign * Theorem::average(i | xi, Theorem::square(deviation));
  const Theorem move = rest * reciprocal(alpha).sign * one_more * Theorem::average(i | xi, smooth);
  argument->theorem(
      "next H", next_H <= right,
      Theorem::cancel(rest, right - next_H, ratio<Rational>(1, 2) * one_more * shrunk + 2 * young + move));
  return argument;
}

}  // namespace

std::unique_ptr<Argument> nonconvex_diana_estimator(const Change& change) {
  return diana_step(false, change);
}
std::unique_ptr<Argument> nonconvex_diana_shifts(const Change& change) {
  return diana_step(true, change);
}

}  // namespace touchstone::inline v0::proofs::kernel
