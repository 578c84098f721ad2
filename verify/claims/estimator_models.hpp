#pragma once
/// \file
/// What the symbols of the kernel's arguments about chapter 5's estimators are at a case.

#include "verify/claims/estimator_study.hpp"
#include "verify/claims/kernel_check.hpp"

namespace touchstone::inline v0 {

template <class Batch, class Gradient = FullGradient>
using VrCase = EstimatorCase<VrMarina<Rational, RandK, Batch, Gradient>>;
using OnlineGradient = BatchGradient<WithReplacement>;

[[nodiscard]] proofs::kernel::Model model_of(const EstimatorCase<Marina<Rational, RandK>>& at);
[[nodiscard]] proofs::kernel::Model model_of(const VrCase<WithReplacement>& at);
[[nodiscard]] proofs::kernel::Model model_of(const VrCase<WithoutReplacement>& at);
[[nodiscard]] proofs::kernel::Model model_of(const VrCase<WithReplacement, OnlineGradient>& at);
[[nodiscard]] proofs::kernel::Model model_of(const EstimatorCase<PpMarina<Rational, RandK>>& at);
[[nodiscard]] proofs::kernel::Model model_of(
    const EstimatorCase<PpMarina<Rational, RandK, WithoutReplacement>>& at);

template <class Method>
[[nodiscard]] KernelCases estimator_kernel_cases(const EstimatorCases<Method>& cases) {
  return [cases](Seeded& random) {
    std::vector<KernelCase> all;
    for (const EstimatorCase<Method>& at : cases(random)) {
      const EstimatorSides sides = estimator_sides(at);
      all.push_back({model_of(at), {{"(R) estimator", sides.next_G, sides.bound}}, at.where});
    }
    return all;
  };
}

/// Q(v) - v of every vector, drawn for each anew; all joint outcomes, which for RandK are equally likely.
[[nodiscard]] std::vector<std::vector<Vector<Rational>>> joint_noises(const RandK& compressor,
                                                                      const std::vector<Vector<Rational>>& vectors);

/// One step of the theorem of biased estimators, at states of MARINA with a stepsize that descent admits.
[[nodiscard]] std::vector<KernelCase> biased_descent_cases(Seeded& random);

}  // namespace touchstone::inline v0
