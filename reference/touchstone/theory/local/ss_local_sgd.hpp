#pragma once
/// \file
/// The rows of SS-Local-SGD: r fresh gradients a shift, renewed with probability q.
///
///     A = 4L   B1 = 2   F = 4 L^2          A~, F~, D~ and A', F', D' those of Local-SGD (local_sgd.hpp)
///     rho1 = q   C1 = q L, q (L + 2E/r)    D1 = q variance/r, 2 q variance/r
///
///     uniform variance          random     gamma <= p/(30 L)
///     expected smoothness E     random     gamma <= 1/(4L + 8E/n), p/(42 L), 2601 (1 - p) L E gamma^2 <= p, for p r >= 1
///
/// Source     slide 76 rows 8 and 9 (where q = p), which leave r out: with r = 1 the noise of the shifts is of the order of
///            gamma^2 variance/p^2, and their last term does not hold; constants derived

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/estimators.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] LocalConstants<S> ss_local_sgd_constants(const S& L, const S& n, const S& q, const S& r,
                                                       const LocalMomentBound<S>& variance) {
  return {.worker_mean = shifted_local_mean(L),
          .worker_variance = variance,
          .mean = local_mean_of_independent(L, variance, n),
          .shift = sampled_shifts(L, q, r, variance)};
}

/// Uniform variance.
template <Field S>
[[nodiscard]] LocalStepsize<S> ss_local_sgd_uniform_stepsize(const S& L, const S& p) {
  return {{S(S(30) * L / p)}, {}};
}

/// Expected smoothness E, for p r >= 1.
template <Field S>
[[nodiscard]] LocalStepsize<S> ss_local_sgd_sampled_stepsize(const S& L, const S& E, const S& n, const S& p) {
  return {{S(S(4) * L + S(8) * E / n), S(S(42) * L / p)}, {S(S(2601) * S(S(1) - p) * L * E / p)}};
}

}  // namespace touchstone::inline v0
