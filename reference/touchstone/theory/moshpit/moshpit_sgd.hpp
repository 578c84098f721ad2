#pragma once
/// \file
/// The theorem of Moshpit SGD. All peers have one function f, L-smooth and mu-strongly convex; gradients have variance sigma^2 at most,
/// independent over peers. With
///
///     x^k = (1/n_k) sum_i x_i^k     V_k = (1/n_k) sum_i |x_i^k - x^k|^2     xhat^{k+1} = (1/n_k) sum_i (x_i^k - gamma g_i^k)
///
///     (AQ)  E V_k <= gamma^2 delta_aq^2 after a synchronization
///     (PV)  E <x^{k+1} - xhat^{k+1}, x^{k+1} + xhat^{k+1} - 2 x*> <= delta_pv1 gamma mu E|x^k - x*|^2 + gamma^2 delta_pv2^2
///     nu    n_k of the peers of a synchronization are there at any time until the next: n_{a tau}/n_k <= nu
///     n_min the least n_k
///
///     mu' = (1 - delta_pv1) mu     X = nu (delta_aq^2 + (tau - 1) sigma^2)     Y = delta_pv2^2 + sigma^2/n_min     R_0 = |x^0 - x*|
///
/// Theorem    gamma <= 1/(4L), 0 <= delta_pv1 < 1, w_k = (1 - gamma mu')^-(k+1), xbar^K = sum_k w_k x^k/W:
///
///            (V)       E V_k <= gamma^2 X; after j < tau steps E V_k <= nu gamma^2 (delta_aq^2 + j sigma^2)
///            one step  E|x^{k+1} - x*|^2 <= (1 - gamma mu') E|x^k - x*|^2 - gamma E gap_k + (3/2) gamma L E V_k + gamma^2 Y
///            average   E f(xbar^K) - f(x*) <= (1 - gamma mu')^{K+1} R_0^2/gamma + gamma Y + (3/2) L gamma^2 X       mu' > 0
///                                             R_0^2/(gamma (K + 1)) + gamma Y + (3/2) L gamma^2 X                   mu' = 0
///
/// What the assumptions are worth:
///
///     exact averaging                                delta_aq = 0
///     T rounds of random groups, q = (r-1)/(n-1)     delta_aq^2 = q^T tau sigma^2/(1 - q^T), at most (tau - 1) sigma^2 for tau >= 2 as soon
///                                                    as q^T <= (tau - 1)/(2 tau - 1), which q^T <= 1/3 implies
///     no departures, averaging that keeps the mean   delta_pv1 = delta_pv2 = 0
///     n' of n peers survive a synchronization        delta_pv1 = 0, delta_pv2^2 = ((n - n')/(n' (n - 1))) (delta_aq^2 + tau sigma^2)
///
/// Source     chapter 6, Moshpit SGD: assumptions and rows are the slide's, which uses delta_pv1, delta_pv2 and nu without a definition;
///            all constants derived

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct MoshpitSgdConstants {
  S L, mu;
  S variance;         ///< sigma^2
  S n_min;            ///< least number of peers
  S averaging_error;  ///< delta_aq^2
  S vanishing_share;  ///< delta_pv1
  S vanishing_noise;  ///< delta_pv2^2
  S nu;               ///< at least 1
};

/// mu'
template <Field S>
[[nodiscard]] S moshpit_mu(const MoshpitSgdConstants<S>& c) {
  return S(S(S(1) - c.vanishing_share) * c.mu);
}

/// nu (delta_aq^2 + j sigma^2), X for j = tau - 1.
template <Field S>
[[nodiscard]] S moshpit_discrepancy(const MoshpitSgdConstants<S>& c, const S& j) {
  return S(c.nu * S(c.averaging_error + j * c.variance));
}

/// Y
template <Field S>
[[nodiscard]] S moshpit_noise(const MoshpitSgdConstants<S>& c) {
  return S(c.vanishing_noise + c.variance / c.n_min);
}

/// The right side of one step.
template <Field S>
[[nodiscard]] S moshpit_one_step(const MoshpitSgdConstants<S>& c, const S& gamma, const S& squared_distance,
                                 const S& gap, const S& V) {
  return S(S(S(1) - gamma * moshpit_mu(c)) * squared_distance - gamma * gap + ratio<S>(3, 2) * gamma * c.L * V +
           gamma * gamma * moshpit_noise(c));
}

/// gamma Y + (3/2) L gamma^2 X
template <Field S>
[[nodiscard]] S moshpit_neighbourhood(const MoshpitSgdConstants<S>& c, const S& gamma, const S& tau) {
  return S(gamma * moshpit_noise(c) + ratio<S>(3, 2) * c.L * gamma * gamma * moshpit_discrepancy(c, S(tau - S(1))));
}

/// gamma times this is at most 1.
template <Field S>
[[nodiscard]] S moshpit_stepsize(const S& L) {
  return S(S(4) * L);
}

/// delta_aq^2 of averaging that keeps `kept` = q^T < 1 of the dispersion.
template <Field S>
[[nodiscard]] S mixing_averaging_error(const S& kept, const S& tau, const S& variance) {
  return S(kept * tau * variance / S(S(1) - kept));
}

/// delta_pv2^2 where n' of n >= 2 peers survive a synchronization, all sets equally likely.
template <Field S>
[[nodiscard]] S survivors_noise(const S& survivors, const S& n, const S& averaging_error, const S& tau,
                                const S& variance) {
  return S(S(n - survivors) / S(survivors * S(n - S(1))) * S(averaging_error + tau * variance));
}

}  // namespace touchstone::inline v0
