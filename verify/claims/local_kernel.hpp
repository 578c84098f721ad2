#pragma once
/// \file
/// The symbols of the kernel's rows of chapter 4 on the exact cases of local_case.hpp, the same for all methods: what a method
/// does not have is left out, and its row does not ask for it. Constants are those that the row is claimed with.

#include <type_traits>
#include <utility>
#include <vector>

#include "touchstone/methods/memory.hpp"
#include "verify/claims/kernel_check.hpp"
#include "verify/claims/local_study.hpp"
#include "verify/claims/model_parts.hpp"

namespace touchstone::inline v0 {

namespace models {

/// A case without its types.
struct LocalPoint {
  ModelPoint at;  ///< x is the average
  const LocalTheorem& theorem;
  const Vectors& iterates;                          ///< x_i
  std::vector<VectorLaw> estimates;                 ///< the laws of ghat_i
  std::vector<VectorLaw> at_star;                   ///< of the same draws' ghat_i at x*
  LocalMemories<Rational> memories;                 ///< h_i, w_i
  Index r = 0;                                      ///< fresh gradients of a shift; 0 if there are none
  std::vector<VectorLaw> fresh{}, fresh_at_star{};  ///< the law of one, for every worker
};

[[nodiscard]] proofs::kernel::Model local_model(const LocalPoint& of);

/// One step of the average.
struct LocalStep {
  Vector<Rational> now;       ///< x - x*
  Vector<Rational> gradient;  ///< (1/n) sum_i grad f_i(x_i)
  VectorLaw next;             ///< the law of x+ - x*
};
/// Its joint choices are xi, g = (x - x+)/gamma.
void add_step(proofs::kernel::Model& model, const LocalTheorem& theorem, const LocalStep& step);
[[nodiscard]] std::vector<KernelSides> step_sides(const LocalTheorem& theorem, const LocalQuantities& now,
                                                  const LocalStep& step);

/// The laws of what worker i obtains at x_i by draw(i, x_i, random).
template <class Draw>
[[nodiscard]] std::vector<VectorLaw> laws_at(const Vectors& x, const Draw& draw) {
  std::vector<VectorLaw> all;
  for (std::size_t i = 0; i < x.size(); ++i)
    all.push_back(
        law_of<Vector<Rational>>([&](auto& random) { return draw(static_cast<Index>(i), x[i], random); }));
  return all;
}

}  // namespace models

template <class Method>
[[nodiscard]] proofs::kernel::Model local_model_of(const LocalCase<Method>& on) {
  using Estimator = std::remove_cvref_t<decltype(on.method.estimator)>;
  const Vector<Rational> x = average(on.state.x);
  const models::Vectors together(on.state.x.size(), x);
  const models::Vectors solved(on.state.x.size(), on.x_star);
  const auto estimate = [&on](Index i, const Vector<Rational>& at, auto& random) -> Vector<Rational> {
    if constexpr (Remembers<Estimator>)
      return on.method.estimator.gradient(on.f, i, at, static_cast<const MemoryOf<Estimator>&>(on.state), random);
    else
      return on.method.estimator.gradient(on.f, i, at, random);
  };
  models::LocalPoint of{{on.f, x, on.x_star},
                        on.theorem,
                        on.state.x,
                        models::laws_at(on.state.x, estimate),
                        models::laws_at(solved, estimate),
                        local_memories<Rational>(on.state)};
  if constexpr (requires { on.method.shift.oracle; }) {
    const auto fresh = [&on](Index i, const Vector<Rational>& at, auto& random) -> Vector<Rational> {
      return on.method.shift.oracle.gradient(on.f, i, at, random);
    };
    of.r = on.method.shift.r;
    of.fresh = models::laws_at(together, fresh);
    of.fresh_at_star = models::laws_at(solved, fresh);
  }
  return models::local_model(of);
}

template <class Method>
[[nodiscard]] KernelCases kernel_cases(LocalCases<Method> cases) {
  return [cases](Seeded& random) {
    std::vector<KernelCase> all;
    for (const LocalCase<Method>& at : cases(random)) {
      all.push_back({local_model_of(at), {}, at.where});
      for (const auto& [name, left, right] : local_lines(at.theorem, local_sides_at(at, {}, at.state)))
        all.back().sides.push_back({name, left, right});
    }
    return all;
  };
}

/// Of the row of one step of the average, whatever the method.
template <class Method>
[[nodiscard]] KernelCases local_step_cases(LocalCases<Method> cases) {
  return [cases](Seeded& random) {
    std::vector<KernelCase> all;
    for (const LocalCase<Method>& at : cases(random)) {
      models::LocalStep step{average(at.state.x) - at.x_star, mean_local_gradient(at.f, at.state.x), {}};
      for (const auto& [probability, next] : step_law(at, LocalVariation<Method>{}, at.state)) {
        step.next.weights.push_back(probability);
        step.next.outcomes.push_back(average(next.x) - at.x_star);
      }
      all.push_back(
          {local_model_of(at), models::step_sides(at.theorem, quantities_at(at, at.state), step), at.where});
      models::add_step(all.back().model, at.theorem, step);
    }
    return all;
  };
}

}  // namespace touchstone::inline v0
