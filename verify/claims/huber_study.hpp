#pragma once
/// \file
/// A method on Huber sums: its row at states on both pieces, and the theorem's bound along its first steps.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "verify/claims/huber_instances.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

/// A method with its row, as the theory sets it up for an instance. learnt(x) is the state at x where all that is remembered
/// is from x.
template <class Method>
struct HuberSetUp {
  using State = typename Method::State;

  Method method;
  std::function<State(const Vector<Rational>& x)> learnt;
  ParametricConstants<Rational> row;
  Rational M = 0;
};

template <class Method>
using HuberSetUpOf = HuberSetUp<Method> (*)(const NamedHuberSum&);

/// What is remembered from x.
template <class Method>
[[nodiscard]] Vector<Rational> memory_of(const HuberSetUp<Method>& as, const Vector<Rational>& x) {
  const Vector<Rational> all = coordinates<Rational>(as.learnt(x));
  return all.tail(all.size() - x.size());
}

template <class Method>
[[nodiscard]] RowCase<Method> huber_case(const NamedHuberSum& on, const HuberSetUp<Method>& as,
                                         const Vector<Rational>& x, const Vector<Rational>& memory,
                                         const std::string& state) {
  const typename Method::State solution = as.learnt(on.x_star);
  Vector<Rational> all(x.size() + memory.size());
  all << x, memory;
  return {on.f,     on.x_star, as.method, with_coordinates(as.method, on.f, solution, all),
          solution, as.row,    as.M,      on.name + ", " + state};
}

/// x* + (by, ..., by)
[[nodiscard]] inline Vector<Rational> away(const NamedHuberSum& on, const Rational& by) {
  return on.x_star + Vector<Rational>::Constant(on.f.dimension(), by);
}

/// Random ones, the corners, and two near x* where all terms may be on their parabolas: there the row is tightest.
template <class Method>
[[nodiscard]] RowCases<Method> huber_states(HuberSetUpOf<Method> set_up,
                                            const std::vector<QuadraticShape>& shapes) {
  return [=](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedHuberSum& on : huber_instances(random, shapes)) {
      const HuberSetUp<Method> as = set_up(on);
      const Vector<Rational> learnt = memory_of(as, on.x_star);
      const Index d = on.f.dimension();
      const auto add = [&](const Vector<Rational>& x, const Vector<Rational>& memory, const char* state) {
        all.push_back(huber_case(on, as, x, memory, state));
      };
      const std::vector<Vector<Rational>> memories = random_vectors(random, 4, learnt.size());
      add(random_vector(random, d), memories[0], "random state");
      add(random_vector(random, d), learnt, "memory from x*");
      add(kink_beside(on.f, random_vector(random, d)), memories[1], "at a kink");
      add(away(on, Rational(1000)), memories[2], "far away");
      add(on.x_star, memories[3], "x = x*");
      add(on.x_star, learnt, "solution");
      const Vector<Rational> near = away(on, ratio<Rational>(1, 8));
      add(near, learnt, "near x*");
      add(near, Vector<Rational>(2 * learnt - memory_of(as, near)), "near x*, memory opposite");
    }
    return all;
  };
}

/// Far away the terms are lines and f contracts with mu alone.
template <class Method>
[[nodiscard]] RowCases<Method> huber_runs(HuberSetUpOf<Method> set_up, const std::vector<QuadraticShape>& shapes) {
  return [=](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedHuberSum& on : huber_instances(random, shapes)) {
      const HuberSetUp<Method> as = set_up(on);
      const Vector<Rational> learnt = memory_of(as, on.x_star);
      const std::vector<Vector<Rational>> memories = random_vectors(random, 2, learnt.size());
      all.push_back(huber_case(on, as, random_vector(random, on.f.dimension()), memories[0], "random start"));
      all.push_back(huber_case(on, as, away(on, ratio<Rational>(1, 8)), learnt, "start near x*"));
      all.push_back(huber_case(on, as, away(on, Rational(1'000'000)), memories[1], "start far away"));
    }
    return all;
  };
}

/// The Huber terms count for nothing in L.
[[nodiscard]] inline Rational quadratic_share(const HuberSum<Rational>& f) {
  return f.quadratic().constants().largest_L_ij() / f.constants().largest_L_ij();
}

template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> wrong_rows() {
  return {{"L of the quadratic part",
           {.change =
                [](auto& at) {
                  at.row.A *= quadratic_share(at.f);
                  at.row.C *= quadratic_share(at.f);
                }}},
          {"half of the estimate", {.alter = [](const auto& /*at*/, const auto& s, auto& next) {
             next.x = s.x + (next.x - s.x) / Rational(2);
           }}}};
}

template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> wrong_rates() {
  return joined(faster<Method>(3), {{"stepsize for the quadratic part",
                                     {.change = [](auto& at) { at.method.gamma /= quadratic_share(at.f); }}}});
}

/// Of the claim.
struct HuberWords {
  std::string name;   ///< "saga"
  std::string title;  ///< "SAGA"
  std::string row;    ///< its constants
  std::string rate;   ///< the corollary
};

/// The row at huber_states, the bound for `steps` steps of huber_runs; `more` are mutants of the former.
template <class Method>
[[nodiscard]] Claim huber_claim(const HuberWords& words, HuberSetUpOf<Method> set_up,
                                const std::vector<QuadraticShape>& shapes, Index steps,
                                std::vector<Mutant<RowVariation<Method>>> more = {}) {
  const RowCases<Method> at_states = huber_states(set_up, shapes);
  return {"unified-sgd/beyond-quadratics/" + words.name,
          words.title + " has its row, and converges as the main theorem says, on functions that are not quadratic",
          fmt::format("{}; {} for k <= {}", words.row, words.rate, steps),
          {"f_ij = a convex quadratic + a sum of w h(<a, x> - c), h Huber's function (problems/huber_sum.hpp)"},
          "Table 2.1 and derived; constants as in the method's other claims",
          {assumption_check<Method>(at_states, joined(wrong_rows<Method>(), more)),
           tree_check<Method>(huber_runs(set_up, shapes), wrong_rates<Method>(), steps)}};
}

/// For methods with a memory.
template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> wrong_memories() {
  return {{"memory never written",
           {.alter =
                [](const auto& /*at*/, const auto& s, auto& next) {
                  Vector<Rational> x = std::move(next.x);
                  next = s;
                  next.x = std::move(x);
                }}},
          {"twice rho", {.change = [](auto& at) { at.row.rho *= 2; }}}};
}

/// Of several workers.
template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> wrong_networks() {
  return joined(wrong_memories<Method>(), {{"all workers share their coins", {.shared_choices = true}}});
}

}  // namespace touchstone::inline v0
