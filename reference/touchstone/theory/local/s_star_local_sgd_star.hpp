#pragma once
/// \file
/// The row of S*-Local-SGD*, with component_L = max_ij L_ij.
///
///     A = 2L   F = 2 L^2      A~ = 2 component_L   F~ = 2 component_L L      A' = 2L + 2 component_L/n   F' = 2 L^2 + 2 component_L L/n
///
///     deterministic     gamma <= 1/(4L + 4 component_L/n), 1/(14 L (tau - 1)), 196 (tau - 1) L component_L gamma^2 <= 1
///
/// Source     slide 76 row 10; constants derived

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/estimators.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] LocalConstants<S> s_star_local_sgd_star_constants(const S& L, const S& component_L, const S& n) {
  const LocalMomentBound<S> variance = star_reference_local_variance(L, component_L);
  return {star_local_mean(L), variance, local_mean_of_independent(L, variance, n)};
}

template <Field S>
[[nodiscard]] LocalStepsize<S> s_star_local_sgd_star_stepsize(const S& L, const S& component_L, const S& n,
                                                              const S& tau) {
  return {{S(S(4) * L + S(4) * component_L / n), S(S(14) * S(tau - S(1)) * L)},
          {S(S(196) * S(tau - S(1)) * L * component_L)}};
}

}  // namespace touchstone::inline v0
