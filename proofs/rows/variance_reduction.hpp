#pragma once
/// \file
/// What SAGA, N-SAGA, SVRG and L-SVRG share: g = g_j + e_j - r_j + E_j[r_j] for stored gradients r_j, each of which is
/// replaced by g_j + e_j with probability `share`. The noise e_j is zero but for N-SAGA.

#include "proofs/theory/facts.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// A family e_j with mean zero over its choices. By default none.
struct Noise {
  Variables choices = 0;
  Expression e{};
  Theorem bound = Theorem::constant(0);  ///< 0 <= variance - E|e_j|^2
};

/// (K1), (K2) and (K3) for sigma^2 = E_j|r_j - s_j|^2 with the row's constants.
void derive_variance_reduction(Argument& argument, const SumOfFunctions& f, const Expression& r,
                               const Signed& share, const ParametricConstants<Expression>& row,
                               const Noise& noise = {});

}  // namespace touchstone::inline v0::proofs::kernel
