#pragma once
/// \file
/// TopK: keep the K coordinates of largest magnitude.
///
///     C(x) = sum over i in S of x_i e_i,      S = the K largest |x_i|, ties to the lower index
///
/// Contract   contractive with delta = K/d, attained where all |x_i| are equal; biased
/// Flags      odd, homogeneous, deterministic
/// Draws      none
/// Sends      the K indices of S and K scalars: K (ceil(log2 d) + B) bits, always
/// Density    K
/// Source     slides "Compression Operators"; the slide leaves the rule for ties open

#include <algorithm>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/sparse_message.hpp"

namespace touchstone::inline v0 {

struct TopK {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = false;

  Index K;  ///< coordinates kept, 1 <= K <= d

  template <Field S>
  using Message = SparseMessage<S>;

  /// Throws precondition_error unless 1 <= K <= d and all coordinates are finite.
  template <OrderedField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& /*random*/) const {
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
    std::sort(kept.begin(), kept.end());
    Message<S> largest{std::move(kept), {}};
    largest.values.reserve(largest.indices.size());
    for (const Index i : largest.indices) largest.values.push_back(positive_zero(x[i]));
    return largest;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const SparseMessage<S>& message, Index d) const {
    return dense(message, d);
  }

  template <OrderedField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    require_sparsity(K, d);
    return ratio<S>(K, d);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_sparsity(K, d);
    return flat_vector<S>(d);
  }

  template <Field S>
  [[nodiscard]] S density(Index d) const {
    require_sparsity(K, d);
    return integer<S>(K);
  }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits) const { return K * (index_bits(d) + scalar_bits); }

  template <Field S>
  [[nodiscard]] Index bits(const SparseMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const SparseMessage<S>& message, Index d, BitWriter& out) const {
    put_sparse(message, d, out);
  }

  template <WireScalar S>
  [[nodiscard]] SparseMessage<S> read(Index d, BitReader& in) const {
    require_sparsity(K, d);
    return get_sparse<S>(K, d, in);
  }
};

}  // namespace touchstone::inline v0
