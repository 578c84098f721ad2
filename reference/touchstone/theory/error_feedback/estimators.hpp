#pragma once
/// \file
/// What the rows of chapter 3 are made of: bounds on the mean of a worker's g_i, on the variance of its gradient
/// estimate, and what quantization and averaging make of them.
///
///     s1 = (1/n) sum_i |h_i - grad f_i(x*)|^2        s2 = (1/(nm)) sum_ij |grad f_ij(w_i) - grad f_ij(x*)|^2
///
/// zeta = (1/n) sum_i |grad f_i(x*)|^2, L = max_i L_i, every f_i convex and L-smooth.
///
/// Source     derived: Young, variance <= second moment, cocoercivity

#include "touchstone/theory/error_feedback/assumption.hpp"

namespace touchstone::inline v0 {

/// E g_i = grad f_i(x): |a + c|^2 <= 2|a|^2 + 2|c|^2, 4 L gap + 2 zeta.
template <Field S>
[[nodiscard]] MomentBound<S> plain_worker_mean(const S& L, const S& zeta) {
  return {S(S(2) * L), S(0), S(0), S(S(2) * zeta)};
}

/// E g_i = grad f_i(x) - grad f_i(x*): 2 L gap.
template <Field S>
[[nodiscard]] MomentBound<S> star_worker_mean(const S& L) {
  return {L, S(0), S(0), S(0)};
}

/// E g_i = grad f_i(x) - h_i + h, h the mean of the h_i: 4 L gap + 2 s1. The same without h.
template <Field S>
[[nodiscard]] MomentBound<S> shifted_worker_mean(const S& L) {
  return {S(S(2) * L), S(2), S(0), S(0)};
}

/// Full gradients.
template <Field S>
[[nodiscard]] MomentBound<S> no_variance() {
  return {S(0), S(0), S(0), S(0)};
}

/// (1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= variance for all x.
template <Field S>
[[nodiscard]] MomentBound<S> uniform_variance(const S& variance) {
  return {S(0), S(0), S(0), variance};
}

/// ghat_i = grad f_xi(x), expected smoothness E; sampling_variance that at x*: 4 E gap + 2 sampling_variance.
template <Field S>
[[nodiscard]] MomentBound<S> sampled_variance(const S& expected_smoothness, const S& sampling_variance) {
  return {S(S(2) * expected_smoothness), S(0), S(0), S(S(2) * sampling_variance)};
}

/// ghat_i = grad f_il(x) - grad f_il(w_i) + grad f_i(w_i), every f_ij convex and L-smooth: 4 L gap + 2 s2.
template <Field S>
[[nodiscard]] MomentBound<S> reference_point_variance(const S& L) {
  return {S(S(2) * L), S(0), S(2), S(0)};
}

/// The variance of Q(ghat_i - h_i): omega |E ghat_i - h_i|^2 + (1 + omega) Var ghat_i.
template <Field S>
[[nodiscard]] MomentBound<S> quantized_variance(const S& omega, const MomentBound<S>& compressed_mean,
                                                const MomentBound<S>& variance) {
  return omega * compressed_mean + S(S(1) + omega) * variance;
}

/// E|g|^2 = |grad f(x)|^2 + (1/n^2) sum_i Var g_i, workers independent given the state.
template <Field S>
[[nodiscard]] MomentBound<S> mean_of_independent(const S& L, const MomentBound<S>& variance, const S& n) {
  return MomentBound<S>{L, S(0), S(0), S(0)} + S(S(1) / n) * variance;
}

/// h_i+ = h_i + alpha Q(ghat_i - h_i), 0 < alpha <= 1/(1 + omega):
///     (1 - alpha) s1 + 2 alpha L gap + alpha^2 (1 + omega) Var ghat_i
template <Field S>
[[nodiscard]] ShiftVariance<S> learned_shifts(const S& L, const S& omega, const S& alpha,
                                              const MomentBound<S>& variance) {
  const S weight = S(alpha * S(S(1) + omega));
  return {.rho = alpha,
          .C = S(alpha * L + alpha * weight * variance.A),
          .G = S(weight * variance.B2),
          .D = S(alpha * weight * variance.D)};
}

/// w_i+ = x with probability p: (1 - p) s2 + 2 p L gap.
template <Field S>
[[nodiscard]] SamplingVariance<S> reference_points(const S& L, const S& p) {
  return {.rho = p, .C = S(p * L)};
}

}  // namespace touchstone::inline v0
