#pragma once
/// \file
/// The rows of Local-SGD: four settings, which differ in the noise and in what is known of the differences between workers.
///
///     uniform    A = 3L   F = 3 L^2   D = 3 zeta    D~ = variance                            A' = 2L           F' = 2 L^2             D' = variance/n
///     sampled    A = 3L   F = 3 L^2   D = 3 zeta    A~ = 4E   F~ = 4 E L   D~ = 2 variance   A' = 2L + 4E/n    F' = 2 L^2 + 4 E L/n   D' = 2 variance/n
///
///     uniform, different workers bounded      direct             gamma <= 1/(4L)
///     uniform, any workers                    deterministic      gamma <= 1/(4L), 1/(12 L (tau - 1))
///     sampled, different workers bounded      contracting        gamma <= 1/(4L + 8E/n), 256 (tau - 1) L E gamma^2 <= 3
///                                             damped             the same with 256 (tau - 1) L E gamma^2 <= 1 and 4 (tau - 1) gamma mu <= 1
///     sampled, any workers                    deterministic      gamma <= 1/(4L + 8E/n), 1/(16 L (tau - 1)), 1024 (tau - 1) L E gamma^2 <= 3
///
/// with zeta = (1/n) sum_i |grad f_i(x*)|^2, E the expected smoothness; `variance` everywhere, or at x* where E > 0.
///
/// Source     slide 76 rows 1 to 4; constants derived

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/estimators.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] LocalConstants<S> local_sgd_constants(const S& L, const S& n, const S& zeta,
                                                    const LocalMomentBound<S>& variance) {
  return {plain_local_mean(L, zeta), variance, local_mean_of_independent(L, variance, n)};
}

/// Uniform variance, bounded differences between workers.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_sgd_direct_stepsize(const S& L) {
  return {{S(S(4) * L)}, {}};
}

/// Uniform variance.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_sgd_uniform_stepsize(const S& L, const S& tau) {
  return {{S(S(4) * L), S(S(12) * S(tau - S(1)) * L)}, {}};
}

/// Expected smoothness E, bounded differences between workers that are strongly convex.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_sgd_contracting_stepsize(const S& L, const S& E, const S& n, const S& tau) {
  return {{S(S(4) * L + S(8) * E / n)}, {S(ratio<S>(256, 3) * S(tau - S(1)) * L * E)}};
}

/// Expected smoothness E, bounded differences between workers that are convex.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_sgd_damped_stepsize(const S& L, const S& mu, const S& E, const S& n,
                                                         const S& tau) {
  return {{S(S(4) * L + S(8) * E / n), S(S(4) * S(tau - S(1)) * mu)}, {S(S(256) * S(tau - S(1)) * L * E)}};
}

/// Expected smoothness E.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_sgd_sampled_stepsize(const S& L, const S& E, const S& n, const S& tau) {
  return {{S(S(4) * L + S(8) * E / n), S(S(16) * S(tau - S(1)) * L)},
          {S(ratio<S>(1024, 3) * S(tau - S(1)) * L * E)}};
}

}  // namespace touchstone::inline v0
