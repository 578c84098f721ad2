#pragma once
/// \file
/// Seeded runs of thousands of steps, in double, against the theorem of chapter 3: for steps that are not affine (Top1), where second
/// moments do not close and trees end after a few steps.
///
/// V >= 0 and E V <= b, so min{V, 3b}/(3b) is in [0, 1] with mean at most 1/3. By Hoeffding's inequality the mean of N independent runs
/// is at least m > 1/3 with probability at most exp(-N KL(m, 1/3)). A claim fails where this is below its error probability, 10^-9 for
/// all its comparisons together. Bounds are raised by a billionth for roundoff.

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "touchstone/randomness/seeded.hpp"
#include "verify/claims/scheme_claims.hpp"
#include "verify/engine/error_feedback.hpp"

namespace touchstone::inline v0 {

/// A method from its start; V^k along a run at k = 0 and at the k that are compared.
struct SeededRuns {
  SchemeTheorem theorem;
  std::function<std::vector<double>(Seeded& random, const std::vector<Index>& compared)> lyapunov;
};

/// What a mutant changes.
template <class Method>
struct SeededVariation {
  std::function<void(const typename Method::State& before, typename Method::State& after)> alter{};
  Rational mu_factor = 1;
};

template <class Method>
[[nodiscard]] SeededRuns seeded_runs(const Quadratic<double>& f, const Vector<double>& x_star, const Method& method,
                                     SchemeTheorem theorem, const Vector<double>& start,
                                     const SeededVariation<Method>& variation) {
  const auto [shifts, references] = error_feedback_weights<Rational>(theorem.row, theorem.errors(), theorem.gamma);
  const auto square = static_cast<double>(Rational(theorem.gamma * theorem.gamma));
  const double M1 = square * static_cast<double>(shifts);
  const double M2 = square * static_cast<double>(references);
  const auto N = static_cast<double>(error_weight<Rational>(theorem.errors(), theorem.gamma));
  theorem.mu_factor = variation.mu_factor;
  const auto run = [=](Seeded& random, const std::vector<Index>& compared) {
    const auto V = [&](const typename Method::State& s) {
      return (virtual_iterate(s, method.gamma) - x_star).squaredNorm() + M1 * shift_variance(f, s, x_star) +
             M2 * reference_variance(f, s, x_star) + N * mean_square(s.e);
    };
    auto s = method.initial(f, start);
    std::vector<double> values{V(s)};
    for (Index k = 0; values.size() <= compared.size(); ++k) {
      random.begin_iteration(k);
      const auto before = s;
      s = method.step(f, std::move(s), random);
      if (variation.alter) variation.alter(before, s);
      if (k + 1 == compared[values.size() - 1]) values.push_back(V(s));
    }
    return values;
  };
  return {std::move(theorem), run};
}

/// Uphill and a rate that is too good. Without memory, where no shifts are learned: those make the estimates of the workers agree, and
/// Top1 of estimates that agree does not lead away.
template <class Method>
[[nodiscard]] std::vector<Mutant<SeededVariation<Method>>> seeded_mutants() {
  std::vector<Mutant<SeededVariation<Method>>> all{
      {"a step uphill", {.alter = [](const auto& s, auto& next) { next.x = 2 * s.x - next.x; }}},
      {"rate with 30 mu", {.alter = {}, .mu_factor = 30}}};
  if constexpr (!LearnsShifts<typename Method::State>)
    all.push_back({"no memory", {.alter = [](const auto&, auto& next) {
                     for (Vector<double>& e_i : next.e) e_i.setZero();
                   }}});
  return all;
}

[[nodiscard]] Claim seeded_claim(const MethodNames& names, const SeededRuns& stated,
                                 const std::vector<Mutant<SeededRuns>>& mutants);

}  // namespace touchstone::inline v0
