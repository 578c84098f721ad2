#pragma once
/// \file
/// SVRG and L-SVRG on instances, at states: their estimates are the same, L-SVRG tosses a coin about w.

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/methods/unified_sgd/l_svrg.hpp"
#include "touchstone/methods/unified_sgd/svrg.hpp"
#include "touchstone/theory/unified_sgd/l_svrg.hpp"
#include "touchstone/theory/unified_sgd/svrg.hpp"
#include "verify/claims/finite_sum_cases.hpp"

namespace touchstone::inline v0 {

template <class Method>
inline constexpr bool is_loopless = requires(const Method& svrg) {
  svrg.p;
};

/// p is L-SVRG's; with p = 0 it has SVRG's row.
template <class Method>
[[nodiscard]] Method svrg_on(const NamedQuadratic& on, const RegularizerOf<Method>& regularizer,
                             const Rational& p) {
  const Rational L = on.f.constants().largest_L_ij();
  Method svrg{};
  svrg.gamma = p == 0 ? svrg_stepsize(L) : l_svrg_stepsize(L);
  svrg.regularizer = regularizer;
  if constexpr (is_loopless<Method>) svrg.p = p;
  return svrg;
}

template <class Method>
[[nodiscard]] RowCase<Method> svrg_case(const NamedQuadratic& on, const Method& svrg, const Vector<Rational>& x,
                                        const Vector<Rational>& w, const std::string& state) {
  const Rational L = on.f.constants().largest_L_ij();
  ParametricConstants<Rational> row = svrg_constants(L);
  Rational M(0);
  std::string where = on.name;
  if constexpr (is_loopless<Method>)
    if (svrg.p != 0) {
      row = l_svrg_constants(L, svrg.p);
      M = l_svrg_lyapunov_weight(svrg.p);
      where += " p=" + svrg.p.str();
    }
  return {on.f, on.x_star,           svrg, svrg.initial(on.f, x, w), svrg.initial(on.f, on.x_star), row,
          M,    where + ", " + state};
}

/// 0 for SVRG, which has no coin.
template <class Method>
[[nodiscard]] std::vector<Rational> svrg_probabilities() {
  if constexpr (is_loopless<Method>)
    return {ratio<Rational>(1, 7), ratio<Rational>(1, 2), Rational(1)};
  else
    return {Rational(0)};
}

template <class Method>
[[nodiscard]] std::vector<RowCase<Method>> svrg_states(Seeded& random) {
  std::vector<RowCase<Method>> all;
  for (const NamedQuadratic& on : finite_sums(random))
    for (const Rational& p : svrg_probabilities<Method>()) {
      const Index d = on.f.dimension();
      const Method svrg = svrg_on<Method>(on, {}, p);
      const auto add = [&](const Vector<Rational>& x, const Vector<Rational>& w, const char* state) {
        all.push_back(svrg_case(on, svrg, x, w, state));
      };
      add(random_vector(random, d), random_vector(random, d), "random state");
      add(random_vector(random, d), random_vector(random, d), "random state");
      add(on.x_star, random_vector(random, d), "x = x*");
      add(random_vector(random, d), on.x_star, "w = x*");
      add(on.x_star, on.x_star, "solution");
    }
  // (K2) is attained up to 3/(4m).
  const NamedQuadratic on = lone_component(32);
  const Vector<Rational> one = Vector<Rational>::Ones(1);
  all.push_back(svrg_case(on, svrg_on<Method>(on, {}, svrg_probabilities<Method>().front()), one,
                          Vector<Rational>(-one), "w = -x"));
  return all;
}

/// As SAGA's, with b_j = grad f_j(w) - grad f_j(x*); E sigma+^2 = (1 - p) W + pU.
template <class Method>
[[nodiscard]] std::pair<Rational, Rational> svrg_moments(const RowCase<Method>& at) {
  const ComponentMoments moments =
      component_moments(at.f, at.state.x, at.x_star, component_gradients<Rational>(at.f, at.state.w));
  Rational p(0);
  if constexpr (is_loopless<Method>) p = at.method.p;
  return {moments.second_moment, Rational((1 - p) * moments.W + p * moments.U)};
}

template <class Method>
[[nodiscard]] DrawLists svrg_draws(const RowCase<Method>& at) {
  std::vector<std::string> list = component_draw(at.f.components(0));
  if constexpr (is_loopless<Method>)
    if (at.method.p != 1) list.push_back(fmt::format("server: bernoulli({})", at.method.p.str()));
  return {list};
}

/// w takes the new x where it changed, and for SVRG, where it must not change, always.
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> svrg_new_point() {
  return {"w takes the new x", {.alter = [](const auto& at, const auto& s, auto& next) {
            if (is_loopless<Method> && next.w == s.w) return;
            next.w = next.x;
            next.reference_gradient = at.f.gradient(0, next.w);
          }}};
}

/// grad f_j(x) - grad f_j(w) without grad f(w).
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> svrg_without_mean() {
  return {"grad f(w) missing", {.alter = [](const auto& at, const auto& s, auto& next) {
            next.x += at.method.gamma * s.reference_gradient;
          }}};
}

}  // namespace touchstone::inline v0
