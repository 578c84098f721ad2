#include "proofs/rows/scheme_lines.hpp"

namespace touchstone::inline v0::proofs::kernel {

namespace {

void derive_shifts(Argument& argument, const LearnedShifts& shifts, const ShiftVariance<Expression>& row,
                   const Expression& gap, const Sequences& of) {
  argument.theorem("(P5) next s1",
                   shifts.next_s1 <=
                       (1 - argument.constant("rho1", row.rho)) * of.s1 + 2 * argument.constant("C1", row.C) * gap +
                           argument.constant("G", row.G) * row.rho * of.s2 + argument.constant("D2", row.D),
                   shifts.followed);
}

void derive_references(Argument& argument, const ReferencePoints& references,
                       const SamplingVariance<Expression>& row, const Expression& gap) {
  argument.theorem("(P6) next s2",
                   references.next_s2 <= (1 - argument.constant("rho2", row.rho)) * references.s2 +
                                             2 * argument.constant("C2", row.C) * gap,
                   references.refreshed);
}

}  // namespace

Sequences sequences_of(const Gradients& gradients, const std::optional<LearnedShifts>& shifts) {
  return {shifts ? shifts->s1 : Expression(), gradients.references ? gradients.references->s2 : Expression()};
}

Expression right_side(const Argument& argument, const std::string& mark, const MomentBound<Expression>& bound,
                      const Expression& gap, const Sequences& of) {
  const auto constant = [&](const char* name, const Expression& value) {
    return argument.constant(name + mark, value);
  };
  return 2 * constant("A", bound.A) * gap + constant("B1", bound.B1) * of.s1 + constant("B2", bound.B2) * of.s2 +
         constant("D1", bound.D);
}

Theorem square_of_gradient(const Gradients& gradients) {
  return square_of_mean(gradients.workers.i, gradients.workers.u) + gradients.smoothness;
}

Theorem variance_of_mean(const Gradients& gradients, Variables choices, const Expression& g_i,
                         const Theorem& variance) {
  const Workers& workers = gradients.workers;
  const Theorem share = reciprocal(workers.n).sign;
  if (choices == 0) return Theorem::constant(0);  // what is not drawn has no variance
  return share * Theorem::independence(workers.i, choices, g_i - mean(choices, g_i)) + share * variance;
}

void derive_mean(Argument& argument, const Gradients& gradients, Variables choices, const Expression& g,
                 const Theorem& second_moment, const MomentBound<Expression>& row, const Sequences& of) {
  argument.identity("(P1) unbiased", mean(choices, g), gradients.workers.q);
  argument.theorem("(P4) second moment",
                   mean(choices, squared_norm(g)) <= right_side(argument, "'", row, gradients.workers.gap, of),
                   second_moment);
}

void derive_sequences(Argument& argument, const Gradients& gradients, const std::optional<LearnedShifts>& shifts,
                      const ErrorFeedbackConstants<Expression>& row, const Sequences& of) {
  const Expression& gap = gradients.workers.gap;
  if (shifts) derive_shifts(argument, *shifts, *row.shift, gap, of);
  if (gradients.references) derive_references(argument, *gradients.references, *row.sampling, gap);
}

}  // namespace touchstone::inline v0::proofs::kernel
