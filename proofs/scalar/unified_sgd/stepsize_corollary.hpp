#pragma once
/// \file
/// The stepsize corollary of a method: its row, its M and its stepsize meet the conditions of the main theorem, whose
/// contraction gaps are then the promised ones, gamma mu and rho/2.

#include <string>

#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs {

/// What the theory of a method declares.
struct Corollary {
  ParametricConstants<Term> row;
  Term M;         ///< the constant 0 where there is no sigma_squared
  Term stepsize;  ///< the largest gamma
  Term scale;     ///< 1/(stepsize L), at least 1; multiplied out in the hinted form
};

/// Declares the symbols of a method besides L, with hints that only it needs: M > B/rho, 0 < rho <= 1, scale >= 1.
using DeclareCorollary = Corollary (*)(Statement& s, const Term& L);

/// Fills in the questions and the twins. With M = 0 there is one gap, gamma mu.
void state_corollary(Obligation& obligation, DeclareCorollary declare);

}  // namespace touchstone::inline v0::proofs
