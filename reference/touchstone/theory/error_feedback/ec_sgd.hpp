#pragma once
/// \file
/// The rows of EC-SGDsr and EC-SGD: error compensation with sampled gradients, no s1, no s2.
///
///     A = 2L    D1 = 2 zeta    A~ = 2E    D1~ = 2 sampling_variance
///     A' = L + 2E/n            D1' = 2 sampling_variance/n
///
///     P = L + 2E/n    Z = 2 L k + 2 E q,    k = (1 - delta)(2 - delta)/delta, q = 1 - delta
///
/// with E the expected smoothness, zeta = (1/n) sum_i |grad f_i(x*)|^2 and sampling_variance the mean over the workers
/// of E|grad f_xi(x*) - grad f_i(x*)|^2. EC-SGD is the case E = L.
///
/// Needs      every f_i convex and L-smooth; for EC-SGD every sampled f_xi; workers independent
/// Corollary  theorem.hpp: linear to a neighbourhood, whose noise is gamma^2 (2 sampling_variance/n + N (2 k zeta + 2 q
///            sampling_variance)), N = 12 L gamma/delta
/// Source     slide 50, rows 1 and 2 (EC-SGDsr, Algorithm 19; EC-SGD, Algorithm 20); constants derived
///
/// code    expected_smoothness
/// theory  script L; E on this page

#include "touchstone/theory/error_feedback/error_compensation.hpp"
#include "touchstone/theory/error_feedback/estimators.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_sgdsr_constants(const S& L, const S& expected_smoothness, const S& n,
                                                               const S& sampling_variance, const S& zeta) {
  const MomentBound<S> variance = sampled_variance(expected_smoothness, sampling_variance);
  return {{.mean = mean_of_independent(L, variance, n)}, plain_worker_mean(L, zeta), variance};
}

template <Field S>
[[nodiscard]] ErrorCompensationConstants<S> ec_sgd_constants(const S& L, const S& n, const S& sampling_variance,
                                                             const S& zeta) {
  return ec_sgdsr_constants(L, L, n, sampling_variance, zeta);
}

}  // namespace touchstone::inline v0
