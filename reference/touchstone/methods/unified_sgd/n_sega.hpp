#pragma once
/// \file
/// N-SEGA: SEGA whose partial derivatives are noisy.
///
///     draw c uniformly from 1, ..., d, then the noise e of coordinate c
///     delta = partial_c f(x) + e - h_c
///     g     = h + d delta e_c                    the h from before this step
///     h     <- h + delta e_c
///     x     <- prox_{gamma R}(x - gamma g)
///
/// Thesis     Algorithm 8, section 2.6.8
/// Problem, State, Parameters, Sends as SEGA (sega.hpp); the noise has mean zero and a law for every coordinate
/// Draws      c; then the noise of coordinate c
/// Theory     theory/unified_sgd/n_sega.hpp
/// Reductions no noise: SEGA

#include "touchstone/methods/unified_sgd/sega.hpp"

namespace touchstone::inline v0 {

/// AdditiveNoise has d laws of length 1.
template <Field S, Regularizer<S> Prox = NoRegularizer>
using NSega = Sega<S, AdditiveNoise<S>, Prox>;

}  // namespace touchstone::inline v0
