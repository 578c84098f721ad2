#pragma once
/// \file
/// N-SAGA: SAGA whose gradients are noisy. The same noisy gradient enters the estimate and the table.
///
///     draw j uniformly from 1, ..., m, then the noise e of component j
///     new = grad f_j(x) + e
///     g   = new - T_j + (1/m) sum_l T_l       the mean before T_j is overwritten
///     T_j <- new
///     x   <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 6, section 2.6.6
/// Problem, State, Parameters, Sends as SAGA (saga.hpp); the noise has mean zero and a law for every component
/// Draws      j; then the noise of component j
/// Theory     theory/unified_sgd/n_saga.hpp
/// Reductions no noise: SAGA

#include "touchstone/methods/unified_sgd/saga.hpp"

namespace touchstone::inline v0 {

/// AdditiveNoise has m laws of length d.
template <Field S, Regularizer<S> Prox = NoRegularizer>
using NSaga = Saga<S, AdditiveNoise<S>, Prox>;

}  // namespace touchstone::inline v0
