#pragma once
/// \file
/// Explicit stepsizes of chapter 4: sufficient for (S1) to (S4) and for what the mode of communication asks of eta.
///
/// Source     derived

#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// gamma a <= 1 for every a of the first list, gamma^2 b <= 1 for every b of the second. No square root is taken, so that
/// rationals can be used.
template <Field S>
struct LocalStepsize {
  std::vector<S> inverse, inverse_square;
};

}  // namespace touchstone::inline v0
