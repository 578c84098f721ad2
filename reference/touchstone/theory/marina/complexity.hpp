#pragma once
/// \file
/// How many steps the methods of chapter 5 need, with constants: for E|grad f(xhat)|^2 <= epsilon^2, xhat uniform among
/// x^0, ..., x^{K-1} (QGD: the best of them), and under the PL condition for E f(x^K) - inf f <= epsilon. gap = f(x^0) - inf f.
///
///     gamma = 1/(L + t), t >= 0:
///     stationary   K >= 2 (L + t) Phi^0/epsilon^2
///     PL           K >= max{(L + t)/mu, 2/p} ln(Psi^0/epsilon),     gamma = min{1/(L + t), p/(2 mu)}
///     online       b >= 4 sigma^2/(n epsilon^2),      K >= max{1/p, 4 (L + t) gap/epsilon^2}
///     online, PL   b >= 2 sigma^2/(n mu epsilon),     K >= max{(L + t)/mu, 2/p} ln((2 gap + epsilon/2)/epsilon)
///
///     method              t^2                                                         PL: t^2
///     GD                  0                                                           0 (and nothing of p)
///     DIANA               theta^2 L^2 (diana_nonconvex.hpp)                           twice that, and alpha/2 for p
///     MARINA              Lambda^2 (marina.hpp), omega^2 L^2/n for p = 1/(1 + omega)  twice that
///     VR-MARINA, online   Lambda^2 (vr_marina.hpp)                                    twice that
///     PP-MARINA           Lambda^2 (pp_marina.hpp)                                    twice that
///
///     QGD          K >= (12 L gap/epsilon^2) max{B, 12 A gap/epsilon^2, 2 C/epsilon^2}      (qgd.hpp)
///     QGD, PL      K >= (2 L/mu) max{B, 2 A/mu, 2 C/(mu epsilon)} ln(2 gap/epsilon)
///
/// The slides have them as rows, up to constants and with every L left out:
///
///     row       of the slides                                                                                 steps above
///     QGD       gap/epsilon^2 + (1 + omega) gap^2/(epsilon^4 n) + (1 + omega) gap Delta*/(epsilon^4 n)        <= 144 L max{1, L_max} row
///     DIANA     gap (1 + (1 + omega) sqrt(omega/n))/epsilon^2                                                 2 L row to 4 L row
///     MARINA    gap (1 + omega/sqrt(n))/epsilon^2                                                             2 L row
///
/// with h_i^0 = grad f_i(x^0) for DIANA, t = 2 (1 + omega) sqrt(omega/n) L, and p = 1/(1 + omega) for MARINA. Roots come as numbers
/// whose squares are what the page says.
///
/// Source     slides (rows); constants derived

#include "touchstone/theory/marina/diana_nonconvex.hpp"
#include "touchstone/theory/marina/gd.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "touchstone/theory/marina/pp_marina.hpp"
#include "touchstone/theory/marina/qgd.hpp"
#include "touchstone/theory/marina/vr_marina_online.hpp"

namespace touchstone::inline v0 {

/// 2 (L + t) Phi^0/epsilon^2, for gamma = 1/(L + t) and no noise.
template <Field S>
[[nodiscard]] S stationary_complexity(const S& L, const S& t, const S& first, const S& epsilon_squared) {
  return S(S(2) * S(L + t) * first / epsilon_squared);
}

/// 1/(gamma mu) is the largest of these, for gamma = min{1/(L + t), p/(2 mu)}. K >= ln(Psi^0/epsilon) times that will do.
template <Field S>
[[nodiscard]] std::vector<S> pl_complexity(const S& L, const S& t, const S& p, const S& mu) {
  return {S(S(L + t) / mu), S(S(2) / p)};
}

/// GD: L/mu
template <Field S>
[[nodiscard]] S gd_pl_complexity(const S& L, const S& mu) {
  return S(L / mu);
}

/// The batch b of full gradients.
template <Field S>
[[nodiscard]] S online_batch(const S& sigma_squared, const S& n, const S& epsilon_squared) {
  return S(S(4) * sigma_squared / S(n * epsilon_squared));
}

/// Where nu = sigma^2/(n b) <= epsilon^2/4, K must be at least each of these.
template <Field S>
[[nodiscard]] std::vector<S> online_complexity(const S& L, const S& t, const S& p, const S& gap,
                                               const S& epsilon_squared) {
  return {S(S(1) / p), S(S(4) * S(L + t) * gap / epsilon_squared)};
}

/// Under the PL condition; nu/mu <= epsilon/2.
template <Field S>
[[nodiscard]] S online_pl_batch(const S& sigma_squared, const S& n, const S& mu, const S& epsilon) {
  return S(S(2) * sigma_squared / S(n * mu * epsilon));
}

/// What is in the logarithm: (1 - gamma mu)^K times this may be at most 1.
template <Field S>
[[nodiscard]] S online_pl_ratio(const S& gap, const S& epsilon) {
  return S(S(S(2) * gap + epsilon / S(2)) / epsilon);
}

/// QGD: K must be at least each of these.
template <Field S>
[[nodiscard]] std::vector<S> qgd_complexity(const GradientMoment<S>& c, const S& L, const S& gap,
                                            const S& epsilon_squared) {
  const S unit = S(S(12) * L * gap / epsilon_squared);
  return {S(unit * c.B), S(unit * S(12) * c.A * gap / epsilon_squared), S(unit * S(2) * c.C / epsilon_squared)};
}

/// QGD under the PL condition, for accuracy epsilon: gamma is one over the largest of these.
template <Field S>
[[nodiscard]] std::vector<S> qgd_pl_accuracy_inverses(const GradientMoment<S>& c, const S& L, const S& mu,
                                                      const S& epsilon) {
  std::vector<S> all = qgd_pl_inverses(c, L, mu);
  all.push_back(S(S(2) * L * c.C / S(mu * epsilon)));
  return all;
}

/// DIANA under the PL condition: 1/(gamma mu) is the largest of these, for gamma = min{1/(L (1 + t)), alpha/(4 mu)}.
template <Field S>
[[nodiscard]] std::vector<S> diana_pl_complexity(const S& L, const S& t, const S& alpha, const S& mu) {
  return pl_complexity(L, S(L * t), S(alpha / S(2)), mu);
}

/// MARINA's p = 1/(1 + omega) of the slides, for which (1 - p)/p = omega.
template <Field S>
[[nodiscard]] S marina_probability(const S& omega) {
  return S(S(1) / S(S(1) + omega));
}

/// MARINA's p = zeta/d of the source, where zeta is the compressor's density; (1 + omega) zeta >= d for unbiased compressors.
template <Field S>
[[nodiscard]] S marina_probability_of_density(const S& d, const S& density) {
  return S(density / d);
}

/// d + K (p d + (1 - p) zeta), scalars that a worker of MARINA sends in the mean until step K.
template <Field S>
[[nodiscard]] S marina_scalars(const S& d, const S& density, const S& p, const S& K) {
  return S(d + K * S(p * d + S(S(1) - p) * density));
}

template <Field S>
[[nodiscard]] S qgd_row(const S& omega, const S& n, const S& difference, const S& gap, const S& epsilon_squared) {
  const S unit = S(gap / epsilon_squared);
  return S(unit + S(S(1) + omega) * unit * S(gap + difference) / S(epsilon_squared * n));
}

/// `root` is sqrt(omega/n).
template <Field S>
[[nodiscard]] S diana_nonconvex_row(const S& omega, const S& root, const S& gap, const S& epsilon_squared) {
  return S(S(S(1) + S(S(1) + omega) * root) * gap / epsilon_squared);
}

/// `root_of_n` is sqrt(n).
template <Field S>
[[nodiscard]] S marina_row(const S& omega, const S& root_of_n, const S& gap, const S& epsilon_squared) {
  return S(S(S(1) + omega / root_of_n) * gap / epsilon_squared);
}

inline constexpr int qgd_row_factor = 144;  ///< times L max{1, L_max}

}  // namespace touchstone::inline v0
