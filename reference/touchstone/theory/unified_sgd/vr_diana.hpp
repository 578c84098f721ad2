#pragma once
/// \file
/// VR-DIANA's row of Table 2.1, for both variants, with
///
///     sigma_k^2 = (1/n) sum_i |h_i - grad f_i(x*)|^2 + (1/(nm)) sum_ij |grad f_ij(w_ij) - grad f_ij(x*)|^2
///
///     A = (1 + (4 omega + 2)/n) L    B = 2 (omega + 1)/n    rho = alpha    C = (1/m + 2 alpha) L    D1 = 0    D2 = 0
///
/// Needs      every f_ij convex and L-smooth, L = max_ij L_ij; 0 < alpha <= 1/(3m) and alpha <= 1/(1 + omega); compressors
///            independent across workers
/// Corollary  M = 4 (1 + omega)/(n alpha), gamma <= 1/(A + CM): E V^k <= max{1 - gamma mu, 1 - alpha/2}^k V^0
/// Source     Table 2.1 names the result. arXiv:1905.11261 has C = (1/m + 4 alpha) L, which is valid and loose.

#include <vector>

#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ParametricConstants<S> vr_diana_constants(const S& L, const S& omega, const S& n, const S& m,
                                                        const S& alpha) {
  return {.A = S(S(S(1) + S(S(4) * omega + S(2)) / n) * L),
          .B = S(S(2) * S(omega + S(1)) / n),
          .rho = alpha,
          .C = S(S(S(S(1) / m) + S(2) * alpha) * L),
          .D1 = S(0),
          .D2 = S(0)};
}

/// The stepsize of the shifts must not exceed any of these: 1/(3m), 1/(1 + omega).
template <Field S>
[[nodiscard]] std::vector<S> vr_diana_shift_stepsize_bounds(const S& omega, const S& m) {
  return {S(S(1) / S(S(3) * m)), S(S(1) / S(S(1) + omega))};
}

/// M = 4 (1 + omega)/(n alpha)
template <Field S>
[[nodiscard]] S vr_diana_lyapunov_weight(const S& omega, const S& n, const S& alpha) {
  return S(S(4) * S(S(1) + omega) / S(n * alpha));
}

/// 1/(A + CM)
template <Field S>
[[nodiscard]] S vr_diana_stepsize(const S& L, const S& omega, const S& n, const S& m, const S& alpha) {
  const ParametricConstants<S> row = vr_diana_constants(L, omega, n, m, alpha);
  return S(S(1) / S(row.A + row.C * vr_diana_lyapunov_weight(omega, n, alpha)));
}

}  // namespace touchstone::inline v0
