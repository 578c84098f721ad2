#pragma once
/// \file
/// A method of chapter 3 on an instance, at a state, with the row that is claimed for it; and the same without its types, as
/// the checks of scheme_study.hpp take it.

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "touchstone/problems/rational_quadratic.hpp"
#include "verify/claim.hpp"
#include "verify/claims/scheme_theorem.hpp"
#include "verify/claims/varied_step.hpp"
#include "verify/engine/coordinates.hpp"
#include "verify/engine/error_feedback.hpp"
#include "verify/engine/second_moments.hpp"

namespace touchstone::inline v0 {

template <class Method>
struct SchemeCase {
  Quadratic<Rational> f;
  Vector<Rational> x_star;
  Method method;
  typename Method::State state;
  typename Method::State solution;  ///< where V vanishes
  SchemeTheorem theorem;
  std::string where;  ///< "instance, state" in a few words
};

template <class Method>
using SchemeVariation = StepVariation<SchemeCase<Method>>;

template <class Method>
using SchemeCases = std::function<std::vector<SchemeCase<Method>>(Seeded&)>;

/// What one step looks like from a state.
struct SchemeSides {
  Vector<Rational> mean_step;  ///< E (xt - xt+)/gamma
  Vector<Rational> gradient;   ///< grad f(x)
  Rational mean_square;        ///< E|(xt - xt+)/gamma|^2
  Rational gap;                ///< f(x) - f(x*)
  Rational s1, s2, next_s1, next_s2;
  Rational errors, next_errors;  ///< (1/n) sum_i |e_i|^2
  Rational V, next_V;
  std::optional<EstimateMoments<Rational>> workers;  ///< of a method of the scheme
  std::size_t outcomes = 0;
};

/// A case without its types. z are the coordinates of a state relative to the solution.
struct SchemeInstance {
  std::string where;
  SchemeTheorem theorem;
  Vector<Rational> start;
  Index workers = 1;
  std::function<SchemeSides(const Vector<Rational>& z)> sides;
  OutcomesOf outcomes;
  QuadraticFunction lyapunov;
};

using SchemeInstances = std::function<std::vector<SchemeInstance>(Seeded&)>;

template <class State>
[[nodiscard]] Rational mean_squared_error(const State& s) {
  if constexpr (RemembersErrors<State>)
    return mean_square(s.e);
  else
    return Rational(0);
}

/// V = |xt - x*|^2 + M1 gamma^2 s1 + M2 gamma^2 s2 + Q at a state.
template <class Method>
[[nodiscard]] Rational lyapunov_at(const SchemeCase<Method>& at, const typename Method::State& s) {
  const SchemeTheorem& theorem = at.theorem;
  std::vector<Rational> delayed;
  if constexpr (RemembersDelayed<typename Method::State>)
    for (const Vector<Rational>& g : s.delayed) delayed.push_back(g.squaredNorm());
  return theorem.lyapunov({(virtual_iterate(s, at.method.gamma) - at.x_star).squaredNorm(),
                           shift_variance(at.f, s, at.x_star), reference_variance(at.f, s, at.x_star),
                           mean_squared_error(s), std::move(delayed)});
}

template <class Method>
[[nodiscard]] SchemeSides sides_at(const SchemeCase<Method>& at, const SchemeVariation<Method>& variation,
                                   const typename Method::State& state) {
  const Vector<Rational> xt = virtual_iterate(state, at.method.gamma);
  SchemeSides sides{.mean_step = Vector<Rational>::Zero(at.f.dimension()),
                    .gradient = full_gradient<Rational>(at.f, state.x),
                    .mean_square = 0,
                    .gap = at.f.value(state.x) - at.f.value(at.x_star),
                    .s1 = shift_variance(at.f, state, at.x_star),
                    .s2 = reference_variance(at.f, state, at.x_star),
                    .next_s1 = 0,
                    .next_s2 = 0,
                    .errors = mean_squared_error(state),
                    .next_errors = 0,
                    .V = lyapunov_at(at, state),
                    .next_V = 0,
                    .workers = {}};
  for (const auto& [p, next] : step_law(at, variation, state)) {
    const Vector<Rational> g = (xt - virtual_iterate(next, at.method.gamma)) / at.method.gamma;
    sides.mean_step += p * g;
    sides.mean_square += p * g.squaredNorm();
    sides.next_s1 += p * shift_variance(at.f, next, at.x_star);
    sides.next_s2 += p * reference_variance(at.f, next, at.x_star);
    sides.next_errors += p * mean_squared_error(next);
    sides.next_V += p * lyapunov_at(at, next);
    ++sides.outcomes;
  }
  if constexpr (requires { at.method.mean_shift(state); })
    sides.workers = estimate_moments<Rational>(at.method, at.f, state);
  return sides;
}

namespace detail {

template <class Method>
[[nodiscard]] SchemeInstance scheme_instance(SchemeCase<Method> as_stated,
                                             const SchemeVariation<Method>& variation) {
  using State = typename Method::State;
  if (variation.change) variation.change(as_stated);
  const auto at = std::make_shared<const SchemeCase<Method>>(std::move(as_stated));
  const Vector<Rational> center = coordinates<Rational>(at->solution);
  const auto state_at = [at, center](const Vector<Rational>& z) -> State {
    return with_coordinates(at->method, at->f, at->state, Vector<Rational>(center + z));
  };
  SchemeInstance one;
  one.where = at->where;
  one.theorem = at->theorem;
  one.start = coordinates<Rational>(at->state) - center;
  one.workers = at->f.workers();
  one.sides = [at, variation, state_at](const Vector<Rational>& z) {
    return sides_at(*at, variation, state_at(z));
  };
  one.outcomes = [at, variation, state_at, center](const Vector<Rational>& z) {
    std::vector<std::pair<Rational, Vector<Rational>>> law;
    for (const auto& [p, next] : step_law(*at, variation, state_at(z)))
      law.emplace_back(p, Vector<Rational>(coordinates<Rational>(next) - center));
    return law;
  };
  one.lyapunov = [at, state_at](const Vector<Rational>& z) { return lyapunov_at(*at, state_at(z)); };
  return one;
}

}  // namespace detail

/// The cases without their types, under a variation.
template <class Method>
[[nodiscard]] SchemeInstances scheme_instances(SchemeCases<Method> cases, SchemeVariation<Method> variation = {}) {
  return [=](Seeded& random) {
    std::vector<SchemeInstance> all;
    for (SchemeCase<Method>& at : cases(random)) all.push_back(detail::scheme_instance(std::move(at), variation));
    return all;
  };
}

/// The same for mutants.
template <class Method>
[[nodiscard]] std::vector<Mutant<SchemeInstances>> scheme_mutants(
    const SchemeCases<Method>& cases, const std::vector<Mutant<SchemeVariation<Method>>>& mutants) {
  std::vector<Mutant<SchemeInstances>> all;
  for (const Mutant<SchemeVariation<Method>>& mutant : mutants)
    all.push_back({mutant.name, scheme_instances<Method>(cases, mutant.variation)});
  return all;
}

}  // namespace touchstone::inline v0
