#pragma once
/// \file
/// The lines (P1) and (P4) to (P6) of the parametric assumption of chapter 3, from the parts of scheme_parts.hpp.

#include "proofs/rows/scheme_parts.hpp"
#include "touchstone/theory/error_feedback/assumption.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// The symbols that a row's constants are made of; zero where a method has none.
struct Symbols {
  Expression L, n, E, noise, p, zeta, omega, alpha, server_omega{};
};

/// s1 and s2, zero where a method has none.
struct Sequences {
  Expression s1{}, s2{};
};
[[nodiscard]] Sequences sequences_of(const Gradients& gradients, const std::optional<LearnedShifts>& shifts);

/// 2 A gap + B1 s1 + B2 s2 + D, the constants under the names A, B1, B2, D1 with `mark`.
[[nodiscard]] Expression right_side(const Argument& argument, const std::string& mark,
                                    const MomentBound<Expression>& bound, const Expression& gap,
                                    const Sequences& of);

/// 0 <= 2L gap - |grad f(x)|^2
[[nodiscard]] Theorem square_of_gradient(const Gradients& gradients);
/// 0 <= bound/n - E|(1/n) sum_i (g_i - E g_i)|^2, where 0 <= bound - E_i Var g_i by `variance`.
[[nodiscard]] Theorem variance_of_mean(const Gradients& gradients, Variables choices, const Expression& g_i,
                                       const Theorem& variance);

/// (P1) and (P4), the latter by `second_moment`.
void derive_mean(Argument& argument, const Gradients& gradients, Variables choices, const Expression& g,
                 const Theorem& second_moment, const MomentBound<Expression>& row, const Sequences& of);
/// (P5) and (P6), where the method has them.
void derive_sequences(Argument& argument, const Gradients& gradients, const std::optional<LearnedShifts>& shifts,
                      const ErrorFeedbackConstants<Expression>& row, const Sequences& of);

}  // namespace touchstone::inline v0::proofs::kernel
