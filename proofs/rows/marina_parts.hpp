#pragma once
/// \file
/// What the arguments about the estimators of chapter 5 share: the coin, a step of x, and what it does to the gradients.

#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// One coin for all workers says with probability p that gradients are sent in full.
struct CommonCoin {
  Expression p;
  Theorem p_sign;
  Theorem rest_sign;  ///< 0 <= 1 - p
};
[[nodiscard]] CommonCoin common_coin(Theory& theory);

/// The workers' gradients at x and x+ = x + dx: D_i = grad f_i(x+) - grad f_i(x), |D_i|^2 <= L_i^2 |dx|^2.
struct WorkersSteps {
  Variables i;
  Signed n;
  Expression step;      ///< dx
  Expression old_mean;  ///< grad f(x)
  Expression new_mean;  ///< grad f(x+)
  Expression difference;
  Expression squared_L;  ///< (1/n) sum_i L_i^2
  Theorem smooth;        ///< of every D_i
};
[[nodiscard]] WorkersSteps workers_steps(Argument& argument);

}  // namespace touchstone::inline v0::proofs::kernel
