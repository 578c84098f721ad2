#pragma once
/// \file
/// The row of S*-Local-SGD: that of Local-SGD (local_sgd.hpp) with A = 2L, F = 2 L^2, D = 0.
///
///     uniform variance     deterministic     gamma <= 1/(4L), 1/(10 L (tau - 1))
///
/// Source     slide 76 row 7; constants derived

#include "touchstone/theory/local/communication.hpp"
#include "touchstone/theory/local/estimators.hpp"
#include "touchstone/theory/local/stepsize.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] LocalConstants<S> s_star_local_sgd_constants(const S& L, const S& n,
                                                           const LocalMomentBound<S>& variance) {
  return {star_local_mean(L), variance, local_mean_of_independent(L, variance, n)};
}

/// Uniform variance.
template <Field S>
[[nodiscard]] LocalStepsize<S> s_star_local_sgd_stepsize(const S& L, const S& tau) {
  return {{S(S(4) * L), S(S(10) * S(tau - S(1)) * L)}, {}};
}

}  // namespace touchstone::inline v0
