#pragma once
/// \file
/// How many iterations the methods of chapter 4 need for E f(xbar) - f(x*) <= epsilon: the rows of slide 76, with constants.
///
///     E f(xbar^K) - f(x*) <= (Phi/gamma)(1 - eta)^{K+1} + c1 gamma + c2 gamma^2       Phi = 2 T^0 + 4 L gamma sum_j H_j s_j^0
///
///     gamma = min{1/a, 1/sqrt(b), epsilon/(3 c1), sqrt(epsilon/(3 c2))}               a, b of the row's stepsize
///     K >= max{1/(gamma mu), 4/rho1, 4/rho2} ln(3 Phi/(gamma epsilon))
///
/// and max{1/(gamma mu), 4/rho1, 4/rho2} <= C times the row
///
///     m + (l L + E/n + t)/mu + v/(n mu epsilon) + d/(mu^2 epsilon) + r/mu
///
/// for all values of the parameters. Roots come as numbers t, r >= 0, whose squares must be what the table says; empty is zero.
///
///     row                          m    l     E            t^2                     v           d                  r^2                                      C
///     Local-SGD, direct                 1                                          variance                       L tau (v + tau zeta)/epsilon             6
///     Local-SGD, uniform                tau                                        variance                       L (tau - 1)(v + (tau - 1) zeta)/epsilon  14
///     Local-SGD, contracting            1     E            (tau - 1) L E           variance    L (tau - 1) zeta   L (tau - 1) v/epsilon                    80
///     Local-SGD, sampled                tau   E            (tau - 1) L E           variance                       L (tau - 1)(v + (tau - 1) zeta)/epsilon  19
///     Local-SVRG, contracting      m    1     component_L  (tau - 1) L component_L             L (tau - 1) zeta                                            80
///     Local-SVRG                   m    tau   component_L  (tau - 1) L component_L                                L (tau - 1)^2 zeta/epsilon               29
///     S*-Local-SGD                      tau                                        variance                       L (tau - 1) v/epsilon                    10
///     SS-Local-SGD, uniform             1/p                                        variance                       (1 - p) L v/(p epsilon)                  30
///     SS-Local-SGD, sampled             1/p   E            (1 - p) L E/p           variance                       (1 - p) L v/(p epsilon)                  51
///     S*-Local-SGD*                     tau   component_L  (tau - 1) L component_L                                                                         14
///     S-Local-SVRG                 m    1/p   component_L  (1 - p) L component_L/p^2                                                                       44
///     S-Local-SVRG, two sequences  m    1/p   component_L  (1 - p) L component_L/p                                                                         42
///
/// Needs      0 < mu <= L, n >= 1, q = 1/m for reference points, q = p and p r >= 1 for shifts
/// Source     slide 76; constants derived. The slide has a root more in the contracting rows, (1 - p) L E/p^2 for t^2 of
///            SS-Local-SGD, and not the last row

#include <vector>

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

/// C of each row. The next smaller integer is too small.
inline constexpr int local_sgd_direct_complexity_factor = 6;
inline constexpr int local_sgd_uniform_complexity_factor = 14;
inline constexpr int local_sgd_contracting_complexity_factor = 80;
inline constexpr int local_sgd_sampled_complexity_factor = 19;
inline constexpr int local_svrg_contracting_complexity_factor = 80;
inline constexpr int local_svrg_complexity_factor = 29;
inline constexpr int s_star_local_sgd_complexity_factor = 10;
inline constexpr int ss_local_sgd_uniform_complexity_factor = 30;
inline constexpr int ss_local_sgd_sampled_complexity_factor = 51;
inline constexpr int s_star_local_sgd_star_complexity_factor = 14;
inline constexpr int s_local_svrg_complexity_factor = 44;
inline constexpr int s_local_svrg_sharp_complexity_factor = 42;

/// Where the theorem's average ends: c1 gamma + c2 gamma^2, local_neighbourhood() of theorem.hpp.
template <Field S>
struct LocalNeighbourhood {
  S linear, square;
};

/// For a D3 that does not depend on gamma.
template <Field S>
[[nodiscard]] LocalNeighbourhood<S> local_neighbourhood_terms(const LocalConstants<S>& c, const S& L, const S& D3) {
  return {S(S(2) * local_step_constants(c).D), S(S(4) * L * D3)};
}

/// D3 of a mode that does not depend on gamma.
template <Field S>
[[nodiscard]] S discrepancy_noise(const LocalConstants<S>& c, const Communication<S>& mode) {
  return discrepancy_bound(c, mode, S(1)).D3;
}

/// Contracting mode: D3 is a number plus one divided by gamma.
template <Field S>
[[nodiscard]] LocalNeighbourhood<S> contracting_neighbourhood_terms(const LocalConstants<S>& c, const S& L,
                                                                    const S& mu, const S& tau, const S& zeta) {
  const S without = discrepancy_noise(c, contracting_communication<S>(c, tau, S(1), mu, S(0)));
  const S all = discrepancy_noise(c, contracting_communication<S>(c, tau, S(1), mu, zeta));
  LocalNeighbourhood<S> terms = local_neighbourhood_terms(c, L, without);
  terms.linear = S(terms.linear + S(4) * L * S(all - without));
  return terms;
}

/// The row's stepsize, and gamma c1, gamma^2 c2 <= epsilon/3.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_accuracy_stepsize(LocalStepsize<S> stepsize,
                                                       const LocalNeighbourhood<S>& terms, const S& epsilon) {
  stepsize.inverse.push_back(S(S(3) * terms.linear / epsilon));
  stepsize.inverse_square.push_back(S(S(3) * terms.square / epsilon));
  return stepsize;
}

/// m, l, E, t, v, d, r of the table.
template <Field S>
struct LocalComplexityTerms {
  S memory = S(0), factor = S(1), noise_smoothness = S(0), smoothness_root = S(0), variance = S(0),
    difference = S(0), noise_root = S(0);
};

template <Field S>
[[nodiscard]] S local_complexity(const LocalComplexityTerms<S>& of, const S& L, const S& mu, const S& n,
                                 const S& epsilon) {
  return S(of.memory + S(of.factor * L + of.noise_smoothness / n + of.smoothness_root) / mu +
           of.variance / S(n * mu * epsilon) + of.difference / S(mu * mu * epsilon) + of.noise_root / mu);
}

}  // namespace touchstone::inline v0
