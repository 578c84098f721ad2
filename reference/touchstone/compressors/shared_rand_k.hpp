#pragma once
/// \file
/// RandK with one subset for all workers: RandK of the average.
///
///     Q_i(a) = (d/K) * sum over j in S of a_j e_j,      S uniform on the K-subsets, the same for all i
///
/// Contract   each unbiased with omega = d/K - 1, an equality for every a; jointly, as an equality, A = 0 and B = -omega:
///            averaging over workers gains nothing
/// Flags      linear, odd, homogeneous, joint
/// Draws      S
/// Sends      K scalars: K B bits, always; the subset is shared
/// Density    K
/// Source     literature

#include "touchstone/compressors/joint.hpp"

namespace touchstone::inline v0 {

struct SharedRandK {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = true;
  static constexpr bool joint = true;

  Index K;  ///< coordinates kept, 1 <= K <= d

  template <Field S>
  using Message = SparseMessage<S>;

  /// Throws precondition_error unless 1 <= K <= d.
  template <class R>
  [[nodiscard]] std::vector<Indices> shared_choice(Index n, Index d, R& random) const {
    require_sparsity(K, d);
    return std::vector<Indices>(static_cast<std::size_t>(n), random.subset(d, K));
  }

  template <Field S>
  [[nodiscard]] Message<S> message(const Vector<S>& x, Index /*n*/, const Indices& coordinates) const {
    return scaled_coordinates(x, coordinates, ratio<S>(x.size(), K));
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const SparseMessage<S>& message, Index d) const {
    return dense(message, d);
  }

  template <Field S, Randomness<S> R>
  [[nodiscard]] std::vector<Vector<S>> compress_all(const std::vector<Vector<S>>& a, R& random) const {
    return jointly_compressed(*this, a, random);
  }

  /// Of one worker.
  template <Field S>
  [[nodiscard]] S omega(Index /*n*/, Index d) const {
    require_sparsity(K, d);
    return S(ratio<S>(d, K) - S(1));
  }

  template <Field S>
  [[nodiscard]] JointConstants<S> joint_constants(Index n, Index d) const {
    return {S(0), S(-omega<S>(n, d))};
  }

  template <Field S>
  [[nodiscard]] S density(Index /*n*/, Index d) const {
    require_sparsity(K, d);
    return integer<S>(K);
  }

  /// Of one worker.
  [[nodiscard]] Index message_bits(Index /*n*/, Index d, Index scalar_bits) const {
    require_sparsity(K, d);
    return K * scalar_bits;
  }

  template <WireScalar S>
  void write(const SparseMessage<S>& message, Index /*d*/, BitWriter& out) const {
    put_values(message, out);
  }

  /// With the worker's part of the shared choice.
  template <WireScalar S>
  [[nodiscard]] SparseMessage<S> read(const Indices& coordinates, BitReader& in) const {
    return get_values<S>(coordinates, in);
  }
};

}  // namespace touchstone::inline v0
