#pragma once
/// \file
/// Both sides of every line of the key parametric assumption at one state, by enumeration of one step.

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/randomness/exhaustive.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"
#include "verify/engine/inspection.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct AssumptionSides {
  Vector<S> mean_gradient, full_gradient;  ///< (K1) E g and grad f(x): to be equal
  S second_moment, second_moment_bound;    ///< (K2) E|g - grad f(x*)|^2 <= 2A D + B sigma^2 + D1
  S next_sigma_squared, next_sigma_bound;  ///< (K3) E sigma_{k+1}^2 <= (1 - rho) sigma^2 + 2C D + D2
  std::size_t outcomes = 0;
};

/// From the law of a step: every outcome (probability, next state). sigma_squared(state) belongs to the row; g is read off
/// the step as (x - x+)/gamma, so the step goes without a regularizer: one that there is shows in x* alone. D = f(x) - f(x*)
/// - <grad f(x*), x - x*>.
template <Field S, class State, class P, class SigmaSquared>
[[nodiscard]] AssumptionSides<S> assumption_sides(const std::vector<std::pair<S, State>>& law, const P& f,
                                                  const S& gamma, const State& state, const Vector<S>& x_star,
                                                  const ParametricConstants<S>& c, SigmaSquared&& sigma_squared) {
  const Vector<S> star_gradient = full_gradient<S>(f, x_star);
  AssumptionSides<S> sides;
  sides.full_gradient = full_gradient<S>(f, state.x);
  sides.mean_gradient = Vector<S>::Zero(f.dimension());
  sides.second_moment = S(0);
  sides.next_sigma_squared = S(0);
  sides.outcomes = law.size();
  for (const auto& [probability, next] : law) {
    const Vector<S> g = (state.x - next.x) / gamma;
    sides.mean_gradient += probability * g;
    sides.second_moment += probability * (g - star_gradient).squaredNorm();
    sides.next_sigma_squared += probability * sigma_squared(next);
  }
  const S bregman = S(f.value(state.x) - f.value(x_star) - S(star_gradient.dot(state.x - x_star)));
  const S sigma = sigma_squared(state);
  sides.second_moment_bound = S(S(2) * c.A * bregman + c.B * sigma + c.D1);
  sides.next_sigma_bound = S(S(S(1) - c.rho) * sigma + S(2) * c.C * bregman + c.D2);
  return sides;
}

/// Compares them.
template <class Where>
void inspect(Inspection& inspection, const AssumptionSides<Rational>& sides, Where&& where) {
  inspection.equal(sides.mean_gradient, sides.full_gradient, [&] { return where() + " (K1) E g == grad f(x)"; });
  inspection.less_equal(sides.second_moment, sides.second_moment_bound,
                        [&] { return where() + " (K2) E|g - grad f(x*)|^2"; });
  inspection.less_equal(sides.next_sigma_squared, sides.next_sigma_bound,
                        [&] { return where() + " (K3) E sigma+^2"; });
}

}  // namespace touchstone::inline v0
