#pragma once
/// \file
/// How many steps Moshpit SGD needs for E f(xbar) - f(x*) <= epsilon: the rows of the slide, with constants.
///
///     gamma = min{1/(4L), epsilon/(3Y), sqrt(2 epsilon/(9 L X))}
///     mu' > 0     K >= (1/(gamma mu')) ln(3 R_0^2/(gamma epsilon)),     1/(gamma mu') <= 4 (L/mu' + Y/(mu' epsilon) + r/mu')
///     mu' = 0     K >= 3 R_0^2/(gamma epsilon) - 1,     3 R_0^2/(gamma epsilon) <= 12 R_0^2 (L/epsilon + Y/epsilon^2 + r/epsilon)
///
/// with mu', X, Y, R_0 of moshpit_sgd.hpp and r >= 0, r^2 = L X/epsilon.
///
/// Source     chapter 6, Moshpit SGD; constants derived. With delta_pv1 <= 1/2, n_min of the order of n, delta_pv2^2 of that of
///            sigma^2/n, delta_aq^2 of that of (tau - 1) sigma^2 they are the rows of Local-SGD with equal functions

#include "touchstone/theory/local/stepsize.hpp"
#include "touchstone/theory/moshpit/moshpit_sgd.hpp"

namespace touchstone::inline v0 {

/// The next smaller integers are too small.
inline constexpr int moshpit_sgd_complexity_factor = 4;
inline constexpr int moshpit_sgd_convex_complexity_factor = 12;

template <Field S>
[[nodiscard]] LocalStepsize<S> moshpit_accuracy_stepsize(const S& L, const S& X, const S& Y, const S& epsilon) {
  return {{moshpit_stepsize(L), S(S(3) * Y / epsilon)}, {S(ratio<S>(9, 2) * L * X / epsilon)}};
}

/// L/mu' + Y/(mu' epsilon) + r/mu'
template <Field S>
[[nodiscard]] S moshpit_complexity(const S& L, const S& mu, const S& Y, const S& root, const S& epsilon) {
  return S(L / mu + Y / S(mu * epsilon) + root / mu);
}

/// R_0^2 (L/epsilon + Y/epsilon^2 + r/epsilon)
template <Field S>
[[nodiscard]] S moshpit_convex_complexity(const S& L, const S& squared_distance, const S& Y, const S& root,
                                          const S& epsilon) {
  return S(squared_distance * S(L / epsilon + Y / S(epsilon * epsilon) + root / epsilon));
}

}  // namespace touchstone::inline v0
