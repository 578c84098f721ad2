#pragma once
/// \file
/// The stepsize corollary of a method: its row, its M and its stepsize meet the conditions of the main theorem, whose
/// contraction gaps are then the promised ones, gamma mu and rho/2.

#include "proofs/scalar/unified_sgd/parameters.hpp"

namespace touchstone::inline v0::proofs {

/// What the theory of a method declares.
struct Corollary {
  ParametricConstants<Term> row;
  Term M;         ///< the constant 0 where there is no sigma_squared
  Term stepsize;  ///< the largest gamma
};

/// Declares the symbols of a method besides L, with the hints that it adds: above all why rho <= 1.
using DeclareCorollary = Corollary (*)(Statement& s, const Term& L);

/// Hints for a stepsize 1/((1 + w/n) L).
void hint_shared_stepsize(Statement& s, const Term& w, const Term& n);

/// Fills in the questions and the twins.
void state_corollary(Obligation& obligation, DeclareCorollary declare);
/// The same for M = 0, where the only gap is gamma mu.
void state_corollary_without_sigma(Obligation& obligation, DeclareCorollary declare);

}  // namespace touchstone::inline v0::proofs
