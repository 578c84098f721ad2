#pragma once
/// \file
/// RandK: keep K coordinates chosen uniformly at random, scaled up by d/K.
///
///     Q(x) = (d/K) * sum over i in S of x_i e_i,      S uniform on the K-subsets of {1, ..., d}
///
/// Contract   unbiased, E|Q(x) - x|^2 = omega |x|^2 with omega = d/K - 1: an equality for every x
/// Draws      S
/// Sends      K scalars and the K indices of S
/// Source     slides "Compression Operators"; the factor d/K, which unbiasedness needs, is not on the slide

#include "touchstone/compressors/compressor.hpp"

namespace touchstone::inline v0 {

struct RandK {
  static constexpr bool linear = true;
  Index K;  ///< coordinates kept, 1 <= K <= d

  /// Throws precondition_error unless 1 <= K <= d and all coordinates are finite.
  template <Field S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    require_compressible(x);
    const Index d = x.size();
    require_sparsity(K, d);
    const S scale = ratio<S>(d, K);
    Vector<S> q = Vector<S>::Zero(d);
    for (const Index i : random.subset(d, K)) q[i] = scale * x[i];
    return q;
  }

  template <Field S>
  [[nodiscard]] S omega(Index d) const {
    require_sparsity(K, d);
    return S(ratio<S>(d, K) - S(1));
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return K * (scalar_bits + index_bits(d)); }
};

}  // namespace touchstone::inline v0
