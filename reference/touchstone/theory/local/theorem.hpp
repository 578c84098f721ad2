#pragma once
/// \file
/// The main theorem of chapter 4.
///
/// Theorem    Every f_i L-smooth and mu-quasi-strongly convex with a common x*, (M), (N), (A), (S), equal x_i at the start. With
///
///            M_j = 4 B_j'/(3 rho_j)      T = |x - x*|^2 + M_1 gamma^2 s1 + M_2 gamma^2 s2        x = (1/n) sum_i x_i
///            eta <= gamma mu, rho_1/4, rho_2/4
///
///            (S1)  2 gamma (A' + sum_j C_j M_j) <= 1          (S2)  gamma (F' + sum_j G_j M_j) <= L
///
///            one step        E T+ <= (1 - eta) T - gamma gap + 2 L gamma V + gamma^2 (D' + sum_j M_j D_j)
///
///            and, where the discrepancy is bounded (communication.hpp),
///
///            (V)    2 L sum_k w_k E V_k <= (1/2) sum_k w_k E gap_k + 2 L sum_j H_j s_j^0 + 2 L gamma^2 D3 W
///
///            average         (1/W) sum_k w_k E gap_k <= (2 T^0 + 4 L gamma sum_j H_j s_j^0)/(gamma W)
///                                                       + 2 gamma (D' + sum_j M_j D_j + 2 L gamma D3)
///
///            with w_k = (1 - eta)^-(k+1), W = w_0 + ... + w_K >= (1 - eta)^-(K+1). If f is convex, E f(xbar) - f(x*) is at most
///            the left side, xbar = (sum_k w_k x^k)/W.
///
/// Source     slide 72, with what it leaves undefined; re-derived with the same constants for one sequence

#include <vector>

#include "touchstone/theory/local/assumption.hpp"

namespace touchstone::inline v0 {

/// M_1, M_2
template <Field S>
[[nodiscard]] OfVariances<S> local_lyapunov_weights(const LocalConstants<S>& c) {
  return variance_weights(c, c.mean);
}

/// A' + sum_j C_j M_j, F' + sum_j G_j M_j and D' + sum_j M_j D_j, as A, F and D.
template <Field S>
[[nodiscard]] LocalMomentBound<S> local_step_constants(const LocalConstants<S>& c) {
  return without_variances(c, c.mean);
}

/// eta must not exceed any of these: gamma mu, and rho_j/4 of the sequences that there are.
template <Field S>
[[nodiscard]] std::vector<S> local_gaps(const LocalConstants<S>& c, const S& gamma, const S& mu) {
  std::vector<S> gaps{S(gamma * mu)};
  if (c.shift) gaps.push_back(S(c.shift->rho / S(4)));
  if (c.sampling) gaps.push_back(S(c.sampling->rho / S(4)));
  return gaps;
}

/// The left sides of conditions, all of which must be at most 1: (S1), (S2) divided by L.
template <Field S>
[[nodiscard]] std::vector<S> local_step_conditions(const LocalConstants<S>& c, const S& L, const S& gamma) {
  const LocalMomentBound<S> step = local_step_constants(c);
  return {S(S(2) * gamma * step.A), S(gamma * step.F / L)};
}

/// gamma^2 (D' + sum_j M_j D_j), what a step adds to T.
template <Field S>
[[nodiscard]] S local_noise(const LocalConstants<S>& c, const S& gamma) {
  return S(gamma * gamma * local_step_constants(c).D);
}

/// H_1, H_2 and D3 of (V).
template <Field S>
struct DiscrepancyBound {
  OfVariances<S> H;
  S D3;
};

/// 2 T^0 + 4 L gamma sum_j H_j s_j^0; divided by gamma W the first term of the average's bound.
template <Field S>
[[nodiscard]] S local_initial_term(const LocalConstants<S>& c, const DiscrepancyBound<S>& discrepancy, const S& L,
                                   const S& gamma, const S& squared_distance, const OfVariances<S>& s) {
  const OfVariances<S> M = local_lyapunov_weights(c);
  const auto factor = [&](const S& weight, const S& H) {
    return S(S(2) * weight * gamma * gamma + S(4) * L * gamma * H);
  };
  return S(S(2) * squared_distance + factor(M.shift, discrepancy.H.shift) * s.shift +
           factor(M.sampling, discrepancy.H.sampling) * s.sampling);
}

/// 2 gamma (D' + sum_j M_j D_j + 2 L gamma D3), where the average ends.
template <Field S>
[[nodiscard]] S local_neighbourhood(const LocalConstants<S>& c, const DiscrepancyBound<S>& discrepancy, const S& L,
                                    const S& gamma) {
  return S(S(2) * gamma * S(local_step_constants(c).D + S(2) * L * gamma * discrepancy.D3));
}

}  // namespace touchstone::inline v0
