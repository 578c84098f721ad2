#pragma once
/// \file
/// The error models of delayed updates, v_i^k = gamma g_i^{k-tau} and v_i^k = 0 for k < tau, in the theorem of chapter
/// 3 (theorem.hpp). tau >= 1; without delay there is no error.
///
///     D      w = 3 L kappa       a = A' + (tau - 1) L   b1 = B1'   b2 = B2'   d1 = D1'     eta <= 1/(4 tau)
///            Q^k = 3 L gamma^3 sum_{j=1}^tau q_j R^{k-j},   R^l = E|g^l|^2 + (tau - 1) E|grad f(x^l)|^2, 0 for l < 0
///            In total expectation: the noises of a window are uncorrelated, which holds given no state.
///
///     PATH   w = 3 L tau kappa   a = A'                 b1 = B1'   b2 = B2'   d1 = D1'     eta <= 1/(4 tau)
///            Q^k = 3 L gamma^3 tau sum_{j=1}^tau q_j |g^{k-j}|^2
///            Given the state, for any g^{k-1}, ..., g^{k-tau} in the buffer. Weaker by tau^2 against tau.
///
///     q_j = sum_{i=j}^tau (1 - eta)^-(i-j+1)             q_tau = 1/(1 - eta),   q_{j+1} + 1 = (1 - eta) q_j
///     kappa = q_1 <= tau/(1 - tau eta) <= 4 tau/3        if eta <= 1/(4 tau)
///
/// Where theta >= 0, A' >= L and mu <= L, eta <= 1/(4 tau) is implied by gamma mu/2 <= 1/(4 tau).
///
/// Source     derived

#include "touchstone/theory/error_feedback/theorem.hpp"

namespace touchstone::inline v0 {

/// q_1, ..., q_tau
template <Field S>
[[nodiscard]] std::vector<S> window_weights(const S& eta, Index tau) {
  std::vector<S> q(static_cast<std::size_t>(tau));
  S after(0);
  for (std::size_t j = q.size(); j > 0; --j) after = q[j - 1] = S(S(after + S(1)) / S(S(1) - eta));
  return q;
}

/// 4 tau/3, at least q_1 where eta <= 1/(4 tau).
template <Field S>
[[nodiscard]] S largest_window_weight(const S& tau) {
  return S(ratio<S>(4, 3) * tau);
}

/// D, with kappa = q_1 or an upper bound of it.
template <Field S>
[[nodiscard]] ErrorModel<S> delayed_errors(const ErrorFeedbackConstants<S>& c, const S& L, const S& tau,
                                           const S& kappa) {
  MomentBound<S> moments = c.mean;
  moments.A = S(moments.A + S(tau - S(1)) * L);
  return {S(S(3) * L * kappa), moments, {S(S(1) / S(S(4) * tau))}};
}

/// PATH, with kappa = q_1 or an upper bound of it.
template <Field S>
[[nodiscard]] ErrorModel<S> buffered_errors(const ErrorFeedbackConstants<S>& c, const S& L, const S& tau,
                                            const S& kappa) {
  return {S(S(3) * L * tau * kappa), c.mean, {S(S(1) / S(S(4) * tau))}};
}

}  // namespace touchstone::inline v0
