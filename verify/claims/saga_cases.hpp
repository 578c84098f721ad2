#pragma once
/// \file
/// SAGA and N-SAGA on instances, at states: one source for both, the noise is the oracle's.

#include <string>
#include <vector>

#include <fmt/format.h>

#include "touchstone/methods/unified_sgd/n_saga.hpp"
#include "touchstone/theory/unified_sgd/n_saga.hpp"
#include "verify/claims/finite_sum_cases.hpp"

namespace touchstone::inline v0 {

template <class Prox>
using PlainSaga = Saga<Rational, FullGradient, Prox>;
template <class Prox>
using NoisySaga = NSaga<Rational, Prox>;

template <class Method>
inline constexpr bool has_noisy_components = requires(const Method& saga) {
  saga.oracle.laws;
};

template <class Method>
[[nodiscard]] RowCase<Method> saga_case(const NamedQuadratic& on, const Method& saga, const Vector<Rational>& x,
                                        const std::vector<Vector<Rational>>& table, const std::string& state) {
  const Rational L = on.f.constants().largest_L_ij();
  const Rational m(on.f.components(0));
  ParametricConstants<Rational> row = saga_constants(L, m);
  if constexpr (has_noisy_components<Method>)
    row = n_saga_constants(L, m, Rational(saga.oracle.total_second_moment() / m));
  return {on.f,
          on.x_star,
          saga,
          saga.initial(on.f, x, table),
          saga.initial(on.f, on.x_star),
          row,
          saga_lyapunov_weight(m),
          on.name + ", " + state};
}

/// At the largest stepsize, with random noise where there is any.
template <class Method>
[[nodiscard]] Method saga_on(const NamedQuadratic& on, const RegularizerOf<Method>& regularizer, Seeded& random) {
  Method saga{};
  saga.gamma = saga_stepsize(on.f.constants().largest_L_ij());
  saga.regularizer = regularizer;
  if constexpr (has_noisy_components<Method>)
    for (Index j = 0; j < on.f.components(0); ++j)
      saga.oracle.laws.push_back(random_noise(random, on.f.dimension()));
  return saga;
}

/// b_j = a - a_j, of mean zero and opposite to a_j up to the mean a: there (K2) is tightest.
[[nodiscard]] inline std::vector<Vector<Rational>> opposite_table(const NamedQuadratic& on,
                                                                  const Vector<Rational>& x) {
  const Vector<Rational> a = full_gradient<Rational>(on.f, x) - full_gradient<Rational>(on.f, on.x_star);
  std::vector<Vector<Rational>> table;
  for (Index j = 0; j < on.f.components(0); ++j)
    table.emplace_back(2 * on.f.component_gradient(0, j, on.x_star) - on.f.component_gradient(0, j, x) + a);
  return table;
}

template <class Method>
[[nodiscard]] std::vector<RowCase<Method>> saga_states(Seeded& random) {
  std::vector<NamedQuadratic> instances = finite_sums(random);
  instances.push_back(lone_component(64));
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : instances) {
    const Index d = on.f.dimension();
    const Index m = on.f.components(0);
    const Method saga = saga_on<Method>(on, {}, random);
    const auto add = [&](const Vector<Rational>& x, const std::vector<Vector<Rational>>& table, const char* state) {
      all.push_back(saga_case(on, saga, x, table, state));
    };
    const Vector<Rational> x = Vector<Rational>::Ones(d) + random_vector(random, d) / Rational(8);
    add(x, opposite_table(on, x), "b_j = a - a_j");
    if (m > 3) continue;
    const std::vector<Vector<Rational>> star = component_gradients<Rational>(on.f, on.x_star);
    add(random_vector(random, d), random_vectors(random, m, d), "random state");
    add(random_vector(random, d), random_vectors(random, m, d), "random state");
    add(on.x_star, random_vectors(random, m, d), "x = x*");
    add(random_vector(random, d), star, "table at x*");
    add(on.x_star, star, "solution");
  }
  return all;
}

/// One state an instance, for what is checked at all states.
template <class Method>
[[nodiscard]] std::vector<RowCase<Method>> saga_instances(Seeded& random) {
  std::vector<NamedQuadratic> instances = finite_sums(random);
  instances.push_back(lone_component(12));
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : instances)
    all.push_back(saga_case(on, saga_on<Method>(on, {}, random), on.x_star,
                            component_gradients<Rational>(on.f, on.x_star), "all states"));
  return all;
}

template <class Method>
[[nodiscard]] std::vector<RowCase<Method>> saga_runs(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const auto& [on, regularizer] : composites<RegularizerOf<Method>>(random)) {
    const Index d = on.f.dimension();
    const Method saga = saga_on<Method>(on, regularizer, random);
    all.push_back(
        saga_case(on, saga, random_vector(random, d), random_vectors(random, on.f.components(0), d), "run"));
  }
  return all;
}

/// The noise adds its variance and variance/m.
template <class Method>
[[nodiscard]] std::pair<Rational, Rational> saga_moments(const RowCase<Method>& at) {
  const Rational m(at.f.components(0));
  const ComponentMoments moments = component_moments(at.f, at.state.x, at.x_star, at.state.table);
  Rational variance(0);
  if constexpr (has_noisy_components<Method>) variance = at.method.oracle.total_second_moment() / m;
  return {Rational(moments.second_moment + variance),
          Rational((1 - 1 / m) * moments.W + (moments.U + variance) / m)};
}

template <class Method>
[[nodiscard]] DrawLists saga_draws(const RowCase<Method>& at) {
  DrawLists all;
  for (Index j = 0; j < at.f.components(0); ++j) {
    std::vector<std::string> list = component_draw(at.f.components(0));
    if constexpr (has_noisy_components<Method>)
      list.push_back("server: " + pick_question(at.method.oracle.laws[static_cast<std::size_t>(j)].probabilities));
    if (std::find(all.begin(), all.end(), list) == all.end()) all.push_back(list);
  }
  return all;
}

template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> saga_table_never_written() {
  return {"table never written", {.alter = [](const auto&, const auto& s, auto& next) {
            next.table = s.table;
            next.table_mean = s.table_mean;
          }}};
}

/// Where there is noise, D2 can hide this from the row; the closed forms see it.
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> saga_new_point() {
  return {"table takes the gradient at the new x", {.alter = [](const auto& at, const auto& s, auto& next) {
            for (std::size_t j = 0; j < s.table.size(); ++j)
              if (next.table[j] != s.table[j])
                next.table[j] = at.f.component_gradient(0, static_cast<Index>(j), next.x);
          }}};
}

/// The change of the table's mean is (grad f_j(x) - T_j)/m.
template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> saga_wrong_updates() {
  return {saga_table_never_written<Method>(),
          {"mean taken after the overwrite",
           {.alter = [](const auto& at, const auto& s,
                        auto& next) { next.x -= at.method.gamma * (next.table_mean - s.table_mean); }}},
          {"SAG's estimate", {.alter = [](const auto& at, const auto& s, auto& next) {
             const Rational others(at.f.components(0) - 1);
             next.x += at.method.gamma * others * (next.table_mean - s.table_mean);
           }}}};
}

/// The golden start.
template <class Method>
[[nodiscard]] RowInstances saga_golden(bool regularized, const RowVariation<Method>& variation = {}) {
  return row_instances<Method>(
      [regularized](Seeded&) {
        const NamedQuadratic on = golden_problem({2, 1, 2}, regularized);
        Method saga{};
        saga.gamma = saga_stepsize(on.f.constants().largest_L_ij());
        if constexpr (has_noisy_components<Method>) saga.oracle = {golden_noise()};
        if constexpr (std::is_same_v<RegularizerOf<Method>, SquaredNorm<Rational>>)
          saga.regularizer = {Rational(1)};
        return std::vector{saga_case(on, saga, golden_start(), golden_shifts(), "golden")};
      },
      variation);
}

/// Both rows of `row`; Of<Prox> is the method.
template <template <class> class Of>
[[nodiscard]] std::vector<GoldenCase> saga_golden_cases(
    const std::string& row, const RowVariation<Of<NoRegularizer>>& variation = {},
    const RowVariation<Of<SquaredNorm<Rational>>>& with_regularizer = {}) {
  return {{row, "0", saga_golden<Of<NoRegularizer>>(false, variation),
           saga_golden<Of<NoRegularizer>>(false, variation)},
          {row, "l2sq", saga_golden<Of<NoRegularizer>>(true, variation),
           saga_golden<Of<SquaredNorm<Rational>>>(true, with_regularizer)}};
}

}  // namespace touchstone::inline v0
