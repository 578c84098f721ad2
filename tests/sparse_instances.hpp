#pragma once
/// \file
/// Small sparse data with exact entries.

#include <cstdint>

#include "touchstone/problems/sparse_data.hpp"
#include "touchstone/randomness/seeded.hpp"

namespace touchstone::testing_support {

/// M x d, entries multiples of 1/8 in [-1, 1], about two thirds of them zero; labels of both kinds.
[[nodiscard]] inline SparseData random_data(Index M, Index d, std::uint64_t seed) {
  Seeded random(seed);
  Matrix<double> A = Matrix<double>::Zero(M, d);
  SparseData data{"random", {}, {}};
  for (Index r = 0; r < M; ++r) {
    random.begin_iteration(r);
    for (Index c = 0; c < d; ++c)
      if (random.choose(3) == 0) A(r, c) = static_cast<double>(random.choose(17) - 8) / 8;
    data.labels.push_back(r % 3 == 0 ? 1 : -1);
  }
  data.rows = A.sparseView();
  return data;
}

}  // namespace touchstone::testing_support
