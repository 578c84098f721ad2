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
#include <numeric>

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
    Indices order(static_cast<std::size_t>(d));
    std::iota(order.begin(), order.end(), Index{0});
    const auto before = [&x](Index i, Index j) {
      if (larger_magnitude(x[i], x[j])) return true;
      return i < j && !larger_magnitude(x[j], x[i]);
    };
    std::partial_sort(order.begin(), order.begin() + K, order.end(), before);

    Vector<S> c = Vector<S>::Zero(d);
    for (Index kept = 0; kept < K; ++kept) {
      const Index i = order[static_cast<std::size_t>(kept)];
      c[i] = x[i];
    }
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
