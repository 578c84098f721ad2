#pragma once
/// \file
/// Everything that can happen, with its exact probability: the law of a compressed vector and of a step.

#include <cstddef>
#include <utility>
#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "verify/oracle/catalog/any_compressor.hpp"
#include "verify/oracle/catalog/any_method.hpp"

namespace touchstone::inline v0::oracle {

inline constexpr std::size_t default_outcome_limit = 1'000'000;

/// The distinct outcomes with their probabilities, which are positive and sum to one, in the order of their first
/// appearance (randomness/exhaustive.hpp).
template <class Outcome>
using ExactLaw = std::vector<std::pair<Rational, Outcome>>;

/// The law of the compressor's outcome at x. Throws precondition_error as compress does, std::length_error where more than `limit`
/// answers to its choices are possible.
[[nodiscard]] ExactLaw<Vector<Rational>> exact_law(const AnyCompressor<Rational>& compressor,
                                                   const Vector<Rational>& x,
                                                   std::size_t limit = default_outcome_limit);

/// The law of the state after one step. `state` is complete; throws likewise.
[[nodiscard]] ExactLaw<NamedState<Rational>> exact_law(const AnyMethod<Rational>& method,
                                                       const NamedState<Rational>& state,
                                                       std::size_t limit = default_outcome_limit);

}  // namespace touchstone::inline v0::oracle
