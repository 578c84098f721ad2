#pragma once
/// \file
/// The theorem of delayed updates in total expectation (delay.hpp, D): it speaks of a run from an empty buffer, not of a state,
/// so it is checked along runs, from exact second moments.

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "verify/claims/scheme_study.hpp"
#include "verify/engine/quadratic_form.hpp"

namespace touchstone::inline v0 {

struct DelayInstance {
  std::string where;
  SchemeTheorem theorem;  ///< delayed_in_expectation
  Vector<Rational> start;
  OutcomesOf outcomes;
  /// At a state, in the order of DelayPart.
  QuadraticFunctions parts;
};

/// |xt - x*|^2, s1, s2, f(x) - f(x*), |grad f(x)|^2, E|g|^2, |x - xt|^2
enum DelayPart : std::size_t { distance, shift, reference, gap, gradient, second_moment, error, delay_parts };

using DelayInstances = std::function<std::vector<DelayInstance>(Seeded&)>;

template <class Method>
[[nodiscard]] DelayInstance delay_instance(SchemeCase<Method> as_stated, const SchemeVariation<Method>& variation) {
  SchemeInstance one = detail::scheme_instance(as_stated, variation);
  if (variation.change) variation.change(as_stated);
  const auto at = std::make_shared<const SchemeCase<Method>>(std::move(as_stated));
  const Vector<Rational> center = coordinates<Rational>(at->solution);
  const auto parts = [at, center, variation](const Vector<Rational>& z) {
    const auto s = with_coordinates(at->method, at->f, at->state, Vector<Rational>(center + z));
    const Rational& step = at->method.gamma;
    const Vector<Rational> xt = virtual_iterate(s, step);
    Rational mean_square(0);
    for (const auto& [p, next] : step_law(*at, variation, s))
      mean_square += p * Vector<Rational>((xt - virtual_iterate(next, step)) / step).squaredNorm();
    return std::vector<Rational>{(xt - at->x_star).squaredNorm(),
                                 shift_variance(at->f, s, at->x_star),
                                 reference_variance(at->f, s, at->x_star),
                                 Rational(at->f.value(s.x) - at->f.value(at->x_star)),
                                 full_gradient<Rational>(at->f, s.x).squaredNorm(),
                                 std::move(mean_square),
                                 (s.x - xt).squaredNorm()};
  };
  return {std::move(one.where), std::move(one.theorem), std::move(one.start), std::move(one.outcomes), parts};
}

template <class Method>
[[nodiscard]] DelayInstances delay_instances(SchemeCases<Method> cases, SchemeVariation<Method> variation = {}) {
  return [=](Seeded& random) {
    std::vector<DelayInstance> all;
    for (SchemeCase<Method>& at : cases(random)) all.push_back(delay_instance(std::move(at), variation));
    return all;
  };
}

/// For every k <= steps the one-step inequality of E V^k and, where theta >= 0, its closed form; exact at first, then enclosed. And
/// E|e^k|^2 <= gamma^2 sum_l R^l over the window, which is an equality for tau = 1, exactly.
[[nodiscard]] Check delay_check(DelayInstances instances, std::vector<Mutant<DelayInstances>> mutants, Index steps);

template <class Method>
[[nodiscard]] Check delay_check_of(const SchemeCases<Method>& cases, const VariationList<Method>& mutants,
                                   Index steps) {
  std::vector<Mutant<DelayInstances>> all;
  for (const Mutant<SchemeVariation<Method>>& mutant : mutants)
    all.push_back({mutant.name, delay_instances<Method>(cases, mutant.variation)});
  return delay_check(delay_instances<Method>(cases), std::move(all), steps);
}

}  // namespace touchstone::inline v0
