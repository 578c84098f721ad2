#pragma once
/// \file
/// PermK: the workers share a permutation and send different coordinates.
///
///     d = q n   a uniform permutation pi of the coordinates; worker i sends places q i, ..., q i + q - 1 of it:
///               Q_i(a) = n * sum over j in block i of a_j e_j
///     n = q d   a uniform order of the n workers' coordinates, each occurring q times; worker i sends one:
///               Q_i(a) = d a_j e_j
///
/// Contract   each unbiased, E|Q_i(a) - a|^2 = omega |a|^2 for every a with omega = n - 1 (d - 1); jointly, as equalities,
///            A = B = 1 for d = q n, A = B = (d-1)/(n-1) for n = q d. Equal inputs and d = q n: no error at all
/// Flags      linear, odd, homogeneous, joint
/// Draws      permutation(d) for d = q n; otherwise permutation(n), whose value v stands for the coordinate floor(v/q)
/// Sends      d/n scalars, or one: (d/n) B or B bits, always; the permutation is shared
/// Density    d/n, or 1
/// Source     Szlendak et al.

#include <algorithm>

#include "touchstone/compressors/joint.hpp"

namespace touchstone::inline v0 {

struct PermK {
  static constexpr bool linear = true;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = true;
  static constexpr bool joint = true;

  template <Field S>
  using Message = SparseMessage<S>;

  /// Throws precondition_error unless d is a multiple of n or n of d.
  template <class R>
  [[nodiscard]] std::vector<Indices> shared_choice(Index n, Index d, R& random) const {
    const Index q = std::max(n, d) / scale(n, d);
    const Indices order = random.permutation(std::max(n, d));
    std::vector<Indices> coordinates(static_cast<std::size_t>(n));
    for (std::size_t place = 0; place < order.size(); ++place) {
      const std::size_t worker = d >= n ? place / static_cast<std::size_t>(q) : place;
      coordinates[worker].push_back(d >= n ? order[place] : order[place] / q);
    }
    for (Indices& block : coordinates) std::sort(block.begin(), block.end());
    return coordinates;
  }

  template <Field S>
  [[nodiscard]] Message<S> message(const Vector<S>& x, Index n, const Indices& coordinates) const {
    return scaled_coordinates(x, coordinates, integer<S>(scale(n, x.size())));
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
  [[nodiscard]] S omega(Index n, Index d) const {
    return integer<S>(scale(n, d) - 1);
  }

  template <Field S>
  [[nodiscard]] JointConstants<S> joint_constants(Index n, Index d) const {
    const S c = scale(n, d) == n ? S(1) : ratio<S>(d - 1, n - 1);
    return {c, c};
  }

  template <Field S>
  [[nodiscard]] S density(Index n, Index d) const {
    return integer<S>(d / scale(n, d));
  }

  /// Of one worker.
  [[nodiscard]] Index message_bits(Index n, Index d, Index scalar_bits) const {
    return d / scale(n, d) * scalar_bits;
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

 private:
  /// n for d = q n, d for n = q d. Throws precondition_error for other n and d.
  static Index scale(Index n, Index d) {
    require(n >= 1 && d >= 1 && (d % n == 0 || n % d == 0), "PermK needs d = q n or n = q d (n, d)", n, d);
    return std::min(n, d);
  }
};

}  // namespace touchstone::inline v0
