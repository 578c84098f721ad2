#pragma once
/// \file
/// QGD, x+ = x - (gamma/n) sum_i Q(grad f_i(x)), on functions that need not be convex: with Delta* = inf f - (1/n) sum_i inf f_i,
///
///     E|g|^2 <= 2A (f(x) - inf f) + B |grad f(x)|^2 + C
///
///     A = omega L_max/n      B = 1      C = 2 omega L_max Delta*/n
///
/// Theorem    f L-smooth, gamma <= 1/(L B), gap_k = f(x^k) - inf f:
///            E gap_{k+1} <= (1 + L A gamma^2) gap_k - (gamma/2) |grad f(x^k)|^2 + L C gamma^2/2, hence
///            min_{k < K} E|grad f(x^k)|^2 <= L C gamma + 2 (1 + L A gamma^2)^K gap_0/(gamma K)
/// Accuracy   gamma = min{1/(L B), 1/sqrt(L A K), epsilon^2/(2 L C)} and
///            K >= (12 L gap_0/epsilon^2) max{B, 12 A gap_0/epsilon^2, 2 C/epsilon^2}:
///            min_{k < K} E|grad f(x^k)|^2 <= epsilon^2
/// PL         |grad f(x)|^2 >= 2 mu (f(x) - inf f), gamma <= min{1/(L B), mu/(2 L A)}:
///            E gap_{k+1} <= (1 - gamma mu/2) gap_k + L C gamma^2/2, hence
///            E gap_k <= (1 - gamma mu/2)^k gap_0 + L C gamma/mu
/// Needs      every f_i L_max-smooth and bounded below, which an indefinite quadratic is not; compressors independent
/// Source     slides "Quantized Gradient Descent" (the order); constants as in arXiv:2002.03329, derived again

#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// E|g|^2 <= 2A (f(x) - inf f) + B |grad f(x)|^2 + C
template <Field S>
struct GradientMoment {
  S A, B, C;
};

/// `difference` is Delta*.
template <Field S>
[[nodiscard]] GradientMoment<S> qgd_constants(const S& L_max, const S& omega, const S& n, const S& difference) {
  const S A = S(omega * L_max / n);
  return {A, S(1), S(S(2) * A * difference)};
}

/// 1/(L B), which gamma must not exceed.
template <Field S>
[[nodiscard]] S qgd_stepsize(const GradientMoment<S>& c, const S& L) {
  return S(S(1) / S(L * c.B));
}

/// 1 + L A gamma^2, by which the gap may grow in a step.
template <Field S>
[[nodiscard]] S qgd_growth(const GradientMoment<S>& c, const S& L, const S& gamma) {
  return S(S(1) + L * c.A * gamma * gamma);
}

/// L C gamma^2/2, what a step adds to the gap.
template <Field S>
[[nodiscard]] S qgd_step_noise(const GradientMoment<S>& c, const S& L, const S& gamma) {
  return S(L * c.C * gamma * gamma / S(2));
}

/// The theorem's bound; `power` is (1 + L A gamma^2)^K.
template <Field S>
[[nodiscard]] S qgd_bound(const GradientMoment<S>& c, const S& L, const S& gamma, const S& K, const S& power,
                          const S& gap) {
  return S(L * c.C * gamma + S(2) * power * gap / S(gamma * K));
}

/// gamma inverse <= 1 for each of the inverses, gamma^2 inverse_square <= 1.
template <Field S>
struct QgdStepsize {
  std::vector<S> inverses;
  S inverse_square;
};

/// For K steps and accuracy epsilon. No square root is taken.
template <Field S>
[[nodiscard]] QgdStepsize<S> qgd_accuracy_stepsize(const GradientMoment<S>& c, const S& L, const S& K,
                                                   const S& epsilon_squared) {
  return {{S(L * c.B), S(S(2) * L * c.C / epsilon_squared)}, S(L * c.A * K)};
}

/// Under the PL condition: gamma times each of these is at most 1.
template <Field S>
[[nodiscard]] std::vector<S> qgd_pl_inverses(const GradientMoment<S>& c, const S& L, const S& mu) {
  return {S(L * c.B), S(S(2) * L * c.A / mu)};
}

/// L C gamma/mu
template <Field S>
[[nodiscard]] S qgd_pl_floor(const GradientMoment<S>& c, const S& L, const S& gamma, const S& mu) {
  return S(L * c.C * gamma / mu);
}

}  // namespace touchstone::inline v0
