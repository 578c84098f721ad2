#pragma once
/// \file
/// What the rows of chapter 4 are made of: bounds on the mean of a worker's g_i, on the variance of its gradient estimate, and on
/// the variance sequences.
///
///     s1 = (1/n) sum_i |h_i - grad f_i(x*)|^2        s2 = (1/(nm)) sum_ij |grad f_ij(w_i) - grad f_ij(x*)|^2
///
/// zeta = (1/n) sum_i |grad f_i(x*)|^2, L of every f_i. All use (1/n) sum_i D_i(x_i) <= 2 gap + L V for the Bregman distances of
/// the f_i to x*.
///
/// Source     derived: Young, cocoercivity at x*, the transfer of Bregman distances from x to x_i

#include "touchstone/theory/local/assumption.hpp"

namespace touchstone::inline v0 {

/// E g_i = grad f_i(x_i) = [to x] + [to x*] + grad f_i(x*): 6 L gap + 3 L^2 V + 3 zeta.
template <Field S>
[[nodiscard]] LocalMomentBound<S> plain_local_mean(const S& L, const S& zeta) {
  return {S(S(3) * L), S(0), S(0), S(S(3) * L * L), S(S(3) * zeta)};
}

/// E g_i = grad f_i(x_i) - grad f_i(x*): 4 L gap + 2 L^2 V.
template <Field S>
[[nodiscard]] LocalMomentBound<S> star_local_mean(const S& L) {
  return {S(S(2) * L), S(0), S(0), S(S(2) * L * L), S(0)};
}

/// E g_i = grad f_i(x_i) - h_i + h: 8 L gap + 2 s1 + 4 L^2 V.
template <Field S>
[[nodiscard]] LocalMomentBound<S> shifted_local_mean(const S& L) {
  return {S(S(4) * L), S(2), S(0), S(S(4) * L * L), S(0)};
}

/// Full gradients.
template <Field S>
[[nodiscard]] LocalMomentBound<S> no_local_variance() {
  return {S(0), S(0), S(0), S(0), S(0)};
}

/// (1/n) sum_i E|ghat_i - grad f_i(x)|^2 <= variance for all x.
template <Field S>
[[nodiscard]] LocalMomentBound<S> uniform_local_variance(const S& variance) {
  return {S(0), S(0), S(0), S(0), variance};
}

/// ghat_i = grad f_xi(x_i), expected smoothness E; sampling_variance that at x*: 8 E gap + 4 E L V + 2 sampling_variance.
template <Field S>
[[nodiscard]] LocalMomentBound<S> sampled_local_variance(const S& L, const S& expected_smoothness,
                                                         const S& sampling_variance) {
  return {S(S(4) * expected_smoothness), S(0), S(0), S(S(4) * expected_smoothness * L),
          S(S(2) * sampling_variance)};
}

/// ghat_i = grad f_ij(x_i) - grad f_ij(w_i) + grad f_i(w_i), every f_ij convex and component_L-smooth: 8 component_L gap + 2 s2
/// + 4 component_L L V.
template <Field S>
[[nodiscard]] LocalMomentBound<S> reference_local_variance(const S& L, const S& component_L) {
  return {S(S(4) * component_L), S(0), S(2), S(S(4) * component_L * L), S(0)};
}

/// The same with x* for w_i: 4 component_L gap + 2 component_L L V.
template <Field S>
[[nodiscard]] LocalMomentBound<S> star_reference_local_variance(const S& L, const S& component_L) {
  return {S(S(2) * component_L), S(0), S(0), S(S(2) * component_L * L), S(0)};
}

/// |(1/n) sum_i grad f_i(x_i)|^2 + (1/n) (1/n) sum_i Var g_i, workers independent given the state: 4 L gap + 2 L^2 V + ...
template <Field S>
[[nodiscard]] LocalMomentBound<S> local_mean_of_independent(const S& L, const LocalMomentBound<S>& variance,
                                                            const S& n) {
  return LocalMomentBound<S>{S(S(2) * L), S(0), S(0), S(S(2) * L * L), S(0)} + S(S(1) / n) * variance;
}

/// w_i <- x_i with probability q: (1 - q) s2 + 4 q component_L gap + 2 q component_L L V.
template <Field S>
[[nodiscard]] LocalVariance<S> own_references(const S& L, const S& component_L, const S& q) {
  return {.rho = q, .C = S(S(2) * q * component_L), .G = S(S(2) * q * component_L * L), .D = S(0)};
}

/// w <- x with probability q: (1 - q) s + 2 q smoothness gap; of s2 with the component_L, of s1 for h_i = grad f_i(w) with L.
template <Field S>
[[nodiscard]] LocalVariance<S> common_reference(const S& smoothness, const S& q) {
  return {.rho = q, .C = S(q * smoothness), .G = S(0), .D = S(0)};
}

/// h_i <- the mean of r fresh gradients at x with probability q: (1 - q) s1 + 2 q L gap + (q/r) (A~ gap + D~), `variance` the
/// bound A~, D~ of (N) for such a gradient at x_i: where all workers are at x half of its gap is enough.
template <Field S>
[[nodiscard]] LocalVariance<S> sampled_shifts(const S& L, const S& q, const S& r,
                                              const LocalMomentBound<S>& variance) {
  return {.rho = q, .C = S(q * S(L + variance.A / S(S(2) * r))), .G = S(0), .D = S(q * variance.D / r)};
}

}  // namespace touchstone::inline v0
