#pragma once
/// \file
/// The methods of chapter 4 on instances: constants of an instance, schedules, states and runs.

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <fmt/format.h>

#include "touchstone/methods/gradient_oracle.hpp"
#include "touchstone/methods/local/scheme.hpp"
#include "verify/claims/local_study.hpp"
#include "verify/claims/row_instances.hpp"

namespace touchstone::inline v0 {

/// A schedule of either kind: one type, so that a method is compiled once.
class EitherSchedule {
 public:
  using Memory = ScheduleMemory;

  EitherSchedule(DeterministicSchedule schedule)  // NOLINT(google-explicit-constructor): it is one of the two
      : of_(std::move(schedule)) {}
  EitherSchedule(RandomSchedule<Rational> schedule)  // NOLINT(google-explicit-constructor)
      : of_(std::move(schedule)) {}

  [[nodiscard]] Index period() const {
    const auto* fixed = std::get_if<DeterministicSchedule>(&of_);
    return fixed == nullptr ? 1 : fixed->period();
  }
  [[nodiscard]] Memory memory() const { return {}; }
  template <class R>
  [[nodiscard]] bool synchronizes(Memory& memory, R& random) const {
    return std::visit([&](const auto& schedule) { return schedule.synchronizes(memory, random); }, of_);
  }

 private:
  std::variant<DeterministicSchedule, RandomSchedule<Rational>> of_;
};

/// A schedule and what the theorem has to know of it.
struct NamedSchedule {
  std::string name;
  EitherSchedule schedule;
  bool random;
  Index tau;
  Rational p;
};

[[nodiscard]] inline NamedSchedule scheduled(Indices gaps) {
  std::string name = "gaps";
  for (const Index gap : gaps) name += fmt::format(" {}", gap);
  const DeterministicSchedule schedule(std::move(gaps));
  const Index tau = schedule.tau();
  return {std::move(name), schedule, false, tau, 1};
}
[[nodiscard]] inline NamedSchedule every(Index tau) {
  NamedSchedule one = scheduled({tau});
  one.name = fmt::format("tau={}", tau);
  return one;
}
/// Of both kinds, with the schedules at their ends: synchronized always.
[[nodiscard]] std::vector<NamedSchedule> all_schedules();
[[nodiscard]] inline NamedSchedule with_probability(const Rational& p) {
  return {fmt::format("p={}", p.str()), RandomSchedule<Rational>{p}, true, 1, p};
}

/// A method on an instance with its constants.
template <class Method>
struct LocalMethodOn {
  NamedQuadratic on;
  Method method;
  LocalTheorem theorem;
};
template <class Method>
using LocalMethodsOn = std::function<std::vector<LocalMethodOn<Method>>(Seeded&)>;

/// How a method is set up on an instance with a schedule.
template <class Method>
using LocalSetUp =
    std::function<LocalMethodOn<Method>(const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& random)>;

/// The largest c/64 with every f_i - (c/64)|x|^2/2 convex: mu of the theorem, rounded down.
[[nodiscard]] Rational common_strong_convexity(const Quadratic<Rational>& f);

/// A theorem of this row on the instance with the schedule, any workers.
[[nodiscard]] LocalTheorem local_theorem(const NamedQuadratic& on, const NamedSchedule& schedule,
                                         LocalConstants<Rational> row);

/// Every worker has the components' Hessians of the first one, and gradients of its own at x*: then (1/n) sum_i |grad f_i(x) -
/// grad f(x)|^2 is the same everywhere.
[[nodiscard]] NamedQuadratic with_equal_hessians(Seeded& random, const QuadraticShape& shape);

/// A law of noise for every worker.
[[nodiscard]] AdditiveNoise<Rational> noise_on(const NamedQuadratic& on, Seeded& random);
/// (N) of full gradients with that noise.
[[nodiscard]] LocalMomentBound<Rational> noise_bound(const AdditiveNoise<Rational>& noise);
/// (N) of a component drawn uniformly.
[[nodiscard]] LocalMomentBound<Rational> sampled_bound(const NamedQuadratic& on);

/// The set-up with the discrepancy bounded another way, on workers with equal Hessians; contracting: also at random.
template <class Method>
[[nodiscard]] LocalSetUp<Method> in_mode(LocalSetUp<Method> set_up, LocalMode mode) {
  return [set_up, mode](const NamedQuadratic& on, const NamedSchedule& schedule, Seeded& random) {
    LocalMethodOn<Method> of = set_up(on, schedule, random);
    of.theorem.mode = mode == LocalMode::contracting && schedule.random ? LocalMode::contracting_random : mode;
    of.theorem.difference = gradient_noise(on);
    return of;
  };
}

using InstancesOf = std::function<std::vector<NamedQuadratic>(Seeded&)>;
/// Two shapes, each with Hessians that share eigenvectors and with such that do not.
[[nodiscard]] std::vector<NamedQuadratic> local_instances_of(Seeded& random);
/// These and two whose gradients are orthogonal, of components and of workers: then sampling loses most.
[[nodiscard]] InstancesOf with_orthogonal(const InstancesOf& instances);
/// Workers with equal Hessians.
[[nodiscard]] std::vector<NamedQuadratic> equal_hessian_instances(Seeded& random);

/// These instances with these schedules.
template <class Method>
[[nodiscard]] LocalMethodsOn<Method> with_schedules(LocalSetUp<Method> set_up, InstancesOf instances,
                                                    std::vector<NamedSchedule> schedules) {
  return [=](Seeded& random) {
    std::vector<LocalMethodOn<Method>> all;
    for (const NamedQuadratic& on : instances(random))
      for (const NamedSchedule& schedule : schedules) {
        all.push_back(set_up(on, schedule, random));
        all.back().on.name += " " + schedule.name;
      }
    return all;
  };
}

/// Where T and V vanish: x_i = w_i = x*, h_i = grad f_i(x*).
template <class Method>
[[nodiscard]] typename Method::State local_solution(const Method& method, const NamedQuadratic& on) {
  return method.initial(on.f, on.x_star);
}

/// The method at a stepsize.
template <class Method>
[[nodiscard]] LocalCase<Method> local_case(const LocalMethodOn<Method>& of, const Rational& gamma,
                                           const typename Method::State& state, const std::string& where) {
  LocalCase<Method> at{of.on.f,
                       of.on.x_star,
                       of.method,
                       state,
                       local_solution(of.method, of.on),
                       of.theorem,
                       of.on.name + ", " + where};
  at.theorem.gamma = at.method.gamma = gamma;
  return at;
}

/// A state with all its coordinates drawn.
template <class Method>
[[nodiscard]] typename Method::State random_local_state(const Method& method, const NamedQuadratic& on,
                                                        Seeded& random) {
  const typename Method::State like = local_solution(method, on);
  return with_coordinates(method, on.f, like, random_vector(random, coordinates<Rational>(like).size()));
}

/// Random states and corners, at the largest stepsize and at a third of it: x_i apart alone, x off alone, reference points and
/// shifts off alone, x far off, the solution.
template <class Method>
[[nodiscard]] LocalCases<Method> local_states(LocalMethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    using State = typename Method::State;
    std::vector<LocalCase<Method>> all;
    for (const LocalMethodOn<Method>& of : methods(random)) {
      const Index d = of.on.f.dimension();
      const State solution = local_solution(of.method, of.on);
      const State drawn = random_local_state(of.method, of.on, random);
      State far = solution;
      State together = solution;
      for (Vector<Rational>& x_i : far.x) x_i += Vector<Rational>::Constant(d, Rational(10));
      const Vector<Rational> step = random_vector(random, d);
      for (Vector<Rational>& x_i : together.x) x_i += step;
      State apart = solution;
      apart.x.front() += step;
      apart.x.back() -= step;
      State remembered = drawn;
      remembered.x = solution.x;
      const Rational gamma = largest_local_stepsize(of.theorem);
      for (const auto& [state, where] : {std::pair{drawn, "random state"},
                                         {random_local_state(of.method, of.on, random), "another state"},
                                         {apart, "x_i apart alone"},
                                         {together, "x off alone"},
                                         {far, "x far off alone"},
                                         {remembered, "memories off alone"},
                                         {solution, "solution"}}) {
        all.push_back(local_case<Method>(of, gamma, state, where));
        all.push_back(local_case<Method>(of, Rational(gamma / 3), state, fmt::format("gamma/3, {}", where)));
      }
    }
    return all;
  };
}

/// Once for every method, instance and schedule, at the largest stepsize; the state does not matter.
template <class Method>
[[nodiscard]] LocalCases<Method> local_stepsizes(LocalMethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<LocalCase<Method>> all;
    for (const LocalMethodOn<Method>& of : methods(random))
      all.push_back(local_case<Method>(of, largest_local_stepsize(of.theorem), local_solution(of.method, of.on),
                                       "largest gamma"));
    return all;
  };
}

/// Runs as the theorem has them, all workers at one point, reference points there: from a random x at the largest stepsize and at
/// a third of it, and from x*.
template <class Method>
[[nodiscard]] LocalCases<Method> local_runs(LocalMethodsOn<Method> methods) {
  return [methods](Seeded& random) {
    std::vector<LocalCase<Method>> all;
    for (const LocalMethodOn<Method>& of : methods(random)) {
      const Rational gamma = largest_local_stepsize(of.theorem);
      const Vector<Rational> x = random_vector(random, of.on.f.dimension());
      all.push_back(local_case<Method>(of, gamma, of.method.initial(of.on.f, x), "run"));
      all.push_back(local_case<Method>(of, Rational(gamma / 3), of.method.initial(of.on.f, x), "gamma/3, run"));
      all.push_back(local_case<Method>(of, gamma, local_solution(of.method, of.on), "run from x*"));
    }
    return all;
  };
}

}  // namespace touchstone::inline v0
