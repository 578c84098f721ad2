#pragma once
/// \file
/// The rows of DIANAsr-DQ: DIANAsr whose server quantizes too, with s1. Without error feedback.
///
///     U    x+ = x - gamma Q2(h + mhat)        E|g|^2 <= (1 + omega2) that of DIANAsr
///     D    x+ = x - gamma (h + Q2(mhat))      E|g|^2 <= that of DIANAsr + omega2 E|mhat|^2
///
///     mhat = mean Q(ghat_i - h_i), h = mean h_i, E|mhat|^2 <= 4 L gap + 2 s1 + (1/n^2) sum_i Var,
///     V_A = 2 omega L + 2 (1 + omega) E, V_B = 2 omega, V_D = 2 (1 + omega) sampling_variance:
///
///          A'                                     B1'                               D1'
///     U    (1 + omega2)(L + V_A/n)                (1 + omega2) V_B/n                (1 + omega2) V_D/n
///     D    L + 2 omega2 L + (1 + omega2) V_A/n    2 omega2 + (1 + omega2) V_B/n     (1 + omega2) V_D/n
///
/// rho1, C1, D2 as for DIANAsr (d_diana.hpp), which both are for omega2 = 0.
///
/// Needs      every f_i convex and L-smooth; 0 < alpha <= 1/(1 + omega); all compressors independent
/// Corollary  gamma <= 1/P; linear to x* if sampling_variance = 0
/// Source     slides 55-57 name the method; the server's side is not on the slides, both readings are given; constants
///            derived
///
/// code    server_omega    expected_smoothness
/// theory  omega2          script L; E on this page

#include "touchstone/theory/error_feedback/d_diana.hpp"

namespace touchstone::inline v0 {

/// The server quantizes the whole update (U).
template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> dianasr_dq_constants(const S& L, const S& expected_smoothness,
                                                             const S& omega, const S& server_omega, const S& n,
                                                             const S& alpha, const S& sampling_variance) {
  ErrorFeedbackConstants<S> row = dianasr_constants(L, expected_smoothness, omega, n, alpha, sampling_variance);
  row.mean = S(S(1) + server_omega) * row.mean;
  return row;
}

/// The server quantizes the mean of the messages only (D).
template <Field S>
[[nodiscard]] ErrorFeedbackConstants<S> dianasr_dq_difference_constants(const S& L, const S& expected_smoothness,
                                                                        const S& omega, const S& server_omega,
                                                                        const S& n, const S& alpha,
                                                                        const S& sampling_variance) {
  ErrorFeedbackConstants<S> row = dianasr_constants(L, expected_smoothness, omega, n, alpha, sampling_variance);
  // E|mhat|^2: as E|g|^2, with |grad f(x) - h|^2 <= 4 L gap + 2 s1 in place of |grad f(x)|^2 <= 2 L gap.
  const MomentBound<S> mean_of_messages = row.mean + MomentBound<S>{L, S(2), S(0), S(0)};
  row.mean = row.mean + server_omega * mean_of_messages;
  return row;
}

}  // namespace touchstone::inline v0
