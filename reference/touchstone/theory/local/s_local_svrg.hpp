#pragma once
/// \file
/// The row of S-Local-SVRG, with component_L = max_ij L_ij, and two that are sharper or cheaper.
///
///     A = 4L   F = 4 L^2     A~ = 4 component_L   B2~ = 2   F~ = 4 component_L L
///     A' = 2L + 4 component_L/n   B2' = 2/n   F' = 2 L^2 + 4 component_L L/n
///
///     one sequence       B2 = 2    rho2 = q   C2 = q component_L
///     two sequences      B1 = 2    rho1 = q   C1 = q L            rho2 = q   C2 = q component_L
///     own references     B2 = 2    rho2 = q   C2 = 2 q component_L   G2 = 2 q component_L L
///
///     one sequence       random     gamma <= 1/(4L + 40 component_L/(3n)), p/(32 L), 1936 (1 - p) L component_L gamma^2 <= p^2
///     two sequences      random     gamma <= 1/(4L + 40 component_L/(3n)), p/(42 L), 900 (1 - p) L component_L gamma^2 <= p
///
/// Of the coins of schedule and reference point only the probabilities enter: they may depend on each other, not on the past.
///
/// Source     slide 76 row 11 (where q = 1/m); constants derived. The last two are ours: with s1 and s2 apart the third term of the
///            complexity is sqrt((1 - p) L component_L/p)/mu where the slide has sqrt((1 - p) L component_L)/(p mu)

#include <utility>

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/estimators.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] LocalConstants<S> s_local_svrg_constants(const S& L, const S& component_L, const S& n, const S& q) {
  const LocalMomentBound<S> variance = reference_local_variance(L, component_L);
  LocalMomentBound<S> worker_mean = shifted_local_mean(L);
  std::swap(worker_mean.B1, worker_mean.B2);  // (1/n) sum_i |grad f_i(w) - grad f_i(x*)|^2 <= s2
  return {.worker_mean = worker_mean,
          .worker_variance = variance,
          .mean = local_mean_of_independent(L, variance, n),
          .sampling = common_reference(component_L, q)};
}

/// With a sequence for the shifts and one for the samples.
template <Field S>
[[nodiscard]] LocalConstants<S> s_local_svrg_sharp_constants(const S& L, const S& component_L, const S& n,
                                                             const S& q) {
  const LocalMomentBound<S> variance = reference_local_variance(L, component_L);
  return {.worker_mean = shifted_local_mean(L),
          .worker_variance = variance,
          .mean = local_mean_of_independent(L, variance, n),
          .shift = common_reference(L, q),
          .sampling = common_reference(component_L, q)};
}

/// With a reference point on every worker.
template <Field S>
[[nodiscard]] LocalConstants<S> s_local_svrg_own_references_constants(const S& L, const S& component_L, const S& n,
                                                                      const S& q) {
  LocalConstants<S> constants = s_local_svrg_constants(L, component_L, n, q);
  constants.sampling = own_references(L, component_L, q);
  return constants;
}

template <Field S>
[[nodiscard]] LocalStepsize<S> s_local_svrg_stepsize(const S& L, const S& component_L, const S& n, const S& p) {
  return {{S(S(4) * L + ratio<S>(40, 3) * component_L / n), S(S(32) * L / p)},
          {S(S(1936) * S(S(1) - p) * L * component_L / S(p * p))}};
}

template <Field S>
[[nodiscard]] LocalStepsize<S> s_local_svrg_sharp_stepsize(const S& L, const S& component_L, const S& n,
                                                           const S& p) {
  return {{S(S(4) * L + ratio<S>(40, 3) * component_L / n), S(S(42) * L / p)},
          {S(S(900) * S(S(1) - p) * L * component_L / p)}};
}

}  // namespace touchstone::inline v0
