#include "touchstone/theory/marina/biased_estimator.hpp"
#include "verify/claims/estimator_models.hpp"

namespace touchstone::inline v0 {

namespace biased_descent {

namespace {

using Case = EstimatorCase<Marina<Rational, RandK>>;

/// Of MARINA's states after a step, with their probabilities: those that gradients are sent in full at come twice.
KernelCase kernel_case(const Case& at) {
  const Quadratic<Rational>& f = at.f;
  const Rational& gamma = at.method.gamma;
  const Rational& p = at.method.p;
  const Rational& L = f.constants().L;
  const DescentRow row = row_of(at.method, at.facts, f);
  const Vector<Rational> q = full_gradient<Rational>(f, at.state.x);
  const Vector<Rational> next_x = at.state.x - gamma * at.state.g;
  const Vector<Rational> next_q = full_gradient<Rational>(f, next_x);
  std::vector<Rational> weights;
  std::vector<Vector<Rational>> outcomes;
  Rational next_G(0);
  for (const auto& [probability, next] : step_law<Case>(at, {}, at.state)) {
    weights.push_back(probability);
    outcomes.push_back(next.g);
    next_G += probability * (next.g - next_q).squaredNorm();
  }
  const Rational G = (at.state.g - q).squaredNorm();
  const Rational weight = biased_estimator_weight(gamma, p);
  const Rational lowest = f.value(Vector<Rational>::Zero(f.dimension()));  // any number: it is on both sides
  proofs::kernel::Model model;
  model.variable("xi", weights);
  model.scalar("L", L);
  model.scalar("gamma", gamma);
  model.scalar("p", p);
  model.scalar("Lambda^2", row.lambda_squared);
  model.scalar("nu", row.nu);
  model.scalar("f(x)", f.value(at.state.x));
  model.scalar("f(x+)", f.value(next_x));
  model.scalar("inf f", lowest);
  model.vector("x", at.state.x);
  model.vector("q", q);
  model.vector("q+", next_q);
  model.vector("g", at.state.g);
  model.vector("g+", [outcomes](const proofs::kernel::Point& point) { return outcomes[point.at("xi")]; });
  const Rational left = f.value(next_x) - lowest + weight * next_G;
  const Rational right = f.value(at.state.x) - lowest + weight * G - gamma / 2 * q.squaredNorm();
  return {std::move(model), {{"descent", left, right}}, at.where};
}

}  // namespace

}  // namespace biased_descent

std::vector<KernelCase> biased_descent_cases(Seeded& random) {
  std::vector<KernelCase> all;
  for (const EstimatorInstance& on : whole_instances(random)) {
    Marina<Rational, RandK> method{{1}, 0, ratio<Rational>(1, 3)};
    const Rational lambda_squared = row_of(method, on.facts, on.f).lambda_squared;
    method.gamma = 1 / (on.f.constants().L + lambda_squared + 1);  // at most 1
    std::vector<biased_descent::Case> cases;
    add_estimator_states(cases, random, on, method, "p=1/3");
    for (const biased_descent::Case& at : cases) all.push_back(biased_descent::kernel_case(at));
  }
  return all;
}

}  // namespace touchstone::inline v0
