#pragma once
/// \file
/// Checks of estimators at states, with their mutants, and the instances that chapter 5's rows are looked at on.

#include "verify/claim.hpp"
#include "verify/claims/estimator_case.hpp"

namespace touchstone::inline v0 {

/// f_ij = (l_ij/2)|x|^2 - <b_ij, x>: gradients change by exactly L_i |x+ - x|, which attains the row.
[[nodiscard]] EstimatorInstance isotropic_instance(Index d, const std::vector<std::vector<Rational>>& curvatures);
/// Components of a worker have the eigenvectors in common and eigenvalues of either sign; a worker has as many as said.
[[nodiscard]] EstimatorInstance random_estimator_instance(Seeded& random, Index d,
                                                          const std::vector<Index>& components);
/// n workers with all that the first one has.
[[nodiscard]] EstimatorInstance equal_workers(const EstimatorInstance& on, Index n);

/// For MARINA and PP-MARINA, and for VR-MARINA: several components on a worker.
[[nodiscard]] std::vector<EstimatorInstance> whole_instances(Seeded& random);
[[nodiscard]] std::vector<EstimatorInstance> component_instances(Seeded& random);

template <class Method>
using EstimatorCases = std::function<std::vector<EstimatorCase<Method>>(Seeded&)>;

/// The method at random states, at g = grad f(x), and where x does not move.
template <class Method>
void add_estimator_states(std::vector<EstimatorCase<Method>>& all, Seeded& random, const EstimatorInstance& on,
                          const Method& method, const std::string& how) {
  const Index d = on.f.dimension();
  const auto add = [&](const Vector<Rational>& x, const Vector<Rational>& g, const std::string& what) {
    all.push_back({on.f, on.facts, on.component_L_squared, method, method.initial(on.f, x, g),
                   on.name + " " + how + ", " + what});
  };
  const Vector<Rational> x = random_vector(random, d);
  const Vector<Rational> g = random_vector(random, d);
  add(x, g, "random state");
  add(x, full_gradient<Rational>(on.f, x), "g = grad f(x)");
  add(x, Vector<Rational>::Zero(d), "g = 0");
  add(Vector<Rational>::Zero(d), Vector<Rational>::Constant(d, 100), "x = 0, g far off");
}

template <class Method>
[[nodiscard]] EstimatorStudy study_of(const EstimatorCases<Method>& cases,
                                      const StepVariation<EstimatorCase<Method>>& variation = {}) {
  return [=](Seeded& random) {
    std::vector<EstimatorSides> all;
    for (const EstimatorCase<Method>& at : cases(random)) all.push_back(estimator_sides(at, variation));
    return all;
  };
}

template <class Wrong, class Method>
[[nodiscard]] Mutant<EstimatorStudy> wrong_estimator(const std::string& name, const EstimatorCases<Method>& cases) {
  return {name, [=](Seeded& random) {
            std::vector<EstimatorSides> all;
            for (const EstimatorCase<Method>& at : cases(random))
              all.push_back(estimator_sides(with_step<Wrong>(at)));
            return all;
          }};
}

/// Of all methods: p for 1 - p, choices that workers share, a smaller row.
template <class Method>
[[nodiscard]] std::vector<Mutant<EstimatorStudy>> usual_mutants(const EstimatorCases<Method>& cases) {
  using Case = EstimatorCase<Method>;
  StepVariation<Case> coin, shared, smaller;
  coin.change = [](Case& at) { at.method.p = 1 - at.method.p; };
  shared.shared_choices = true;
  smaller.change = [](Case& at) { at.lambda_factor = ratio<Rational>(999, 1000); };
  return {{"p in place of 1 - p", study_of(cases, coin)},
          {"all workers share their choices", study_of(cases, shared)},
          {"0.999 Lambda^2 in the row", study_of(cases, smaller)}};
}

[[nodiscard]] Check estimator_check(const EstimatorStudy& as_stated, std::vector<Mutant<EstimatorStudy>> mutants);

}  // namespace touchstone::inline v0
