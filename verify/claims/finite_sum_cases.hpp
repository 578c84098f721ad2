#pragma once
/// \file
/// What the claims of the methods for a finite sum on one node share: problems with every regularizer, the moments of the
/// estimate grad f_j(x) - b_j + (1/m) sum_l b_l, and mutants.

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "verify/claims/golden_values.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_reductions.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

template <class Method>
using RegularizerOf = decltype(Method::regularizer);

/// A problem with a regularizer; on.x_star is the solution of both.
template <class Prox>
struct Composite {
  NamedQuadratic on;
  Prox regularizer;
};

/// regularized<Prox>(on) with its regularizer.
template <class Prox>
[[nodiscard]] Composite<Prox> composite(const NamedQuadratic& on) {
  return {regularized<Prox>(on), regularizer_of<Prox>()};
}

/// Twenty problems up to m = 3, d = 2; two where the step is not affine.
template <class Prox>
[[nodiscard]] std::vector<Composite<Prox>> composites(Seeded& random) {
  const bool affine = std::is_same_v<Prox, NoRegularizer> || std::is_same_v<Prox, SquaredNorm<Rational>>;
  const std::vector<QuadraticShape> shapes =
      affine ? std::vector<QuadraticShape>{{1, 1, 1}, {1, 1, 2}, {1, 1, 3}, {1, 1, 2}, {2, 1, 1},
                                           {1, 1, 1}, {1, 1, 2}, {1, 1, 3}, {2, 1, 2}, {2, 1, 1}}
             : std::vector<QuadraticShape>{{2, 1, 2}};
  std::vector<Composite<Prox>> all;
  for (const NamedQuadratic& on : random_instances(random, shapes)) all.push_back(composite<Prox>(on));
  return all;
}

/// d = 1, f_1 = x^2/2 and m - 1 functions that are zero: their mean is small beside f_1, and variance reduction has the most
/// to do.
[[nodiscard]] NamedQuadratic lone_component(Index m);

/// Small problems with and without R = |x|^2/2, m = 1 among them.
[[nodiscard]] std::vector<NamedQuadratic> finite_sums(Seeded& random);

/// With a_j = grad f_j(x) - grad f_j(x*), b_j = stored_j - grad f_j(x*), j uniform.
struct ComponentMoments {
  Rational U, W;           ///< the means of |a_j|^2 and |b_j|^2
  Rational second_moment;  ///< E|a_j - b_j + b|^2 = U + W - 2X - |b|^2 + 2<a, b>; a, b means, X that of <a_j, b_j>
};
[[nodiscard]] ComponentMoments component_moments(const Quadratic<Rational>& f, const Vector<Rational>& x,
                                                 const Vector<Rational>& x_star,
                                                 const std::vector<Vector<Rational>>& stored);

/// The cases with few components, for the kernel.
template <class Method>
[[nodiscard]] RowCases<Method> with_few_components(const RowCases<Method>& cases) {
  return [cases](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (RowCase<Method>& at : cases(random))
      if (at.f.components(0) <= 3) all.push_back(std::move(at));
    return all;
  };
}

/// "server: choose(m)", or nothing for m = 1.
[[nodiscard]] std::vector<std::string> component_draw(Index m);

/// The constants of a row made smaller, each alone: A, B to `part`, C to 99/100; rho to 101/100.
template <class Method>
[[nodiscard]] std::vector<Mutant<RowVariation<Method>>> smaller_row(const Rational& part) {
  const auto named = [](const char* constant, const Rational& factor) {
    return std::string(constant) + " = " + factor.str() + " of the row's";
  };
  const auto C_part = ratio<Rational>(99, 100);
  const auto rho_part = ratio<Rational>(101, 100);
  return {{named("A", part), {.change = [part](auto& at) { at.row.A *= part; }}},
          {named("B", part), {.change = [part](auto& at) { at.row.B *= part; }}},
          {named("C", C_part), {.change = [C_part](auto& at) { at.row.C *= C_part; }}},
          {named("rho", rho_part), {.change = [rho_part](auto& at) { at.row.rho *= rho_part; }}}};
}

}  // namespace touchstone::inline v0
