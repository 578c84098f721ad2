#pragma once
/// \file
/// What DIANA on one node, SEGA and N-SEGA share: a shift h that follows the gradient q through messages m with
/// E m = q - h,
///
///     g = h + m,    h+ = h + alpha m,    sigma^2 = |h - s|^2,    E|m - (q - h)|^2 <= omega |q - h|^2 + extra

#include "proofs/theory/facts.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0::proofs::kernel {

struct ShiftedGradient {
  Expression h;
  Variables choices;
  Expression message;
  Signed omega;
  Theorem contract;  ///< 0 <= omega |q - h|^2 + extra - E|m - (q - h)|^2
  Signed alpha;
  Theorem alpha_bound;  ///< 0 <= 1 - alpha (1 + omega)
};

/// (K1), (K2) and (K3) with the row's constants; `loose` is what the row's A and B give away in (K2).
void derive_shifted_gradient(Argument& argument, const SmoothFunction& on, const ShiftedGradient& method,
                             const ParametricConstants<Expression>& row,
                             const Theorem& loose = Theorem::constant(0));

}  // namespace touchstone::inline v0::proofs::kernel
