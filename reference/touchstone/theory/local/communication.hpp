#pragma once
/// \file
/// The discrepancy between synchronizations: how (V) of the theorem is obtained, with H_1, H_2 and D3.
///
/// Modes      For (M), (N) with constants Z and Z~, the weighted sums of the discrepancy obey, for eta as below,
///
///            sum_k w_k E V_k <= gamma^2 P sum_k w_k (2 A* gap_k + B1* s1_k + B2* s2_k + F* V_k + D*)
///
///            mode                   P                             Z*                          and in D*             eta
///            deterministic(tau)     (8/3)(tau - 1)                (tau - 1) Z + Z~            0                     (tau - 1) eta <= 1/4
///            random(p)              4 (1 - p)/p                   ((2 + p)/p) Z + Z~          0                     4 eta <= p
///            contracting(tau)       (4/3)(tau - 1)                Z~                          5 zeta/(2 gamma mu)   eta <= gamma mu, 4 L gamma <= 1
///            contracting_random(p)  (4/3)(1 - p)/p                Z~                          5 zeta/(2 gamma mu)   eta <= gamma mu, 4 L gamma <= 1
///            damped(tau)            (4/3) alpha (tau - 1)         Z~                          (tau + 1) zeta        (tau - 1) eta <= 1/4, L gamma <= 1
///
///            with alpha = (tau/(tau - 1))^{tau - 1} < e, 1 for tau = 1. A deterministic schedule needs gaps of at most tau. The
///            last three are for methods without shifts and zeta >= (1/n) sum_i |grad f_i(x) - grad f(x)|^2 for all x: contracting
///            for strongly convex f_i, damped for convex ones.
///
/// Closing    Q_j = 4 B_j*/(3 rho_j). If
///
///            (S3)  2 gamma^2 P (F* + sum_j Q_j G_j) <= 1            (S4)  16 L gamma^2 P (A* + sum_j Q_j C_j) <= 1
///
///            then (V) holds with H_j = 2 gamma^2 P Q_j and D3 = 2 P (D* + sum_j Q_j D_j).
///
/// Direct     Convex f_i, no shifts, (N) with D~ alone, a deterministic schedule, L gamma <= 1: E V_k <= gamma^2 alpha (tau - 1)
///            (D~ + (tau + 1) zeta) for every k, so that H = 0 and D3 is that without gamma^2. No condition on eta.
///
/// Source     derived; slides 70 and 71 have the form of (V), not its constants

#include <vector>

#include "touchstone/theory/local/theorem.hpp"

namespace touchstone::inline v0 {

/// P, the constants with *, a with a eta <= 1 and a with a L gamma <= 1.
template <Field S>
struct Communication {
  S P;
  LocalMomentBound<S> moments;
  S inverse_gap = S(0);
  S inverse_stepsize = S(0);
};

template <Field S>
[[nodiscard]] Communication<S> deterministic_communication(const LocalConstants<S>& c, const S& tau) {
  const S steps = S(tau - S(1));
  return {S(ratio<S>(8, 3) * steps), steps * c.worker_mean + c.worker_variance, S(S(4) * steps)};
}

template <Field S>
[[nodiscard]] Communication<S> random_communication(const LocalConstants<S>& c, const S& p) {
  return {S(S(4) * S(S(1) - p) / p), S(S(S(2) + p) / p) * c.worker_mean + c.worker_variance, S(S(4) / p)};
}

/// (tau/(tau - 1))^{tau - 1}, 1 for tau = 1. Below e.
template <Field S>
[[nodiscard]] S amplification(Index tau) {
  S power(1);
  for (Index k = 1; k < tau; ++k) power = S(power * ratio<S>(tau, tau - 1));
  return power;
}

namespace detail {

/// 5 zeta/(2 gamma mu)
template <Field S>
[[nodiscard]] LocalMomentBound<S> contracting_moments(const LocalConstants<S>& c, const S& gamma, const S& mu,
                                                      const S& zeta) {
  LocalMomentBound<S> moments = c.worker_variance;
  moments.D = S(moments.D + ratio<S>(5, 2) * zeta / S(gamma * mu));
  return moments;
}

}  // namespace detail

template <Field S>
[[nodiscard]] Communication<S> contracting_communication(const LocalConstants<S>& c, const S& tau, const S& gamma,
                                                         const S& mu, const S& zeta) {
  return {S(ratio<S>(4, 3) * S(tau - S(1))), detail::contracting_moments(c, gamma, mu, zeta), S(0), S(4)};
}

template <Field S>
[[nodiscard]] Communication<S> contracting_random_communication(const LocalConstants<S>& c, const S& p,
                                                                const S& gamma, const S& mu, const S& zeta) {
  return {S(ratio<S>(4, 3) * S(S(1) - p) / p), detail::contracting_moments(c, gamma, mu, zeta), S(0), S(4)};
}

/// alpha: amplification(tau), or a bound on it.
template <Field S>
[[nodiscard]] Communication<S> damped_communication(const LocalConstants<S>& c, const S& tau, const S& alpha,
                                                    const S& zeta) {
  const S steps = S(tau - S(1));
  Communication<S> mode{S(ratio<S>(4, 3) * alpha * steps), c.worker_variance, S(S(4) * steps), S(1)};
  mode.moments.D = S(mode.moments.D + S(tau + S(1)) * zeta);
  return mode;
}

/// Q_1, Q_2
template <Field S>
[[nodiscard]] OfVariances<S> discrepancy_weights(const LocalConstants<S>& c, const Communication<S>& mode) {
  return variance_weights(c, mode.moments);
}

/// The left sides of conditions, all of which must be at most 1: (S3), (S4) and what the mode asks of L gamma.
template <Field S>
[[nodiscard]] std::vector<S> discrepancy_conditions(const LocalConstants<S>& c, const Communication<S>& mode,
                                                    const S& L, const S& gamma) {
  const LocalMomentBound<S> fed = without_variances(c, mode.moments);
  const S weight = S(gamma * gamma * mode.P);
  return {S(S(2) * weight * fed.F), S(S(16) * L * weight * fed.A), S(mode.inverse_stepsize * L * gamma)};
}

/// H_1, H_2 and D3.
template <Field S>
[[nodiscard]] DiscrepancyBound<S> discrepancy_bound(const LocalConstants<S>& c, const Communication<S>& mode,
                                                    const S& gamma) {
  const OfVariances<S> Q = discrepancy_weights(c, mode);
  const S weight = S(S(2) * gamma * gamma * mode.P);
  return {{S(weight * Q.shift), S(weight * Q.sampling)}, S(S(2) * mode.P * without_variances(c, mode.moments).D)};
}

/// H = 0 and D3 = alpha (tau - 1) (D~ + (tau + 1) zeta), alpha = amplification(tau) or a bound on it.
template <Field S>
[[nodiscard]] DiscrepancyBound<S> direct_discrepancy_bound(const LocalConstants<S>& c, const S& tau, const S& alpha,
                                                           const S& zeta) {
  return {{S(0), S(0)}, S(alpha * S(tau - S(1)) * S(c.worker_variance.D + S(tau + S(1)) * zeta))};
}

}  // namespace touchstone::inline v0
