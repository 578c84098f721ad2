#pragma once
/// \file
/// The kernel's argument as evidence: it derives a row for all dimensions, all numbers of workers and all parameters, and
/// on exact states of the reference its hypotheses hold and its two sides are those that the step's enumerated outcomes
/// give. That ties the argument to the code.

#include "proofs/theory/model.hpp"
#include "verify/claims/row_study.hpp"

namespace touchstone::inline v0 {

/// The sides of a statement as the reference computes them.
struct KernelSides {
  std::string statement;  ///< its label
  Rational left, right;
};

/// What the argument's symbols are at a state of the reference.
struct KernelCase {
  proofs::kernel::Model model;
  std::vector<KernelSides> sides;
  std::string where;
};

using KernelCases = std::function<std::vector<KernelCase>(Seeded&)>;

/// The claim with the kernel's argument among its checks, and for `explain`. Near misses that the kernel must refuse are
/// mutants.
[[nodiscard]] Claim with_kernel(Claim claim, const KernelCases& cases);

/// Those of a row of the unified theory; model_of(case) is the model.
template <class Method>
[[nodiscard]] KernelCases kernel_cases(RowCases<Method> cases) {
  return [cases](Seeded& random) {
    std::vector<KernelCase> all;
    for (const RowCase<Method>& at : cases(random)) {
      const AssumptionSides<Rational> sides = sides_at(at, {});
      all.push_back({model_of(at),
                     {{"(K2) second moment", sides.second_moment, sides.second_moment_bound},
                      {"(K3) next sigma^2", sides.next_sigma_squared, sides.next_sigma_bound}},
                     at.where});
    }
    return all;
  };
}

/// The cases of several methods that share an argument, one after the other.
[[nodiscard]] KernelCases joined(std::vector<KernelCases> lists);

}  // namespace touchstone::inline v0
