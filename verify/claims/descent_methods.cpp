#include "verify/claims/descent_methods.hpp"

#include <algorithm>

#include "touchstone/numbers/root_bound.hpp"
#include "touchstone/theory/marina/diana_nonconvex.hpp"
#include "touchstone/theory/marina/joint.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "touchstone/theory/marina/pp_marina.hpp"
#include "touchstone/theory/marina/vr_marina_online.hpp"

namespace touchstone::inline v0 {

namespace {

/// Of an estimator that starts at g^0 = grad f(x^0), whose row has this Lambda^2.
DescentRow estimator_row(const Rational& lambda_squared, const Rational& p) {
  DescentRow row;
  row.lambda_squared = lambda_squared;
  row.p = p;
  row.first_memory = 0;
  row.weight = [p](const Rational& gamma) { return biased_estimator_weight<Rational>(gamma, p); };
  return row;
}

Rational omega_of(const RandK& compressor, Index d) {
  return compressor.omega<Rational>(d);
}

}  // namespace

DescentRow descent_row(const Gd<Rational>& /*method*/, const NonconvexFacts& /*facts*/, Index /*n*/, Index /*d*/) {
  return {};
}

DescentRow descent_row(const Marina<Rational, RandK>& method, const NonconvexFacts& facts, Index n, Index d) {
  const Rational omega = omega_of(method.compressor, d);
  return estimator_row(marina_lambda_squared<Rational>(facts.L_squared, omega, n, method.p), method.p);
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

DescentRow descent_row(const VrMarina<Rational, RandK>& method, const NonconvexFacts& facts, Index n, Index d) {
  const Rational omega = omega_of(method.compressor, d);
  return estimator_row(vr_marina_lambda_squared<Rational>(facts.L_squared, facts.component_L_squared, omega, n,
                                                          method.p, method.batch.size),
                       method.p);
}

DescentRow descent_row(const VrMarinaOnline<Rational, RandK>& method, const NonconvexFacts& facts, Index n,
                       Index d) {
  const Rational omega = omega_of(method.compressor, d);
  DescentRow row = estimator_row(vr_marina_lambda_squared<Rational>(facts.L_squared, facts.component_L_squared,
                                                                    omega, n, method.p, method.batch.size),
                                 method.p);
  row.nu = vr_marina_online_noise<Rational>(facts.sigma_squared, n, method.gradient.batch.size);
  row.first_memory = row.nu;
  return row;
}

DescentRow descent_row(const PpMarina<Rational, RandK>& method, const NonconvexFacts& facts, Index /*n*/, Index d) {
  const auto c = pp_marina_constants<Rational>(omega_of(method.compressor, d), method.slots.size);
  return estimator_row(pp_marina_lambda_squared<Rational>(c, facts.L_squared, method.p), method.p);
}

DescentRow descent_row(const PpMarina<Rational, RandK, WithoutReplacement>& method, const NonconvexFacts& facts,
                       Index n, Index d) {
  const auto c =
      pp_marina_without_replacement_constants<Rational>(omega_of(method.compressor, d), n, method.slots.size);
  return estimator_row(
      joint_marina_lambda_squared<Rational>(c, facts.plus_squared, facts.plus_minus_squared, method.p), method.p);
}

DescentRow descent_row(const Diana<Rational, RandK>& method, const NonconvexFacts& facts, Index n, Index d) {
  const Rational omega = omega_of(method.compressor, d);
  DescentRow row;
  row.lambda_squared = diana_nonconvex_theta_squared<Rational>(omega, n, method.alpha) * facts.L_squared;
  row.weight = [omega, n, alpha = method.alpha](const Rational& gamma) {
    return diana_nonconvex_weight<Rational>(gamma, omega, n, alpha);
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
    const Rational t = lambda_squared == 0 ? Rational(0) : square_root_upper_bound(lambda_squared, 12);
    gamma = biased_estimator_stepsize<Rational>(L, t);
  } else {
    Index k = 1024;
    while (biased_estimator_descent<Rational>(L, Rational(ratio<Rational>(k, 1024) / L), lambda_squared) <= 0) --k;
    gamma = ratio<Rational>(k, 1024) / L;
  }
  DescentTheorem theorem{
      .promise = promise, .gamma = gamma, .L = L, .nu = row.nu, .first_memory = row.first_memory};
  if (linear) {
    theorem.mu = facts.mu;
    if (row.p) {
      theorem.gamma = std::min(gamma, Rational(*row.p / (2 * facts.mu)));
      theorem.weight = biased_estimator_pl_weight<Rational>(theorem.gamma, *row.p);
      theorem.conditions.push_back(Rational(*row.p / (2 * facts.mu) - theorem.gamma));
    }
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
