#pragma once
/// \file
/// The average of one vector from every worker.

#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// (1/n) sum_i x_i, n >= 1, all of one length.
template <Field S>
[[nodiscard]] Vector<S> average(const std::vector<Vector<S>>& x) {
  Vector<S> sum = x.front();
  for (std::size_t i = 1; i < x.size(); ++i) sum += x[i];
  return sum / integer<S>(static_cast<Index>(x.size()));
}

}  // namespace touchstone::inline v0
