#pragma once
/// \file
/// Cases of the methods of chapter 3: states, stepsizes and runs, and what is done wrong in more than one method.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/methods/error_feedback/scheme.hpp"
#include "verify/claims/scheme_instances.hpp"

namespace touchstone::inline v0 {

/// Where V vanishes: x*, no errors, nothing delayed, h_i = grad f_i(x*), w_i = x*.
template <class Method>
[[nodiscard]] typename Method::State solution_of(const Method& method, const NamedQuadratic& on) {
  typename Method::State s = method.initial(on.f, on.x_star);
  if constexpr (LearnsShifts<typename Method::State>) s.h = worker_gradients(on.f, on.x_star);
  return s;
}

/// Parts of a state that are not at their fixed point.
struct Off {
  bool x = false, errors = false, shifts = false, references = false;
  bool far = false;  ///< x = x* + (10, ..., 10): noise does not count
};

template <class Method>
[[nodiscard]] typename Method::State state_off(const Method& method, const NamedQuadratic& on, Seeded& random,
                                               const Off& off) {
  using State = typename Method::State;
  State s = solution_of(method, on);
  const Index n = on.f.workers();
  const Index d = on.f.dimension();
  if (off.x) s.x = random_vector(random, d);
  if (off.far) s.x += Vector<Rational>::Constant(d, Rational(10));
  if constexpr (RemembersErrors<State>)
    if (off.errors) s.e = random_vectors(random, n, d);
  if constexpr (RemembersDelayed<State>)
    if (off.errors) s.delayed = random_vectors(random, static_cast<Index>(s.delayed.size()), d);
  if constexpr (LearnsShifts<State>)
    if (off.shifts) s.h = random_vectors(random, n, d);
  if constexpr (RemembersReferences<State>)
    if (off.references) s.w = random_vectors(random, n, d);
  return with_coordinates(method, on.f, s, coordinates<Rational>(s));
}

/// The method at `share` of the largest stepsize with theta >= 0.
template <class Method>
[[nodiscard]] SchemeCase<Method> scheme_case(const NamedQuadratic& on, Method method, SchemeTheorem theorem,
                                             const Rational& share, const typename Method::State& state,
                                             const std::string& where) {
  theorem.gamma = share * largest_stepsize(theorem, ratio<Rational>(1, 2));
  method.gamma = theorem.gamma;
  const typename Method::State solution = solution_of(method, on);
  return {on.f, on.x_star, std::move(method), state, solution, std::move(theorem), on.name + ", " + where};
}

/// Random states and the corners, at a third of the largest stepsize, at it and beyond: the one-step inequality holds for all.
template <class Method>
[[nodiscard]] SchemeCases<Method> states_of(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    using State = typename Method::State;
    constexpr bool errors = RemembersErrors<State> || RemembersDelayed<State>;
    std::vector<SchemeCase<Method>> all;
    for (const auto& [on, method, theorem] : methods(random)) {
      // With delta = 1 the theorem keeps no error.
      const bool kept = errors && !(theorem.kind == ErrorKind::compensated && theorem.delta == 1);
      std::vector<std::pair<Off, std::string>> corners{{{true, kept, true, true}, "random state"},
                                                       {{true, kept, true, true}, "another state"},
                                                       {{true, false, false, false}, "x off alone"},
                                                       {{.far = true}, "x far off alone"},
                                                       {{}, "solution"}};
      if (kept) corners.push_back({{false, true, false, false}, "e off alone"});
      if (LearnsShifts<State>) corners.push_back({{false, false, true, false}, "h off alone"});
      if (RemembersReferences<State>) corners.push_back({{false, false, false, true}, "w off alone"});
      for (const Rational& share : {Rational(1, 3), Rational(1), Rational(4)})
        for (const auto& [off, where] : corners)
          all.push_back(scheme_case(on, method, theorem, share, state_off(method, on, random, off),
                                    fmt::format("{} gamma, {}", share.str(), where)));
    }
    return all;
  };
}

/// At the largest stepsize and beyond; the state does not matter.
template <class Method>
[[nodiscard]] SchemeCases<Method> stepsizes_of(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (const auto& [on, method, theorem] : methods(random))
      for (const Rational& share : {Rational(1), Rational(4)})
        all.push_back(
            scheme_case(on, method, theorem, share, solution_of(method, on), fmt::format("{} gamma", share.str())));
    return all;
  };
}

/// Runs as the theorem has them, from no errors, at the largest stepsize; every instance from a random x and from x*.
template <class Method>
[[nodiscard]] SchemeCases<Method> runs_of(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (const auto& [on, method, theorem] : methods(random))
      for (const bool solved : {false, true}) {
        Vector<Rational> x = on.x_star;
        if (!solved) x = random_vector(random, on.f.dimension());
        all.push_back(
            scheme_case(on, method, theorem, Rational(1), method.initial(on.f, x), solved ? "run from x*" : "run"));
      }
    return all;
  };
}

/// The same cases with the step of a type that does one thing wrong. Wrong has the state of Method and is made from it.
template <class Wrong, class Method>
[[nodiscard]] Mutant<SchemeInstances> wrong_step(std::string name, const SchemeCases<Method>& cases,
                                                 std::function<Wrong(const Method&)> made) {
  const SchemeCases<Wrong> changed = [cases, made](Seeded& random) {
    std::vector<SchemeCase<Wrong>> all;
    for (SchemeCase<Method>& at : cases(random))
      all.push_back({at.f, at.x_star, made(at.method), at.state, at.solution, at.theorem, at.where});
    return all;
  };
  return {std::move(name), scheme_instances<Wrong>(changed)};
}

/// Runs whose theorem holds in total expectation, at its largest stepsize and beyond.
template <class Method>
[[nodiscard]] SchemeCases<Method> runs_in_expectation(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (auto [on, method, theorem] : methods(random)) {
      theorem.kind = ErrorKind::delayed_in_expectation;
      const Vector<Rational> x = random_vector(random, on.f.dimension());
      all.push_back(scheme_case(on, method, theorem, Rational(1), method.initial(on.f, x), "run"));
      all.push_back(scheme_case(on, method, theorem, Rational(4), method.initial(on.f, x), "4 gamma, run"));
      all.push_back(scheme_case(on, method, theorem, Rational(1), method.initial(on.f, on.x_star), "run from x*"));
    }
    return all;
  };
}

/// Runs whose average is looked at, from x* + (3, ..., 3). The stepsize is the form's own.
template <class Method>
[[nodiscard]] SchemeCases<Method> averaged_runs(MethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<SchemeCase<Method>> all;
    for (auto [on, method, theorem] : methods(random)) {
      if (theorem.kind == ErrorKind::delayed) theorem.kind = ErrorKind::delayed_in_expectation;
      const Vector<Rational> x = on.x_star + Vector<Rational>::Constant(on.f.dimension(), Rational(3));
      all.push_back(scheme_case(on, method, theorem, Rational(1), method.initial(on.f, x), "average"));
    }
    return all;
  };
}

/// Mutants of error compensation.
template <class Method>
[[nodiscard]] VariationList<Method> memory_mutants() {
  return {{"the error's sign",
           {.alter =
                [](const auto&, const auto&, auto& next) {
                  for (Vector<Rational>& e_i : next.e) e_i = -e_i;
                }}},
          {"the error is not kept", {.alter = [](const auto&, const auto& s, auto& next) { next.e = s.e; }}},
          {"messages summed, not averaged", {.alter = [](const auto&, const auto& s, auto& next) {
             next.x = s.x + (next.x - s.x) * Rational(static_cast<Index>(s.e.size()));
           }}}};
}

/// Mutants of delayed updates.
template <class Method>
[[nodiscard]] VariationList<Method> delay_mutants() {
  return {{"arrives an iteration too early",
           {.alter = [](const auto& at, const auto& s,
                        auto& next) { next.x = s.x - at.method.gamma * next.delayed.front(); }}},
          {"x moves as far the other way",
           {.alter = [](const auto&, const auto& s, auto& next) { next.x = 2 * s.x - next.x; }}}};
}

/// Mutants of the theorem in expectation.
template <class Method>
[[nodiscard]] VariationList<Method> longer_delay() {
  return {{"the delay is one more than claimed", {.change = [](auto& at) {
             ++at.method.feedback.tau;
             const auto x = at.state.x;
             at.state = at.method.initial(at.f, x);
             auto solution = at.method.initial(at.f, at.x_star);
             if constexpr (LearnsShifts<typename Method::State>) solution.h = at.solution.h;
             at.solution = solution;
           }}}};
}

/// Mutants of a method without feedback.
template <class Method>
[[nodiscard]] VariationList<Method> summed() {
  return {{"messages summed, not averaged", {.alter = [](const auto& at, const auto& s, auto& next) {
             next.x = s.x + Rational(at.f.workers()) * (next.x - s.x);
           }}}};
}

}  // namespace touchstone::inline v0
