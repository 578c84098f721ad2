#pragma once
/// \file
/// RandK without the factor d/K: keep K coordinates chosen uniformly at random. Biased.
///
///     C(x) = sum over i in S of x_i e_i,      S uniform on the K-subsets of {1, ..., d}
///
/// Contract   contractive, E|C(x) - x|^2 = (1 - delta) |x|^2 with delta = K/d: an equality for every x
/// Flags      linear, odd, homogeneous
/// Draws      S
/// Sends      the K indices of S and K scalars: K (ceil(log2 d) + B) bits, always
/// Density    K
/// Source     slides "Compression Operators", where the factor is missing; RandK/(1 + omega), outcome by outcome

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/sparse_message.hpp"

namespace touchstone::inline v0 {

struct RandKUnscaled {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = true;

  Index K;  ///< coordinates kept, 1 <= K <= d

  template <Field S>
  using Message = SparseMessage<S>;

  /// Throws precondition_error unless 1 <= K <= d and all coordinates are finite.
  template <Field S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    const Index d = x.size();
    require_sparsity(K, d);
    Message<S> kept{random.subset(d, K), {}};
    kept.values.reserve(kept.indices.size());
    for (const Index i : kept.indices) kept.values.push_back(positive_zero(x[i]));
    return kept;
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const SparseMessage<S>& message, Index d) const {
    return dense(message, d);
  }

  template <Field S, Randomness<S> R>
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
