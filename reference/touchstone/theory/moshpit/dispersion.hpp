#pragma once
/// \file
/// How far vectors are from their mean:
///
///     disp(theta) = (1/n) sum_i |theta_i - mean|^2,      mean = (1/n) sum_i theta_i

#include "touchstone/methods/average.hpp"
#include "touchstone/methods/moshpit/peers.hpp"

namespace touchstone::inline v0 {

template <Field S>
[[nodiscard]] S dispersion(const PeerVectors<S>& x) {
  const Vector<S> mean = average(x);
  S sum(0);
  for (const Vector<S>& x_i : x) sum += Vector<S>(x_i - mean).squaredNorm();
  return S(sum / integer<S>(static_cast<Index>(x.size())));
}

}  // namespace touchstone::inline v0
