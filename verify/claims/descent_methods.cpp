#include "verify/claims/descent_methods.hpp"

#include <algorithm>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/marina/diana_nonconvex.hpp"
#include "touchstone/theory/marina/joint.hpp"

namespace touchstone::inline v0 {

DescentRow estimator_row(const Rational& lambda_squared, const Rational& p) {
  DescentRow row;
  row.lambda_squared = lambda_squared;
  row.first_memory = 0;
  row.weight = [p](const Rational& gamma) { return biased_estimator_weight<Rational>(gamma, p); };
  row.pl_weight = [p](const Rational& gamma) { return biased_estimator_pl_weight<Rational>(gamma, p); };
  row.pl_limit = [p](const Rational& mu) { return Rational(p / (2 * mu)); };
  return row;
}

DescentRow descent_row(const Gd<Rational>& /*method*/, const NonconvexFacts& /*facts*/, Index /*n*/, Index /*d*/) {
  return {};
}

DescentRow descent_row(const Marina<Rational, PermK>& method, const NonconvexFacts& facts, Index n, Index d) {
  const auto c = method.compressor.joint_constants<Rational>(n, d);
  return estimator_row(
      joint_marina_lambda_squared<Rational>(c, facts.plus_squared, facts.plus_minus_squared, method.p), method.p);
}

DescentRow descent_row(const Marina<Rational, SharedRandK>& method, const NonconvexFacts& facts, Index n, Index d) {
  const auto omega = method.compressor.omega<Rational>(n, d);
  return estimator_row(shared_marina_lambda_squared<Rational>(facts.minus_squared, omega, method.p), method.p);
}

DescentRow descent_row(const Diana<Rational, RandK>& method, const NonconvexFacts& facts, Index n, Index d) {
  const auto omega = method.compressor.omega<Rational>(d);
  DescentRow row;
  row.lambda_squared = diana_nonconvex_theta_squared<Rational>(omega, n, method.alpha) * facts.L_squared;
  row.weight = [omega, n, alpha = method.alpha](const Rational& gamma) {
    return diana_nonconvex_weight<Rational>(gamma, omega, n, alpha);
  };
  row.pl_weight = [omega, n, alpha = method.alpha](const Rational& gamma) {
    return diana_nonconvex_pl_weight<Rational>(gamma, omega, n, alpha);
  };
  row.pl_limit = [alpha = method.alpha](const Rational& mu) {
    return diana_nonconvex_pl_stepsizes<Rational>(1, 0, alpha, mu)[1];
  };
  return row;
}

DescentTheorem descent_theorem(const DescentRow& row, const NonconvexFacts& facts, Promise promise,
                               DescentStepsize stepsize) {
  const bool linear = promise == Promise::last;
  const Rational lambda_squared = linear ? Rational(2 * row.lambda_squared) : row.lambda_squared;
  const Rational& L = facts.L;
  Rational gamma;
  if (stepsize == DescentStepsize::theorem) {
    const Rational t = lambda_squared == 0 ? Rational(0) : square_root_upper_bound(lambda_squared, 8);
    gamma = biased_estimator_stepsize<Rational>(L, t);
  } else {
    Index k = 128;
    while (biased_estimator_descent<Rational>(L, Rational(ratio<Rational>(k, 128) / L), lambda_squared) <= 0) --k;
    gamma = ratio<Rational>(k, 128) / L;
  }
  DescentTheorem theorem{
      .promise = promise, .gamma = gamma, .L = L, .nu = row.nu, .first_memory = row.first_memory};
  if (linear) {
    theorem.mu = facts.mu;
    if (const std::optional<Rational> limit = row.pl_limit(facts.mu)) {
      theorem.gamma = std::min(gamma, *limit);
      theorem.conditions.push_back(Rational(*limit - theorem.gamma));
    }
    theorem.weight = row.pl_weight(theorem.gamma);
  } else {
    theorem.weight = row.weight(gamma);
  }
  theorem.conditions.push_back(biased_estimator_descent<Rational>(L, theorem.gamma, lambda_squared));
  return theorem;
}

DescentTheorem qgd_theorem(const NonconvexFacts& facts, const Rational& omega, Index n, const Rational& divisor) {
  const GradientMoment<Rational> c = qgd_constants<Rational>(facts.L_max, omega, n, facts.difference);
  const Rational largest = qgd_stepsize<Rational>(c, facts.L);
  DescentTheorem theorem{.promise = Promise::best, .gamma = largest / divisor, .L = facts.L, .moment = c};
  theorem.conditions.push_back(Rational(largest - theorem.gamma));
  return theorem;
}

}  // namespace touchstone::inline v0
