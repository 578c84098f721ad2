#pragma once
/// \file
/// A method on an instance, at a state, with the row that is claimed for it; and the same without its types, as the checks
/// of row_study.hpp take it.

#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "touchstone/problems/rational_quadratic.hpp"
#include "touchstone/problems/regularizer.hpp"
#include "verify/claim.hpp"
#include "verify/claims/studied_problem.hpp"
#include "verify/engine/assumption.hpp"
#include "verify/engine/coordinates.hpp"
#include "verify/engine/second_moments.hpp"
#include "verify/engine/studied_choices.hpp"

namespace touchstone::inline v0 {

template <class Method>
struct RowCase {
  typename StudiedProblem<Method>::type f;
  Vector<Rational> x_star;  ///< solution of the problem, the regularizer included
  Method method;
  typename Method::State state;
  typename Method::State solution;  ///< x = x* and sigma^2 = 0: where V vanishes
  ParametricConstants<Rational> row;
  Rational M;         ///< weight of sigma^2 in V
  std::string where;  ///< "instance, state" in a few words
};

/// What a mutant changes; as stated, nothing.
template <class Method>
struct RowVariation {
  using State = typename Method::State;
  std::function<void(RowCase<Method>&)> change{};  ///< of the row, the parameters or M
  std::function<void(const RowCase<Method>&, const State& before, State& after)> alter{};  ///< of the update
  bool shared_choices = false;  ///< all workers make worker 0's choices
  Rational mu_factor = 1;       ///< the rate is claimed for mu times this
};

template <class Method>
using RowCases = std::function<std::vector<RowCase<Method>>(Seeded&)>;

/// E|g - grad f(x*)|^2 and E sigma_{k+1}^2 as closed forms at a case.
template <class Method>
using ClosedForms = std::function<std::pair<Rational, Rational>(const RowCase<Method>&)>;

/// Lists of the choices of a step, in order, as StudiedChoices writes them; where later choices depend on earlier ones there are
/// several, in the order in which the enumeration meets them.
using DrawLists = std::vector<std::vector<std::string>>;
template <class Method>
using Draws = std::function<DrawLists(const RowCase<Method>&)>;

/// What the specification says of a case as stated, variations aside.
template <class Method>
struct Expected {
  ClosedForms<Method> closed_forms{};
  Draws<Method> draws{};
};

/// A case without its types. z are the coordinates of a state relative to the solution: there nothing cancels while V
/// shrinks, and enclosures stay relative to V.
struct RowInstance {
  std::string where;  ///< "instance, state"
  ParametricConstants<Rational> row;
  Rational M, gamma, mu;
  Vector<Rational> start;  ///< z of the case's state
  Index model_size = 0;    ///< the first coordinates of z are x - x*
  std::function<AssumptionSides<Rational>(const Vector<Rational>& z)> sides;
  OutcomesOf outcomes;
  QuadraticFunction distance_squared;  ///< |x - x*|^2
  QuadraticFunction sigma_squared;
  std::function<DrawLists(const Vector<Rational>& z)> questions;  ///< of every outcome
  std::function<std::pair<Rational, Rational>()> closed_forms;
  std::function<DrawLists()> draws;

  /// V = |x - x*|^2 + M gamma^2 sigma^2
  [[nodiscard]] Rational lyapunov(const Vector<Rational>& z) const {
    return Rational(distance_squared(z) + M * gamma * gamma * sigma_squared(z));
  }
};

using RowInstances = std::function<std::vector<RowInstance>(Seeded&)>;

/// sigma_k^2, zero for methods without one.
template <class Method>
[[nodiscard]] Rational sigma_squared_at(const RowCase<Method>& at, const typename Method::State& state) {
  if constexpr (requires { at.method.sigma_squared(at.f, state, at.x_star); })
    return at.method.sigma_squared(at.f, state, at.x_star);
  else
    return Rational(0);
}

template <class Method>
using StepLaw = std::vector<std::pair<Rational, typename Method::State>>;

/// Every outcome of a step of the case under a variation; what each asked, if that is wanted.
template <class Method>
[[nodiscard]] StepLaw<Method> step_law(const RowCase<Method>& at, const RowVariation<Method>& variation,
                                       const typename Method::State& before, DrawLists* questions = nullptr) {
  using State = typename Method::State;
  StepLaw<Method> law;
  std::vector<std::string> asked;
  for_each_outcome<Rational>(
      [&](Exhaustive<Rational>& source) {
        asked.clear();
        StudiedChoices choices(source, variation.shared_choices, questions == nullptr ? nullptr : &asked);
        State after = at.method.step(at.f, before, choices);
        if (variation.alter) variation.alter(at, before, after);
        return after;
      },
      [&](const Rational& probability, State&& after) {
        law.emplace_back(probability, std::move(after));
        if (questions != nullptr) questions->push_back(asked);
      });
  return law;
}

/// The assumption's sides at a state. Throws std::logic_error for a method with a regularizer: g is read off the step.
template <class Method>
[[nodiscard]] AssumptionSides<Rational> sides_at(const RowCase<Method>& at, const RowVariation<Method>& variation,
                                                 const typename Method::State& state) {
  if constexpr (requires { at.method.regularizer; })
    if constexpr (!std::is_same_v<std::decay_t<decltype(at.method.regularizer)>, NoRegularizer>)
      throw std::logic_error("the assumption is about g: take the method without its regularizer");
  return assumption_sides(step_law(at, variation, state), at.f, at.method.gamma, state, at.x_star, at.row,
                          [&](const typename Method::State& s) { return sigma_squared_at(at, s); });
}

template <class Method>
[[nodiscard]] AssumptionSides<Rational> sides_at(const RowCase<Method>& at, const RowVariation<Method>& variation) {
  return sides_at(at, variation, at.state);
}

namespace detail {

template <class Method>
[[nodiscard]] RowInstance row_instance(RowCase<Method> as_stated, const RowVariation<Method>& variation,
                                       const Expected<Method>& expected) {
  using State = typename Method::State;
  const auto stated = std::make_shared<const RowCase<Method>>(as_stated);
  if (variation.change) variation.change(as_stated);
  const auto at = std::make_shared<const RowCase<Method>>(std::move(as_stated));
  const Vector<Rational> center = coordinates<Rational>(at->solution);
  const auto state_at = [at, center](const Vector<Rational>& z) -> State {
    return with_coordinates(at->method, at->f, at->state, Vector<Rational>(center + z));
  };
  RowInstance one;
  one.where = at->where;
  one.row = at->row;
  one.M = at->M;
  one.gamma = at->method.gamma;
  one.mu = at->f.constants().mu * variation.mu_factor;
  one.start = coordinates<Rational>(at->state) - center;
  one.model_size = at->f.dimension();
  one.sides = [at, variation, state_at](const Vector<Rational>& z) {
    return sides_at(*at, variation, state_at(z));
  };
  one.outcomes = [at, variation, state_at, center](const Vector<Rational>& z) {
    std::vector<std::pair<Rational, Vector<Rational>>> law;
    for (const auto& [p, next] : step_law(*at, variation, state_at(z)))
      law.emplace_back(p, Vector<Rational>(coordinates<Rational>(next) - center));
    return law;
  };
  one.distance_squared = [at, state_at](const Vector<Rational>& z) {
    return Rational((state_at(z).x - at->x_star).squaredNorm());
  };
  one.sigma_squared = [at, state_at](const Vector<Rational>& z) { return sigma_squared_at(*at, state_at(z)); };
  one.questions = [at, state_at](const Vector<Rational>& z) {
    DrawLists asked;
    (void)step_law(*at, {}, state_at(z), &asked);
    return asked;
  };
  if (expected.closed_forms) one.closed_forms = [stated, f = expected.closed_forms] { return f(*stated); };
  if (expected.draws) one.draws = [stated, f = expected.draws] { return f(*stated); };
  return one;
}

}  // namespace detail

/// The cases without their types, under a variation.
template <class Method>
[[nodiscard]] RowInstances row_instances(RowCases<Method> cases, RowVariation<Method> variation = {},
                                         Expected<Method> expected = {}) {
  return [=](Seeded& random) {
    std::vector<RowInstance> all;
    for (RowCase<Method>& at : cases(random))
      all.push_back(detail::row_instance(std::move(at), variation, expected));
    return all;
  };
}

/// The same for mutants.
template <class Method>
[[nodiscard]] std::vector<Mutant<RowInstances>> row_mutants(
    const RowCases<Method>& cases, const std::vector<Mutant<RowVariation<Method>>>& mutants,
    const Expected<Method>& expected = {}) {
  std::vector<Mutant<RowInstances>> all;
  all.reserve(mutants.size());
  for (const Mutant<RowVariation<Method>>& mutant : mutants)
    all.push_back({mutant.name, row_instances<Method>(cases, mutant.variation, expected)});
  return all;
}

/// The cases with the step of another type, which has the method as its base: for mutants that a variation cannot express.
/// Altered is constructed from Method.
template <class Altered, class Method>
[[nodiscard]] Mutant<RowInstances> altered(std::string name, RowCases<Method> cases,
                                           Expected<Method> expected = {}) {
  Expected<Altered> of_altered;
  const auto original = [](const RowCase<Altered>& at) {
    return RowCase<Method>{at.f, at.x_star, at.method, at.state, at.solution, at.row, at.M, at.where};
  };
  if (expected.closed_forms)
    of_altered.closed_forms = [original, f = expected.closed_forms](const auto& at) { return f(original(at)); };
  if (expected.draws) of_altered.draws = [original, f = expected.draws](const auto& at) { return f(original(at)); };
  const RowCases<Altered> changed = [cases](Seeded& random) {
    std::vector<RowCase<Altered>> all;
    for (RowCase<Method>& at : cases(random))
      all.push_back({at.f, at.x_star, Altered{at.method}, at.state, at.solution, at.row, at.M, at.where});
    return all;
  };
  return {std::move(name), row_instances<Altered>(changed, {}, of_altered)};
}

/// An additional choice at the end of a step.
template <class Method>
struct DrawsOnceMore : Method {
  template <class P, class R>
  auto step(const P& f, typename Method::State s, R& random) const {
    auto next = Method::step(f, s, random);
    (void)random.choose(2);
    return next;
  }
};

}  // namespace touchstone::inline v0
