#pragma once
/// \file
/// Which theorem holds for a method of chapter 5 on an instance, and its stepsizes.

#include <functional>
#include <optional>
#include <string>

#include "touchstone/compressors/perm_k.hpp"
#include "touchstone/compressors/rand_k.hpp"
#include "touchstone/compressors/shared_rand_k.hpp"
#include "touchstone/methods/error_feedback/dqgd.hpp"
#include "touchstone/methods/marina/marina.hpp"
#include "touchstone/methods/marina/pp_marina.hpp"
#include "touchstone/methods/marina/vr_marina_online.hpp"
#include "touchstone/methods/unified_sgd/diana.hpp"
#include "touchstone/methods/unified_sgd/gd.hpp"
#include "touchstone/theory/marina/marina.hpp"
#include "touchstone/theory/marina/pp_marina.hpp"
#include "touchstone/theory/marina/vr_marina_online.hpp"
#include "verify/claims/descent_case.hpp"

namespace touchstone::inline v0 {

/// What the theorem of biased estimators, or a theorem of its form, takes of a method.
struct DescentRow {
  Rational lambda_squared = 0;
  Rational nu = 0;                         ///< noise
  std::optional<Rational> first_memory{};  ///< from the start that the theorem assumes
  using OfGamma = std::function<Rational(const Rational& gamma)>;
  OfGamma weight = [](const Rational&) { return Rational(0); };
  OfGamma pl_weight = [](const Rational&) { return Rational(0); };
  std::function<std::optional<Rational>(const Rational& mu)> pl_limit = [](const Rational&) {
    return std::optional<Rational>();
  };  ///< on gamma, under the PL condition
};

/// Of an estimator that starts at g^0 = grad f(x^0), whose row has this Lambda^2.
[[nodiscard]] DescentRow estimator_row(const Rational& lambda_squared, const Rational& p);

[[nodiscard]] DescentRow descent_row(const Gd<Rational>& method, const NonconvexFacts& facts, Index n, Index d);
[[nodiscard]] DescentRow descent_row(const Marina<Rational, PermK>& method, const NonconvexFacts& facts, Index n,
                                     Index d);
[[nodiscard]] DescentRow descent_row(const Marina<Rational, SharedRandK>& method, const NonconvexFacts& facts,
                                     Index n, Index d);
[[nodiscard]] DescentRow descent_row(const Diana<Rational, RandK>& method, const NonconvexFacts& facts, Index n,
                                     Index d);

template <class Q>
[[nodiscard]] DescentRow descent_row(const Marina<Rational, Q>& method, const NonconvexFacts& facts, Index n,
                                     Index d) {
  const auto omega = method.compressor.template omega<Rational>(d);
  return estimator_row(marina_lambda_squared<Rational>(facts.L_squared, omega, n, method.p), method.p);
}

template <class Q, class Gradient>
[[nodiscard]] DescentRow descent_row(const VrMarina<Rational, Q, WithReplacement, Gradient>& method,
                                     const NonconvexFacts& facts, Index n, Index d) {
  const auto omega = method.compressor.template omega<Rational>(d);
  DescentRow row = estimator_row(vr_marina_lambda_squared<Rational>(facts.L_squared, facts.component_L_squared,
                                                                    omega, n, method.p, method.batch.size),
                                 method.p);
  if constexpr (!std::same_as<Gradient, FullGradient>) {
    row.nu = vr_marina_online_noise<Rational>(facts.sigma_squared, n, method.gradient.batch.size);
    row.first_memory = row.nu;
  }
  return row;
}

template <class Q>
[[nodiscard]] DescentRow descent_row(const PpMarina<Rational, Q>& method, const NonconvexFacts& facts, Index /*n*/,
                                     Index d) {
  const auto c = pp_marina_constants<Rational>(method.compressor.template omega<Rational>(d), method.slots.size);
  return estimator_row(pp_marina_lambda_squared<Rational>(c, facts.L_squared, method.p), method.p);
}

/// The sharper one.
template <class Q>
[[nodiscard]] DescentRow descent_row(const PpMarina<Rational, Q, WithoutReplacement>& method,
                                     const NonconvexFacts& facts, Index n, Index d) {
  const auto omega = method.compressor.template omega<Rational>(d);
  const auto c = pp_marina_without_replacement_constants<Rational>(omega, n, method.slots.size);
  return estimator_row(
      joint_marina_lambda_squared<Rational>(c, facts.plus_squared, facts.plus_minus_squared, method.p), method.p);
}

/// The theorem's gamma, of 1/(L + t) with a rational t close above the root, or the largest gamma of the form k/128 1/L with
/// which descent is strict: where it is not, an inequality may be attained, which enclosures cannot tell.
enum class DescentStepsize { theorem, sharp };

/// The theorem of a method with this row; it sets gamma. Promise::average or Promise::last, which takes facts.mu.
[[nodiscard]] DescentTheorem descent_theorem(const DescentRow& row, const NonconvexFacts& facts, Promise promise,
                                             DescentStepsize stepsize);

/// QGD's theorem, for the largest gamma divided by `divisor`.
[[nodiscard]] DescentTheorem qgd_theorem(const NonconvexFacts& facts, const Rational& omega, Index n,
                                         const Rational& divisor);

/// The method on an instance from x, with its theorem and the stepsize of that.
template <class Method, class P>
[[nodiscard]] DescentCase<Method, P> descent_case(const NonconvexInstance<P>& on, Method method,
                                                  const Vector<Rational>& x, Promise promise,
                                                  DescentStepsize stepsize) {
  const DescentRow row = descent_row(method, on.facts, on.f.workers(), on.f.dimension());
  DescentTheorem theorem = descent_theorem(row, on.facts, promise, stepsize);
  method.gamma = theorem.gamma;
  const char* rule = stepsize == DescentStepsize::theorem ? "the theorem's gamma" : "all that descent admits";
  return {on.f,
          on.facts,
          method,
          method.initial(on.f, x),
          std::move(theorem),
          on.name + (promise == Promise::last ? ", PL, " : ", ") + rule};
}

}  // namespace touchstone::inline v0
