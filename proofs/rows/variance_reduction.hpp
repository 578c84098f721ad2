#pragma once
/// \file
/// What SAGA and L-SVRG share: g = g_j - r_j + E_j[r_j] for stored gradients r_j, each of which is replaced by g_j with
/// probability `share`.

#include "proofs/theory/facts.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0::proofs::kernel {

/// (K1), (K2) and (K3) for sigma^2 = E_j|r_j - s_j|^2 with the row's constants.
void derive_variance_reduction(Argument& argument, const SumOfFunctions& f, const Expression& r,
                               const Signed& share, const ParametricConstants<Expression>& row);

}  // namespace touchstone::inline v0::proofs::kernel
