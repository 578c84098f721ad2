#pragma once
/// \file
/// The vectors at which compressors are judged: small whole numbers, exact in every dtype, from the simplest to those that tell
/// the most, so that the first that shows a fault is a small one.

#include <string>
#include <vector>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0::oracle::conformance {

/// For d <= 5 with rational |x|_2, so that every law is exact; zeros, ties, both signs, powers of two and others.
[[nodiscard]] std::vector<Vector<double>> law_vectors(Index d);

/// (1, ..., 1), e_1, and others at which contracts are often attained; all nonzero.
[[nodiscard]] std::vector<Vector<double>> contract_vectors(Index d);

/// All coordinates nonzero, of different magnitudes, growing to the end; exact in float32.
[[nodiscard]] Vector<double> distinct_vector(Index d);

/// Full significands of `digits` binary digits, magnitudes in [1, 2), both signs; the same for the same seed.
[[nodiscard]] Vector<double> random_vector(Index d, int digits, std::uint64_t seed);

[[nodiscard]] inline Index nonzeros(const Vector<double>& y) {
  return (y.array() != 0).count();
}

/// The same for the same numbers only: a key for sets.
[[nodiscard]] std::string key_of(const Vector<double>& y);

}  // namespace touchstone::inline v0::oracle::conformance
