#pragma once
/// \file
/// A method of chapter 4 on an instance, at a state, with the theorem that is claimed for it; and the same without its types, as
/// the checks of local_study.hpp take it.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/problems/rational_quadratic.hpp"
#include "verify/claim.hpp"
#include "verify/claims/local_theorem.hpp"
#include "verify/claims/studied_problem.hpp"
#include "verify/claims/varied_step.hpp"
#include "verify/engine/coordinates.hpp"
#include "verify/engine/local.hpp"
#include "verify/engine/second_moments.hpp"

namespace touchstone::inline v0 {

template <class Method>
struct LocalCase {
  typename StudiedProblem<Method>::type f;
  Vector<Rational> x_star;
  Method method;
  typename Method::State state;
  typename Method::State solution;  ///< x_i = w_i = x*, h_i = grad f_i(x*)
  LocalTheorem theorem;
  std::string where;  ///< "instance, state" in a few words
};

template <class Method>
using LocalVariation = StepVariation<LocalCase<Method>>;
template <class Method>
using LocalCases = std::function<std::vector<LocalCase<Method>>(Seeded&)>;

/// What the theory speaks of at a state.
struct LocalQuantities {
  Rational squared_distance;  ///< |x - x*|^2, x the average
  Rational gap;               ///< f(x) - f(x*)
  Rational V;                 ///< discrepancy
  Rational s1, s2;
};

/// What one step looks like from a state.
struct LocalSides {
  LocalQuantities now;
  Vector<Rational> mean_step;  ///< E (x - x+)/gamma
  Vector<Rational> gradient;   ///< (1/n) sum_i grad f_i(x_i)
  Rational mean_square;        ///< E|(x - x+)/gamma|^2
  EstimateMoments<Rational> workers;
  Rational next_s1, next_s2, next_T;
  std::size_t outcomes = 0;
};

/// A case without its types. z are the coordinates of a state relative to the solution, those of x_1, ..., x_n first.
struct LocalInstance {
  std::string where;
  LocalTheorem theorem;
  Vector<Rational> start;
  Index workers = 1;
  Matrix<Rational> hessian;  ///< of f, where it is a quadratic
  std::function<LocalQuantities(const Vector<Rational>& z)> quantities;
  std::function<LocalSides(const Vector<Rational>& z)> sides;
  std::vector<OutcomesOf> phases;  ///< of the schedule
};

using LocalInstances = std::function<std::vector<LocalInstance>(Seeded&)>;
using LocalMutants = std::vector<Mutant<LocalInstances>>;

template <class Method>
[[nodiscard]] LocalQuantities quantities_at(const LocalCase<Method>& at, const typename Method::State& s) {
  const Vector<Rational> x = average(s.x);
  return {(x - at.x_star).squaredNorm(), Rational(at.f.value(x) - at.f.value(at.x_star)), discrepancy(s.x),
          local_shift_variance(at.f, s, at.x_star), local_reference_variance(at.f, s, at.x_star)};
}

template <class Method>
[[nodiscard]] LocalSides local_sides_at(const LocalCase<Method>& at, const LocalVariation<Method>& variation,
                                        const typename Method::State& state) {
  const Vector<Rational> x = average(state.x);
  LocalSides sides{.now = quantities_at(at, state),
                   .mean_step = Vector<Rational>::Zero(at.f.dimension()),
                   .gradient = mean_local_gradient(at.f, state.x),
                   .mean_square = 0,
                   .workers = estimate_moments<Rational>(at.method, at.f, state),
                   .next_s1 = 0,
                   .next_s2 = 0,
                   .next_T = 0};
  for (const auto& [p, next] : step_law(at, variation, state)) {
    const Vector<Rational> g = (x - average(next.x)) / at.method.gamma;
    const LocalQuantities then = quantities_at(at, next);
    sides.mean_step += p * g;
    sides.mean_square += p * g.squaredNorm();
    sides.next_s1 += p * then.s1;
    sides.next_s2 += p * then.s2;
    sides.next_T += p * at.theorem.lyapunov(then.squared_distance, then.s1, then.s2);
    ++sides.outcomes;
  }
  return sides;
}

namespace detail {

/// The state at a phase of the schedule.
template <class Method>
[[nodiscard]] typename Method::State at_phase(typename Method::State s, Index phase) {
  if constexpr (requires { s.position; }) s.position = phase;
  return s;
}

template <class Method>
[[nodiscard]] Index phases_of(const Method& method) {
  if constexpr (requires { method.schedule.period(); })
    return method.schedule.period();
  else
    return 1;
}

template <class Method>
[[nodiscard]] LocalInstance local_instance(LocalCase<Method> as_stated, const LocalVariation<Method>& variation) {
  using State = typename Method::State;
  if (variation.change) variation.change(as_stated);
  const auto at = std::make_shared<const LocalCase<Method>>(std::move(as_stated));
  const Vector<Rational> center = coordinates<Rational>(at->solution);
  const auto state_at = [at, center](const Vector<Rational>& z, const State& like) -> State {
    return with_coordinates(at->method, at->f, like, Vector<Rational>(center + z));
  };
  LocalInstance one;
  one.where = at->where;
  one.theorem = at->theorem;
  one.start = coordinates<Rational>(at->state) - center;
  one.workers = at->f.workers();
  if constexpr (requires { at->f.form(); }) one.hessian = at->f.form().A;
  one.quantities = [at, state_at](const Vector<Rational>& z) { return quantities_at(*at, state_at(z, at->state)); };
  one.sides = [at, variation, state_at](const Vector<Rational>& z) {
    return local_sides_at(*at, variation, state_at(z, at->state));
  };
  for (Index phase = 0; phase < phases_of(at->method); ++phase)
    one.phases.push_back([at, variation, state_at, center, phase](const Vector<Rational>& z) {
      std::vector<std::pair<Rational, Vector<Rational>>> law;
      for (const auto& [p, next] : step_law(*at, variation, state_at(z, at_phase<Method>(at->state, phase))))
        law.emplace_back(p, Vector<Rational>(coordinates<Rational>(next) - center));
      return law;
    });
  return one;
}

}  // namespace detail

/// The cases without their types, under a variation.
template <class Method>
[[nodiscard]] LocalInstances local_instances(LocalCases<Method> cases, LocalVariation<Method> variation = {}) {
  return [=](Seeded& random) {
    std::vector<LocalInstance> all;
    for (LocalCase<Method>& at : cases(random)) all.push_back(detail::local_instance(std::move(at), variation));
    return all;
  };
}

/// The same for mutants.
template <class Method>
[[nodiscard]] LocalMutants local_mutants(const LocalCases<Method>& cases,
                                         const std::vector<Mutant<LocalVariation<Method>>>& mutants) {
  LocalMutants all;
  for (const Mutant<LocalVariation<Method>>& mutant : mutants)
    all.push_back({mutant.name, local_instances<Method>(cases, mutant.variation)});
  return all;
}

}  // namespace touchstone::inline v0
