#pragma once
/// \file
/// The cases of methods that remember their model alone: sigma_k^2 = 0 and M = 0.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/methods/model_state.hpp"
#include "verify/claims/golden_values.hpp"
#include "verify/claims/row_instances.hpp"
#include "verify/claims/row_reductions.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

/// A method as set up for an instance, with its row there.
template <class Method>
struct Configured {
  Method method;
  ParametricConstants<Rational> row;
  std::string name = {};  ///< of the parameters
};

/// All set-ups that are tried on an instance.
template <class Method>
using Configurations = std::function<std::vector<Configured<Method>>(const NamedQuadratic&, Seeded&)>;

template <class Method>
[[nodiscard]] RowCase<Method> model_case(const NamedQuadratic& on, const Configured<Method>& as,
                                         const Vector<Rational>& x, const std::string& state) {
  const std::string parameters = as.name.empty() ? "" : " " + as.name;
  return {on.f,
          on.x_star,
          as.method,
          as.method.initial(on.f, x),
          as.method.initial(on.f, on.x_star),
          as.row,
          Rational(0),
          on.name + parameters + ", " + state};
}

/// Orthogonal components where the noise adds most; without and with R = |x|^2/2 random ones of `shapes` and a pair whose
/// gradients at the solution do not vanish.
[[nodiscard]] inline std::vector<NamedQuadratic> model_instances(Seeded& random,
                                                                 const std::vector<QuadraticShape>& shapes) {
  std::vector<NamedQuadratic> all = random_instances(random, shapes);
  all.push_back(scalar_pair({2, 1, 2}));
  return joined({noisy_orthogonal_components(7)}, with_and_without_regularizer(all));
}

/// Every set-up on every instance, at random states and the corners.
template <class Method>
[[nodiscard]] RowCases<Method> model_states(Configurations<Method> configurations,
                                            const std::vector<QuadraticShape>& shapes) {
  return [=](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& on : model_instances(random, shapes))
      for (const Configured<Method>& as : configurations(on, random)) {
        const Index d = on.f.dimension();
        all.push_back(
            model_case(on, as, Vector<Rational>(on.x_star + Vector<Rational>::Ones(d)), "x* + (1, ..., 1)"));
        all.push_back(model_case(on, as, on.x_star, "x = x*"));
        for (const Vector<Rational>& x : random_vectors(random, 2, d))
          all.push_back(model_case(on, as, x, "random state"));
      }
    return all;
  };
}

/// The same with one state each, for what is decided at all states.
template <class Method>
[[nodiscard]] RowCases<Method> model_anywhere(Configurations<Method> configurations,
                                              const std::vector<QuadraticShape>& shapes) {
  return [=](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& on : model_instances(random, shapes))
      for (const Configured<Method>& as : configurations(on, random))
        all.push_back(model_case(on, as, random_vector(random, on.f.dimension()), "anywhere"));
    return all;
  };
}

/// Every set-up of the method with its regularizer on random instances, from a random start.
template <class Method>
[[nodiscard]] RowCases<Method> model_runs(Configurations<Method> configurations,
                                          const std::vector<QuadraticShape>& shapes) {
  using Prox = decltype(Method::regularizer);
  return [=](Seeded& random) {
    std::vector<RowCase<Method>> all;
    for (const NamedQuadratic& plain : random_instances(random, shapes)) {
      const NamedQuadratic on = regularized<Prox>(plain);
      for (const Configured<Method>& as : configurations(on, random))
        all.push_back(model_case(on, as, random_vector(random, on.f.dimension()), "run"));
    }
    return all;
  };
}

/// Those with noise at the solution.
template <class Method>
[[nodiscard]] RowCases<Method> noisy(RowCases<Method> cases) {
  return [=](Seeded& random) {
    std::vector<RowCase<Method>> all = cases(random);
    std::erase_if(all, [](const RowCase<Method>& at) { return at.row.D1 == 0; });
    return all;
  };
}

/// The golden start; set_up(problem) gives the method and its row.
template <class SetUp>
[[nodiscard]] RowInstances golden_instance(const SetUp& set_up, bool regularized) {
  using Method = decltype(set_up(std::declval<const NamedQuadratic&>()).method);
  return row_instances<Method>([=](Seeded&) {
    const NamedQuadratic on = golden_problem({2, 1, 2}, regularized);
    return std::vector{model_case(on, set_up(on), golden_start(), "golden")};
  });
}

/// Both rows of the table: `plain` sets up the method without a regularizer, `composite` with |x|^2/2.
template <class Plain, class Composite>
[[nodiscard]] std::vector<GoldenCase> golden_rows(const std::string& row, const Plain& plain,
                                                  const Composite& composite) {
  return {{row, "0", golden_instance(plain, false), golden_instance(plain, false)},
          {row, "l2sq", golden_instance(plain, true), golden_instance(composite, true)}};
}

/// `Altered` has the method as its base.
template <class Altered, class Method>
[[nodiscard]] Configured<Altered> with_step_of(const Configured<Method>& as) {
  return {Altered{as.method}, as.row, as.name};
}

/// A variation that every row without sigma must refuse.
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> scaled_A(const std::string& name, const Rational& factor) {
  return {name, {.change = [factor](auto& at) { at.row.A *= factor; }}};
}
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> scaled_D1(const std::string& name, const Rational& factor) {
  return {name, {.change = [factor](auto& at) { at.row.D1 *= factor; }}};
}
/// The stepsize times `factor`.
template <class Method>
[[nodiscard]] Mutant<RowVariation<Method>> scaled_stepsize(const std::string& name, const Rational& factor) {
  return {name, {.change = [factor](auto& at) { at.method.gamma *= factor; }}};
}
/// The estimator times factor(case).
template <class Method, class Factor>
[[nodiscard]] Mutant<RowVariation<Method>> scaled_estimator(const std::string& name, const Factor& factor) {
  return {name, {.alter = [factor](const auto& at, const auto& s, auto& next) {
            next.x = s.x + Rational(factor(at)) * (next.x - s.x);
          }}};
}

}  // namespace touchstone::inline v0
