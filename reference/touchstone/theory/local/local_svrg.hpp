#pragma once
/// \file
/// The rows of Local-SVRG, with component_L = max_ij L_ij and zeta as in local_sgd.hpp.
///
///     A = 3L   F = 3 L^2   D = 3 zeta         A~ = 4 component_L   B2~ = 2   F~ = 4 component_L L
///     A' = 2L + 4 component_L/n   B2' = 2/n   F' = 2 L^2 + 4 component_L L/n
///     rho2 = q   C2 = 2 q component_L   G2 = 2 q component_L L
///
///     different workers bounded     contracting      gamma <= 1/(4L + 56 component_L/(3n)), 225 (tau - 1) L component_L gamma^2 <= 1
///     any workers                   deterministic    gamma <= 1/(4L + 56 component_L/(3n)), 1/(16 L (tau - 1)), 841 (tau - 1) L component_L gamma^2 <= 1
///
/// One coin for all workers, or one for each: the same.
///
/// Source     slide 76 rows 5 and 6 (where q = 1/m); constants derived

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/estimators.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] LocalConstants<S> local_svrg_constants(const S& L, const S& component_L, const S& n, const S& q,
                                                     const S& zeta) {
  const LocalMomentBound<S> variance = reference_local_variance(L, component_L);
  return {.worker_mean = plain_local_mean(L, zeta),
          .worker_variance = variance,
          .mean = local_mean_of_independent(L, variance, n),
          .sampling = own_references(L, component_L, q)};
}

/// Bounded differences between workers that are strongly convex.
template <Field S>
[[nodiscard]] LocalStepsize<S> local_svrg_contracting_stepsize(const S& L, const S& component_L, const S& n,
                                                               const S& tau) {
  return {{S(S(4) * L + ratio<S>(56, 3) * component_L / n)}, {S(S(225) * S(tau - S(1)) * L * component_L)}};
}

template <Field S>
[[nodiscard]] LocalStepsize<S> local_svrg_stepsize(const S& L, const S& component_L, const S& n, const S& tau) {
  return {{S(S(4) * L + ratio<S>(56, 3) * component_L / n), S(S(16) * S(tau - S(1)) * L)},
          {S(S(841) * S(tau - S(1)) * L * component_L)}};
}

}  // namespace touchstone::inline v0
