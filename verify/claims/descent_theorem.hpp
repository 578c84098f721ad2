#pragma once
/// \file
/// A theorem of chapter 5 for a method on an instance, and a course of expectations held against it. With
/// Phi = f(x) - inf f + weight * memory, memory being what the theorem follows besides f (G, H; theory/marina/*.hpp):
///
///     E Phi_{k+1} <= growth E Phi_k - kept E|grad f(x^k)|^2 + noise
///
///     promise    growth              kept       noise              hence
///     average    1                   gamma/2    gamma nu/2         (1/K) sum_{k < K} E|grad f(x^k)|^2 is bounded
///     last       1 - gamma mu        0          gamma nu           E Phi_K is (PL)
///     best       1 + L A gamma^2     gamma/2    L C gamma^2/2      min_{k < K} E|grad f(x^k)|^2 is (QGD)

#include <functional>
#include <optional>
#include <vector>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/theory/marina/biased_estimator.hpp"
#include "touchstone/theory/marina/qgd.hpp"
#include "verify/engine/inspection.hpp"

namespace touchstone::inline v0 {

enum class Promise { average, last, best };

struct DescentTheorem {
  Promise promise = Promise::average;
  Rational gamma, L;
  Rational weight = 0;                     ///< of the memory in Phi
  Rational nu = 0, mu = 0;                 ///< noise; constant of the PL condition
  GradientMoment<Rational> moment{};       ///< QGD's
  std::optional<Rational> first_memory{};  ///< what E memory is at most at the start; if absent, what it is
  std::vector<Rational> conditions{};      ///< on the stepsize: each must be >= 0

  [[nodiscard]] Rational growth() const;
  [[nodiscard]] Rational kept() const;
  [[nodiscard]] Rational noise() const;
};

/// Expectations for k = 0, 1, ....
template <class S>
struct DescentCourse {
  std::vector<S> gap, gradient, memory;  ///< of f(x) - inf f, |grad f(x)|^2, the memory
};

/// What is promised of the first K steps, K >= 1: E Phi_0 <= first, power = growth^K.
template <class S>
[[nodiscard]] S promised(const DescentTheorem& theorem, Index K, const S& first, const S& power) {
  const auto in = [](const Rational& value) { return convert<S>(value); };
  const S steps = integer<S>(K);
  if (theorem.promise == Promise::average)
    return biased_estimator_bound<S>(in(theorem.gamma), steps, first, in(theorem.nu));
  if (theorem.promise == Promise::last)
    return S(power * first + biased_estimator_pl_floor<S>(in(theorem.nu), in(theorem.mu)));
  const GradientMoment<S> c{in(theorem.moment.A), in(theorem.moment.B), in(theorem.moment.C)};
  return qgd_bound<S>(c, in(theorem.L), in(theorem.gamma), steps, power, first);
}

using DescentWhere = std::function<std::string(const char* what, std::size_t k)>;

/// The one-step inequality for k >= from, and what is promised for every K >= from, K >= 1.
template <class S>
void inspect_descent(Inspection& seen, const DescentTheorem& theorem, const DescentCourse<S>& of, std::size_t from,
                     const std::string& run, const DescentWhere& where) {
  const auto in = [](const Rational& value) { return convert<S>(value); };
  const S weight = in(theorem.weight);
  const S growth = in(theorem.growth());
  const S kept = in(theorem.kept());
  const S noise = in(theorem.noise());
  const auto Phi = [&](std::size_t k) { return S(of.gap[k] + weight * of.memory[k]); };
  const S first = theorem.first_memory ? S(of.gap[0] + weight * in(*theorem.first_memory)) : Phi(0);
  S sum(0);
  S power(1);
  for (std::size_t k = 0; k + 1 < of.gap.size() && !seen.failed(); ++k) {
    const std::size_t K = k + 1;
    sum += of.gradient[k];
    power *= growth;
    if (K < from) continue;
    seen.less_equal(Phi(K), S(growth * Phi(k) - kept * of.gradient[k] + noise),
                    [&] { return where("descent", k); });
    const S bound = promised<S>(theorem, static_cast<Index>(K), first, power);
    const S reached = theorem.promise == Promise::last ? Phi(K) : S(sum / integer<S>(static_cast<Index>(K)));
    if (theorem.promise != Promise::best) {
      seen.follow(run, theorem.promise == Promise::last ? "E Psi^K" : "(1/K) sum_{k < K} E|grad f(x^k)|^2",
                  static_cast<Index>(K), reached, bound);
      seen.less_equal(reached, bound, [&] { return where("promise", K); });
      continue;
    }
    // The least is at most the mean with weights growth^(K-1-k) that the theorem is proved with.
    S weighted(0);
    S weights(0);
    for (std::size_t j = 0; j < K; ++j) {
      weighted = S(growth * weighted + of.gradient[j]);
      weights = S(growth * weights + S(1));
    }
    const S mean = S(weighted / weights);
    seen.follow(run, "sum_{k < K} w_k E|grad f(x^k)|^2/W", static_cast<Index>(K), mean, bound);
    seen.less_equal(mean, bound, [&] { return where("promise", K); });
  }
}

}  // namespace touchstone::inline v0
