#pragma once
/// \file
/// TopK: keep the K coordinates of largest magnitude.
///
///     C(x) = sum over i in S of x_i e_i,      S = the K largest |x_i|, ties to the lower index
///
/// Contract   contractive with delta = K/d, attained where all |x_i| are equal; biased
/// Draws      none
/// Sends      K scalars and the K indices of S
/// Source     slides "Compression Operators"; the slide leaves the rule for ties open

#include <algorithm>

#include "touchstone/compressors/compressor.hpp"

namespace touchstone::inline v0 {

struct TopK {
  static constexpr bool linear = false;
  Index K;  ///< coordinates kept, 1 <= K <= d

  /// Throws precondition_error unless 1 <= K <= d and all coordinates are finite.
  template <OrderedField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    const Index d = x.size();
    require_sparsity(K, d);
    Indices kept;  // the largest so far, in descending order; a tie leaves the lower index in front
    kept.reserve(static_cast<std::size_t>(K));
    const auto larger = [&x](Index i, Index j) { return larger_magnitude(x[i], x[j]); };
    for (Index i = 0; i < d; ++i) {
      if (static_cast<Index>(kept.size()) == K) {
        if (!larger(i, kept.back())) continue;
        kept.pop_back();
      }
      kept.insert(std::upper_bound(kept.begin(), kept.end(), i, larger), i);
    }
    Vector<S> c = Vector<S>::Zero(d);
    for (const Index i : kept) c[i] = x[i];
    return c;
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    require_sparsity(K, d);
    return ratio<S>(K, d);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return K * (scalar_bits + index_bits(d)); }
};

}  // namespace touchstone::inline v0
