#pragma once
/// \file
/// A method of chapter 5 on a problem, with the theorem that is claimed for it; and the same without its types, as the checks of
/// descent_study.hpp take it.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "verify/claim.hpp"
#include "verify/claims/descent_theorem.hpp"
#include "verify/claims/nonconvex_instances.hpp"
#include "verify/claims/varied_step.hpp"
#include "verify/engine/coordinates.hpp"
#include "verify/engine/second_moments.hpp"

namespace touchstone::inline v0 {

template <class Method, class P>
struct DescentCase {
  P f;
  NonconvexFacts facts;
  Method method;
  typename Method::State state;
  DescentTheorem theorem;
  std::string where;  ///< the instance, in a few words
};

/// What the theory speaks of at a state.
struct DescentQuantities {
  Rational gap;                 ///< f(x) - f_low
  Rational gradient;            ///< |grad f(x)|^2
  Rational memory;              ///< what the theorem follows besides f
  std::vector<Rational> error;  ///< the entries of g - grad f(x), where the method keeps an estimator
};

using WeightedStarts = std::vector<std::pair<Rational, Vector<Rational>>>;

/// A case without its types; z are the coordinates of a state.
struct DescentInstance {
  std::string where;
  DescentTheorem theorem;
  WeightedStarts starts;  ///< with their probabilities
  OutcomesOf outcomes;
  std::function<DescentQuantities(const Vector<Rational>& z)> quantities;
};

using DescentInstances = std::function<std::vector<DescentInstance>(Seeded&)>;
using DescentMutants = std::vector<Mutant<DescentInstances>>;

template <class State>
concept KeepsEstimator = requires(const State& s) {
  s.g.squaredNorm();
};
template <class State>
concept KeepsShifts = requires(const State& s) {
  s.h.front().squaredNorm();
};

template <class P, class State>
[[nodiscard]] DescentQuantities descent_quantities(const P& f, const Rational& f_low, const State& s) {
  const Vector<Rational> gradient = full_gradient<Rational>(f, s.x);
  DescentQuantities at{.gap = f.value(s.x) - f_low, .gradient = gradient.squaredNorm(), .memory = 0, .error = {}};
  if constexpr (KeepsEstimator<State>) {
    const Vector<Rational> error = s.g - gradient;
    at.memory = error.squaredNorm();
    at.error.assign(error.begin(), error.end());
  } else if constexpr (KeepsShifts<State>) {
    for (Index i = 0; i < f.workers(); ++i)
      at.memory += (f.gradient(i, s.x) - s.h[static_cast<std::size_t>(i)]).squaredNorm() / Rational(f.workers());
  }
  return at;
}

/// The case as it stands, or under a variation.
template <class Method, class P>
[[nodiscard]] DescentInstance descent_instance(DescentCase<Method, P> as_stated,
                                               const StepVariation<DescentCase<Method, P>>& variation = {}) {
  if (variation.change) variation.change(as_stated);
  const auto at = std::make_shared<const DescentCase<Method, P>>(std::move(as_stated));
  const auto state_at = [at](const Vector<Rational>& z) {
    return with_coordinates(at->method, at->f, at->state, z);
  };
  DescentInstance one;
  one.where = at->where;
  one.theorem = at->theorem;
  one.starts = {{1, coordinates<Rational>(at->state)}};
  one.outcomes = [at, variation, state_at](const Vector<Rational>& z) {
    std::vector<std::pair<Rational, Vector<Rational>>> law;
    for (const auto& [p, next] : step_law(*at, variation, state_at(z)))
      law.emplace_back(p, coordinates<Rational>(next));
    return law;
  };
  one.quantities = [at, state_at](const Vector<Rational>& z) {
    return descent_quantities(at->f, at->facts.f_low, state_at(z));
  };
  return one;
}

/// From a start that is drawn by the method: g^0 of online VR-MARINA.
template <class Method, class P>
[[nodiscard]] DescentInstance from_drawn_start(const DescentCase<Method, P>& at, DescentInstance one) {
  one.starts.clear();
  for_each_outcome<Rational>([&](auto& random) { return at.method.drawn(at.f, at.state.x, random); },
                             [&](const Rational& probability, const auto& start) {
                               one.starts.emplace_back(probability, coordinates<Rational>(start));
                             });
  return one;
}

}  // namespace touchstone::inline v0
