#pragma once
/// \file
/// What SGD-SR, SGD-star and Q-SGD-SR share: f_v = E_j[v_j f_j] with random weights v_j, E v_j = 1, and expected smoothness.

#include "proofs/theory/facts.hpp"

namespace touchstone::inline v0::proofs::kernel {

struct ArbitrarySampling {
  Variables zeta;               ///< the sampling
  Expression q, s;              ///< grad f(x), grad f(x*)
  Expression now, at_solution;  ///< grad f_v(x), grad f_v(x*)
  Expression smoothness;        ///< the constant, script L or E on the pages of the theory
  Expression gap;
  Theorem expected_smoothness;  ///< E|grad f_v(x) - grad f_v(x*)|^2 <= 2 smoothness gap

  /// variance >= E|grad f_v(x*) - grad f(x*)|^2
  [[nodiscard]] Theorem variance_bound(Theory& theory, const Expression& variance) const;
};

[[nodiscard]] ArbitrarySampling arbitrary_sampling(Argument& argument);

}  // namespace touchstone::inline v0::proofs::kernel
