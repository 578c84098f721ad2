// Columns: a_j = g_j - s_j of A = grad F(x) - grad F(x*), b_j = J_j - s_j of B = J - grad F(x*); z_j are the entries of
// theta Pi e; Pa_j, Pb_j are the columns of A Pi, B Pi. The sketch acts on columns, so its hypotheses speak of these.
#include "touchstone/theory/unified_sgd/jacsketch.hpp"

#include "proofs/rows/rows.hpp"
#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

std::unique_ptr<Argument> jacsketch_row(const Change& change) {
  auto argument = std::make_unique<Argument>(change);
  Theory& theory = argument->theory();
  const Signed m = positive(theory, "m", "number of components");
  const Variables j = theory.variable("j", "the components", m.value);
  const Variables zeta = theory.variable("zeta", "the sketches");
  const Functions f = whole_function(theory);
  const Functions part = parts_of(theory, f, j, "j");
  const Expression gap = bregman_gap(*argument, f);
  const SketchConstants<Expression> sketch{theory.scalar("lambda_max"), theory.scalar("lambda_min"),
                                           theory.scalar("E1"), theory.scalar("E2")};
  const Expression J = theory.vector("J_j", j);
  const Expression z = theory.scalar("z_j", j | zeta);
  theory.declare_mean(zeta, z, 1);
  const Expression projected_a = theory.vector("Pa_j", j | zeta);
  const Expression projected_b = theory.vector("Pb_j", j | zeta);
  const Expression a = argument->define("a_j", part.x.gradient - part.star.gradient);
  const Expression b = argument->define("b_j", J - part.star.gradient);
  const Expression of_a = mean(j, z * a);
  const Expression of_b = mean(j, (1 - z) * b);
  const Theorem share = reciprocal(m).sign;

  const auto assume = [&](const std::string& name, const Inequality& inequality, const std::string& comment) {
    return Theorem::assume(theory, name, inequality, comment);
  };
  const Theorem estimator_smooth = assume("E1", mean(zeta, squared_norm(of_a)) <= 2 * sketch.smoothness_1 * gap,
                                          "E|theta A Pi e|^2/m^2 <= 2 E1 gap");
  const Theorem columns_smooth =
      assume("E2", m.value * mean(j | zeta, squared_norm(projected_a)) <= 2 * sketch.smoothness_2 * gap,
             "E|A Pi|_F^2 <= 2 E2 gap");
  const Theorem largest =
      assume("lambda_max", m.value * mean(zeta, squared_norm(of_b)) <= sketch.lambda_max * mean(j, squared_norm(b)),
             "E|B (I - theta Pi) e|^2 <= lambda_max |B|_F^2");
  const Theorem smallest = assume(
      "lambda_min", sketch.lambda_min * mean(j, squared_norm(b)) <= mean(j | zeta, squared_norm(projected_b)),
      "lambda_min |B|_F^2 <= E|B Pi|_F^2");
  const Theorem projection =
      assume("projection", mean(j, squared_norm(projected_b)) <= mean(j, dot(b, projected_b)),
             "Pi is an orthogonal projector: |B Pi|_F^2 <= <B, B Pi>");
  const Theorem orthogonal = assume("orthogonality", mean(j, dot(b - projected_b, projected_a)) <= 0,
                                    "Pi is an orthogonal projector: <B - B Pi, A Pi> <= 0");

  const Expression g = argument->define("g", mean(j, J) + mean(j, z * (part.x.gradient - J)));
  const Expression sigma = argument->define("sigma^2", mean(j, squared_norm(b)));
  const Expression next_sigma =
      argument->define("E sigma+^2", mean(j | zeta, squared_norm(b + projected_a - projected_b)));
  const ParametricConstants<Expression> row = jacsketch_constants(sketch, m.value);
  const auto constant = [&](const char* name, const Expression& value) { return argument->constant(name, value); };

  argument->identity("(K1) unbiased", mean(zeta, g), f.x.gradient);
  argument->theorem(
      "(K2) second moment",
      mean(zeta, squared_norm(g - f.star.gradient)) <=
          2 * constant("A", row.A) * gap + constant("B", row.B) * sigma,
      2 * estimator_smooth + Rational(2) * share * largest + Theorem::average(zeta, Theorem::square(of_a - of_b)));
  argument->theorem("(K3) next sigma^2",
                    next_sigma <= (1 - constant("rho", row.rho)) * sigma + 2 * constant("C", row.C) * gap,
                    share * columns_smooth + smallest + 2 * Theorem::average(zeta, projection) +
                        2 * Theorem::average(zeta, orthogonal));
  return argument;
}

}  // namespace touchstone::inline v0::proofs::kernel
