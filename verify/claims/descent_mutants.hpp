#pragma once
/// \file
/// Cases of a method of chapter 5 as the checks of descent_study.hpp take them, rightly or with a mistake. What is random about the
/// cases is the same for all mutants.

#include "verify/claims/descent_study.hpp"
#include "verify/claims/marina_wrong.hpp"

namespace touchstone::inline v0 {

template <class Method, class P>
using DescentCases = std::function<std::vector<DescentCase<Method, P>>(Seeded&)>;

template <class Method, class P>
[[nodiscard]] DescentInstances as_stated(const DescentCases<Method, P>& cases,
                                         const StepVariation<DescentCase<Method, P>>& variation = {}) {
  return [=](Seeded& random) {
    std::vector<DescentInstance> all;
    for (const DescentCase<Method, P>& at : cases(random)) all.push_back(descent_instance(at, variation));
    return all;
  };
}

/// The steps of another method of the same form.
template <class Wrong, class Method, class P>
[[nodiscard]] Mutant<DescentInstances> wrong_step(const std::string& name, const DescentCases<Method, P>& cases) {
  const DescentCases<Wrong, P> wrong = [cases](Seeded& random) {
    std::vector<DescentCase<Wrong, P>> all;
    for (const DescentCase<Method, P>& at : cases(random)) all.push_back(with_step<Wrong>(at));
    return all;
  };
  return {name, as_stated<Wrong, P>(wrong)};
}

template <class Method, class P>
[[nodiscard]] Mutant<DescentInstances> changed(const std::string& name, const DescentCases<Method, P>& cases,
                                               const std::function<void(DescentCase<Method, P>&)>& change) {
  return {name, as_stated<Method, P>(cases, {.change = change})};
}

/// g^0 = 0
template <class Method, class P>
[[nodiscard]] Mutant<DescentInstances> from_zero(const DescentCases<Method, P>& cases) {
  return changed<Method, P>("g^0 = 0", cases, [](DescentCase<Method, P>& at) {
    at.state = at.method.initial(at.f, at.state.x, Vector<Rational>(Vector<Rational>::Zero(at.f.dimension())));
  });
}

/// The theorem with a stepsize that is so many times as large.
template <class Method, class P>
[[nodiscard]] Mutant<DescentInstances> too_large(const DescentCases<Method, P>& cases, Index times = 9) {
  return changed<Method, P>(fmt::format("a stepsize {} times the theorem's", times), cases,
                            [times](DescentCase<Method, P>& at) {
                              at.method.gamma *= times;
                              at.theorem.gamma *= times;
                              at.theorem.conditions.clear();
                            });
}

}  // namespace touchstone::inline v0
