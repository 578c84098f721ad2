#pragma once
/// \file
/// The one-step Lyapunov theorem of error compensation (EF-L), for the methods with full gradients.
///
/// Row (EC)   (1/n) sum_i |g_i|^2 <= 2 A Delta + D1,   |(1/n) sum_i g_i|^2 <= 2 A' Delta,   Delta = f(x) - f(x*)
///
///            EC-GD       A = 2L    D1 = 2 zeta    A' = L      zeta = (1/n) sum_i |grad f_i(x*)|^2
///            EC-GDstar   A = L     D1 = 0         A' = L
///
/// Theorem    Let C be contractive with delta, every f_i convex and L-smooth, f mu-quasi-strongly convex, and
///
///            k = (1 - delta)(2 - delta)/delta     N = 12 L gamma/delta
///            S = A' + N k A                       theta = 1 - 2 gamma S
///            eta = min{gamma mu/2, delta/4}       noise = gamma^2 N k D1
///            V^k = |xt^k - x*|^2 + N (1/n) sum_i |e_i^k|^2,      xt = x - (1/n) sum_i e_i
///
///            one step     E V^{k+1} <= (1 - eta) V^k - gamma theta Delta_k + noise      for every gamma > 0
///            closed form  E V^k     <= (1 - eta)^k V^0 + noise (1 - (1 - eta)^k)/eta    if theta >= 0
///            iterate      |x^k - x*|^2 <= (1 + 1/N) V^k                                 if delta < 1
///
/// Source     derived; the theorem of arXiv:2010.12292 in the sharper one-step form

#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// (1/n) sum |g_i|^2 <= 2 A Delta + D1 and |mean g_i|^2 <= 2 A_mean Delta.
template <Field S>
struct ErrorCompensationConstants {
  S A, D1, A_mean;
};

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_gd_constants(const S& L, const S& zeta) {
  return {.A = S(S(2) * L), .D1 = S(S(2) * zeta), .A_mean = L};
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_gd_star_constants(const S& L) {
  return {.A = L, .D1 = S(0), .A_mean = L};
}

/// k = (1 - delta)(2 - delta)/delta, the factor that compression puts before |g|^2. 0 for delta = 1.
template <Field S>
[[nodiscard]] S compression_factor(const S& delta) {
  return S(S(S(1) - delta) * S(S(2) - delta) / delta);
}

/// N = 12 L gamma/delta, the weight of the errors in V.
template <Field S>
[[nodiscard]] S error_weight(const S& L, const S& gamma, const S& delta) {
  return S(S(12) * L * gamma / delta);
}

/// S = A' + N k A
template <Field S>
[[nodiscard]] S error_compensation_smoothness(const ErrorCompensationConstants<S>& c, const S& L, const S& gamma,
                                              const S& delta) {
  return S(c.A_mean + error_weight(L, gamma, delta) * compression_factor(delta) * c.A);
}

/// theta = 1 - 2 gamma S. The stepsize is admissible for contraction iff theta >= 0.
template <Field S>
[[nodiscard]] S descent_coefficient(const ErrorCompensationConstants<S>& c, const S& L, const S& gamma,
                                    const S& delta) {
  return S(S(1) - S(2) * gamma * error_compensation_smoothness(c, L, gamma, delta));
}

/// V contracts by one minus the least of these: gamma mu/2 and delta/4.
template <Field S>
[[nodiscard]] std::vector<S> error_compensation_gaps(const S& gamma, const S& mu, const S& delta) {
  return {S(gamma * mu / S(2)), S(delta / S(4))};
}

/// gamma^2 N k D1, what a step adds to V.
template <Field S>
[[nodiscard]] S error_compensation_noise(const ErrorCompensationConstants<S>& c, const S& L, const S& gamma,
                                         const S& delta) {
  return S(gamma * gamma * error_weight(L, gamma, delta) * compression_factor(delta) * c.D1);
}

/// With c the descent share, theta >= 1 - 2c holds iff gamma A' + 12 L k A gamma^2/delta <= c, that is gamma <=
/// 2c/(A' + t) with t the square root of this radicand. c = 1/2 is the contraction's condition theta >= 0, c = 1/4
/// gives theta >= 1/2.
template <Field S>
[[nodiscard]] S error_compensation_radicand(const ErrorCompensationConstants<S>& c, const S& L, const S& delta,
                                            const S& descent_share) {
  return S(c.A_mean * c.A_mean + S(48) * descent_share * L * compression_factor(delta) * c.A / delta);
}

/// 2c/(A' + t) for any t >= 0 with t^2 >= radicand: the largest admissible stepsize where t is the root, a smaller
/// one where t is an upper bound of it. No square root is taken, so that rationals can be used.
template <Field S>
[[nodiscard]] S error_compensation_stepsize(const ErrorCompensationConstants<S>& c, const S& t,
                                            const S& descent_share) {
  return S(S(2) * descent_share / S(c.A_mean + t));
}

}  // namespace touchstone::inline v0
