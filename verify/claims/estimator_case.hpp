#pragma once
/// \file
/// What one step does to the error of an estimator of chapter 5: all outcomes enumerated, against the closed form that RandK has and
/// the bound of the row (R).

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/theory/compressors/joint_constants.hpp"
#include "verify/claims/descent_methods.hpp"
#include "verify/claims/varied_step.hpp"

namespace touchstone::inline v0 {

/// Workers that are, in general, saddles, with constants that are exact.
struct EstimatorInstance {
  Quadratic<Rational> f;
  NonconvexFacts facts;                       ///< those about how gradients change
  std::vector<Rational> component_L_squared;  ///< component_L_i^2 of every worker
  std::string name;
};

template <class M>
struct EstimatorCase {
  using Method = M;
  Quadratic<Rational> f;
  NonconvexFacts facts;
  std::vector<Rational> component_L_squared;
  Method method;
  typename Method::State state;
  std::string where;           ///< which instance and state, in a few words
  Rational lambda_factor = 1;  ///< multiplies Lambda^2 in the row
};

/// The case with another step of the same form.
template <class Wrong, class Method>
[[nodiscard]] EstimatorCase<Wrong> with_step(const EstimatorCase<Method>& at) {
  return {at.f, at.facts, at.component_L_squared, Wrong{at.method}, at.state, at.where, at.lambda_factor};
}

/// What a step does to the gradients: D_i = grad f_i(x+) - grad f_i(x), D their mean.
struct GradientChanges {
  Vector<Rational> step;          ///< x+ - x
  Rational mean_square = 0;       ///< (1/n) sum_i |D_i|^2
  Rational square_of_mean = 0;    ///< |D|^2
  std::vector<Rational> spread;   ///< (1/m_i) sum_j |D_ij - D_i|^2
  std::vector<Rational> at_next;  ///< (1/m_i) sum_j |grad f_ij(x+) - grad f_i(x+)|^2
};
[[nodiscard]] GradientChanges gradient_changes(const Quadratic<Rational>& f, const Vector<Rational>& x,
                                               const Vector<Rational>& next_x);

namespace detail {

[[nodiscard]] inline Rational mean_of(const std::vector<Rational>& values) {
  Rational sum(0);
  for (const Rational& value : values) sum += value / Rational(static_cast<Index>(values.size()));
  return sum;
}

/// By how much the variance of a batch is smaller than with replacement.
[[nodiscard]] inline Rational batch_factor(const WithReplacement& /*batch*/, Index /*m*/) {
  return 1;
}
[[nodiscard]] inline Rational batch_factor(const WithoutReplacement& batch, Index m) {
  return m == 1 ? Rational(0) : without_replacement_factor<Rational>(m, batch.size);
}

[[nodiscard]] inline JointConstants<Rational> slot_constants(const WithReplacement& slots, const Rational& omega,
                                                             Index /*n*/) {
  return pp_marina_constants<Rational>(omega, slots.size);
}
[[nodiscard]] inline JointConstants<Rational> slot_constants(const WithoutReplacement& slots, const Rational& omega,
                                                             Index n) {
  return pp_marina_without_replacement_constants<Rational>(omega, n, slots.size);
}

}  // namespace detail

/// E of the squared error of the messages' mean where the coin says 0, and of the full gradients where it says 1.
struct StepErrors {
  Rational compressed, full = 0;
};

template <class Q>
[[nodiscard]] StepErrors step_errors(const Marina<Rational, Q>& method, const Quadratic<Rational>& f,
                                     const GradientChanges& changes) {
  const Index n = f.workers();
  JointConstants<Rational> c;
  if constexpr (requires { method.compressor.template joint_constants<Rational>(n, n); })
    c = method.compressor.template joint_constants<Rational>(n, f.dimension());
  else
    c = independent_joint_constants<Rational>(n, method.compressor.template omega<Rational>(f.dimension()));
  return {c.A * changes.mean_square - c.B * changes.square_of_mean};
}

template <class Q, class Batch, class Gradient>
[[nodiscard]] StepErrors step_errors(const VrMarina<Rational, Q, Batch, Gradient>& method,
                                     const Quadratic<Rational>& f, const GradientChanges& changes) {
  const Rational n(f.workers());
  const auto omega = method.compressor.template omega<Rational>(f.dimension());
  std::vector<Rational> variance = changes.spread;
  for (Index i = 0; i < f.workers(); ++i)
    variance[static_cast<std::size_t>(i)] *=
        detail::batch_factor(method.batch, f.components(i)) / Rational(method.batch.size);
  StepErrors errors{(omega * changes.mean_square + (1 + omega) * detail::mean_of(variance)) / n};
  if constexpr (!std::same_as<Gradient, FullGradient>)
    errors.full = detail::mean_of(changes.at_next) / (n * Rational(method.gradient.batch.size));
  return errors;
}

template <class Q, class Slots>
[[nodiscard]] StepErrors step_errors(const PpMarina<Rational, Q, Slots>& method, const Quadratic<Rational>& f,
                                     const GradientChanges& changes) {
  const auto omega = method.compressor.template omega<Rational>(f.dimension());
  const JointConstants<Rational> c = detail::slot_constants(method.slots, omega, f.workers());
  return {c.A * changes.mean_square - c.B * changes.square_of_mean};
}

/// The row (R), for all the methods of descent_methods.hpp and VR-MARINA without replacement.
template <class Method>
[[nodiscard]] DescentRow row_of(const Method& method, const NonconvexFacts& facts, const Quadratic<Rational>& f) {
  return descent_row(method, facts, f.workers(), f.dimension());
}
template <class Q>
[[nodiscard]] DescentRow row_of(const VrMarina<Rational, Q, WithoutReplacement>& method,
                                const NonconvexFacts& facts, const Quadratic<Rational>& f) {
  Rational factor(0);
  for (Index i = 0; i < f.workers(); ++i)
    factor = std::max(factor, detail::batch_factor(method.batch, f.components(i)));
  const auto omega = method.compressor.template omega<Rational>(f.dimension());
  return estimator_row(vr_marina_lambda_squared<Rational>(facts.L_squared, facts.component_L_squared, omega,
                                                          f.workers(), method.p, method.batch.size, factor),
                       method.p);
}

/// What a step does to the error g - grad f(x).
struct EstimatorSides {
  std::string where;
  Vector<Rational> mean_error, mean_error_left;  ///< E (g+ - grad f(x+)) and (1 - p)(g - grad f(x)), to be equal
  Rational next_G, closed_form, bound;  ///< E G+, to be equal to its closed form and at most the row's bound
};

using EstimatorStudy = std::function<std::vector<EstimatorSides>(Seeded&)>;

/// E (g+ - grad f(x+)) and E G+, over all outcomes of a step under a variation.
template <class Method>
void add_outcomes(EstimatorSides& sides, const EstimatorCase<Method>& at,
                  const StepVariation<EstimatorCase<Method>>& variation) {
  sides.mean_error = Vector<Rational>::Zero(at.f.dimension());
  sides.next_G = 0;
  for (const auto& [probability, next] : step_law(at, variation, at.state)) {
    const Vector<Rational> error = next.g - full_gradient<Rational>(at.f, next.x);
    sides.mean_error += probability * error;
    sides.next_G += probability * error.squaredNorm();
  }
}

template <class Method>
[[nodiscard]] EstimatorSides estimator_sides(EstimatorCase<Method> at,
                                             const StepVariation<EstimatorCase<Method>>& variation = {}) {
  EstimatorSides sides;
  sides.where = at.where;
  const Vector<Rational> error = at.state.g - full_gradient<Rational>(at.f, at.state.x);
  const Vector<Rational> next_x = at.state.x - at.method.gamma * at.state.g;
  const GradientChanges changes = gradient_changes(at.f, at.state.x, next_x);
  const StepErrors errors = step_errors(at.method, at.f, changes);
  const Rational p = at.method.p;
  sides.mean_error_left = (1 - p) * error;
  sides.closed_form = (1 - p) * (error.squaredNorm() + errors.compressed) + p * errors.full;
  const DescentRow row = row_of(at.method, at.facts, at.f);
  if (variation.change) variation.change(at);
  sides.bound = (1 - p) * error.squaredNorm() +
                p * at.lambda_factor * row.lambda_squared * changes.step.squaredNorm() + p * row.nu;
  add_outcomes(sides, at, variation);
  return sides;
}

}  // namespace touchstone::inline v0
