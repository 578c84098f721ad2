#pragma once
/// \file
/// A deterministic search for the vector where a constant is used up the most: all small integer vectors, then coordinate
/// ascent by halving steps. In double, so the vector is found, not proved; it is rational, so what it says is then exact.

#include <functional>

#include "touchstone/numbers/rational.hpp"

namespace touchstone::inline v0 {

/// Of the largest f among the nonnegative vectors tried; f is not asked at 0.
[[nodiscard]] Vector<Rational> hardest_vector(Index d, const std::function<double(const Vector<double>&)>& f);

}  // namespace touchstone::inline v0
