#pragma once
/// \file
/// The bounds of chapter 3 at a weighted average of the iterates, w_k = (1 - eta)^-(k+1), along runs as the theorems have them; mu = 0
/// is allowed, then w_k = 1.
///
///     one step  E f(xbar^K) - f(x*) <= (V^0/(gamma W) + noise/gamma)/theta, theta >= 1/2                  theorem.hpp, average
///     weighted  E f(xbar^K) - f(x*) <= 4 (T^0 + gamma F1 s1_0 + gamma F2 s2_0)/(gamma W) + 4 gamma (...)  averaged.hpp
///
/// Both go through (sum_k w_k E f(x^k))/W, which is checked too.

#include <string>
#include <utility>
#include <vector>

#include "verify/claims/row_instances.hpp"
#include "verify/claims/scheme_study.hpp"

namespace touchstone::inline v0 {

enum class AverageForm { one_step, weighted };

struct AveragedStart {
  std::string name;
  Vector<Rational> z;     ///< the coordinates, of which x - x* come first
  LyapunovParts initial;  ///< V^0
};

struct AveragedInstance {
  std::string where;
  SchemeTheorem theorem;
  AverageForm form = AverageForm::one_step;
  std::vector<AveragedStart> starts;
  OutcomesOf outcomes;
  Matrix<Rational> hessian;  ///< of f
  Rational claimed = 1;      ///< a mutant's: the bound is claimed times this
};
using AveragedInstances = std::function<std::vector<AveragedInstance>(Seeded&)>;

/// The largest stepsize of the form, up to a rounded square root.
[[nodiscard]] Rational averaged_stepsize_of(const SchemeTheorem& theorem, AverageForm form);

/// From where a case says, and from x*.
template <class Method>
[[nodiscard]] std::vector<AveragedStart> averaged_starts(const SchemeCase<Method>& at) {
  const Vector<Rational> center = coordinates<Rational>(at.solution);
  std::vector<AveragedStart> all;
  for (const auto& [name, s] : {std::pair{"run", at.state}, {"run from x*", at.method.initial(at.f, at.x_star)}})
    all.push_back({name,
                   coordinates<Rational>(s) - center,
                   {Vector<Rational>(s.x - at.x_star).squaredNorm(),
                    shift_variance(at.f, s, at.x_star),
                    reference_variance(at.f, s, at.x_star),
                    0,
                    {}}});
  return all;
}

template <class Method>
[[nodiscard]] AveragedInstances averaged_instances(SchemeCases<Method> cases, AverageForm form,
                                                   SchemeVariation<Method> variation = {}, Rational claimed = 1) {
  return [=](Seeded& random) {
    std::vector<AveragedInstance> all;
    for (SchemeCase<Method>& at : cases(random)) {
      at.theorem.gamma = at.method.gamma = averaged_stepsize_of(at.theorem, form);
      const std::vector<AveragedStart> starts = averaged_starts(at);
      const Matrix<Rational> hessian = at.f.form().A;
      SchemeInstance one = detail::scheme_instance(std::move(at), variation);
      all.push_back(
          {std::move(one.where), std::move(one.theorem), form, starts, std::move(one.outcomes), hessian, claimed});
    }
    return all;
  };
}

/// From exact second moments, where the step is affine: exact at first, then enclosed.
[[nodiscard]] Check averaged_moments_check(AveragedInstances instances,
                                           std::vector<Mutant<AveragedInstances>> mutants, Index steps);
/// Of a step that draws nothing, exactly.
[[nodiscard]] Check averaged_run_check(AveragedInstances instances, std::vector<Mutant<AveragedInstances>> mutants,
                                       Index steps);

/// Quadratics in the plane that do not see a direction, so mu = 0; the workers and their components disagree at x*.
[[nodiscard]] NamedQuadratic flat_quadratic(Index n, Index m);

/// A quadratic of this shape, and one with mu = 0.
[[nodiscard]] inline std::vector<NamedQuadratic> steep_and_flat(Seeded& random, const QuadraticShape& shape) {
  std::vector<NamedQuadratic> instances = random_instances(random, {shape});
  instances.front() = flat_quadratic(shape.n, shape.m);
  return instances;
}

using AveragedCheck = Check (*)(AveragedInstances, std::vector<Mutant<AveragedInstances>>, Index);

/// With two mutants: a bound that is claimed to be a hundredth, and `variation`.
template <class Method>
[[nodiscard]] std::vector<Check> averaged_checks(AveragedCheck check, const SchemeCases<Method>& cases,
                                                 const VariationList<Method>& mutants, Index steps) {
  std::vector<Check> all;
  for (const AverageForm form : {AverageForm::one_step, AverageForm::weighted}) {
    std::vector<Mutant<AveragedInstances>> wrong{
        {"a hundredth of the bound", averaged_instances<Method>(cases, form, {}, ratio<Rational>(1, 100))}};
    for (const Mutant<SchemeVariation<Method>>& mutant : mutants)
      wrong.push_back({mutant.name, averaged_instances<Method>(cases, form, mutant.variation)});
    all.push_back(check(averaged_instances<Method>(cases, form), std::move(wrong), steps));
  }
  return all;
}

}  // namespace touchstone::inline v0
