#pragma once
/// \file
/// The row of DQGD, x+ = x - gamma Q2(mean Q(grad f_i(x))): the server quantizes too. Without error feedback.
///
///     A' = (1 + omega2)(L + 2 omega L/n)    D1' = (1 + omega2) 2 omega zeta/n        P = A'
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2 and omega2 the server's: E|g|^2 is at most 1 + omega2 times that of QSGD.
///
/// Needs      every f_i convex and L-smooth; all compressors independent
/// Corollary  gamma <= 1/P; linear to x* only if omega = 0 or zeta = 0
/// Source     slides 55-57 name the method; the sources may mean omega2 = 0 (no quantizer at the server); constants
///            derived
///
/// code    server_omega
/// theory  omega2

#include "touchstone/theory/error_feedback/d_qsgd.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> dqgd_constants(const S& L, const S& omega, const S& server_omega,
                                                       const S& n, const S& zeta) {
  return {.mean = S(S(1) + server_omega) * d_qsgd_constants(L, omega, n, zeta).mean};
}

}  // namespace touchstone::inline v0
