#pragma once
/// \file
/// What becomes of the difference between what the workers meant to send and what arrived: one axis of the methods of
/// chapter 3. Per worker the estimate g_i goes in; what the server receives comes out.
///
///     ErrorCompensation   "EC-"   y_i = e_i + gamma g_i,  v_i = C(y_i),  e_i <- y_i - v_i       x <- x - (1/n) sum_i v_i
///     DelayedUpdates      "D-"    v_i = gamma g_i of tau iterations ago, 0 before               x <- x - (1/n) sum_i v_i
///     NoFeedback                  v_i = gamma g_i                                               x <- x - (1/n) sum_i v_i
///
/// Invariant  xt = x - (1/n) sum_i e_i obeys xt <- xt - gamma (1/n) sum_i g_i, where e_i = gamma times the sum of the delayed
///            g_i, or 0 without feedback
/// Draws      those of C for ErrorCompensation; nothing otherwise
/// Deviations The delayed estimates are kept as their means over the workers, which is all that the server uses.

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/memory.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct ErrorMemory {
  std::vector<Vector<S>> e;  ///< n errors, length d each; e_i carries the stepsize
  [[nodiscard]] auto parts() { return std::tie(e); }
  [[nodiscard]] auto parts() const { return std::tie(e); }
  bool operator==(const ErrorMemory&) const = default;
};

/// C contractive, drawn independently by the workers.
template <Field S, class C>
struct ErrorCompensation {
  using Memory = ErrorMemory<S>;
  template <class R>
  static constexpr bool accepts = ContractiveCompressor<C, S, R>;

  C compressor;

  /// Zero errors, which the theorems assume.
  [[nodiscard]] Memory memory(Index n, Index d) const { return {zero_vectors<S>(n, d)}; }

  /// v_i
  template <Randomness<S> R>
  [[nodiscard]] Vector<S> message(Memory& memory, Index i, const S& gamma, const Vector<S>& g_i, R& random) const {
    Vector<S>& e_i = memory.e[static_cast<std::size_t>(i)];
    e_i += gamma * g_i;
    Vector<S> v_i = compressor.compress(e_i, random);
    e_i -= v_i;
    return v_i;
  }

  void apply(Memory& /*memory*/, Vector<S>& x, const S& /*gamma*/, const Vector<S>& mean) const { x -= mean; }

  [[nodiscard]] Index message_bits(Index d, Index scalar_bits, Index /*estimate_bits*/) const {
    return compressor.message_bits(d, scalar_bits);
  }
};

template <Field S>
struct DelayedMemory {
  std::vector<Vector<S>> delayed;  ///< (1/n) sum_i g_i of the last tau iterations, oldest first; length d each
  [[nodiscard]] auto parts() { return std::tie(delayed); }
  [[nodiscard]] auto parts() const { return std::tie(delayed); }
  bool operator==(const DelayedMemory&) const = default;
};

template <Field S>
struct DelayedUpdates {
  using Memory = DelayedMemory<S>;
  template <class R>
  static constexpr bool accepts = true;

  Index tau;  ///< iterations by which an estimate arrives late, >= 0

  /// Nothing is on its way. Throws precondition_error unless tau >= 0.
  [[nodiscard]] Memory memory(Index /*n*/, Index d) const {
    require(tau >= 0, "delayed updates need a delay tau >= 0", tau);
    return {zero_vectors<S>(tau, d)};
  }

  /// g_i
  template <Randomness<S> R>
  [[nodiscard]] Vector<S> message(Memory& /*memory*/, Index /*i*/, const S& /*gamma*/, Vector<S> g_i,
                                  R& /*random*/) const {
    return g_i;
  }

  void apply(Memory& memory, Vector<S>& x, const S& gamma, Vector<S> mean) const {
    memory.delayed.push_back(std::move(mean));
    x -= gamma * memory.delayed.front();
    memory.delayed.erase(memory.delayed.begin());
  }

  [[nodiscard]] Index message_bits(Index /*d*/, Index /*scalar_bits*/, Index estimate_bits) const {
    return estimate_bits;
  }
};

template <Field S>
struct NoFeedback {
  template <class R>
  static constexpr bool accepts = true;

  /// g_i
  template <class Memory, Randomness<S> R>
  [[nodiscard]] Vector<S> message(Memory& /*none*/, Index /*i*/, const S& /*gamma*/, Vector<S> g_i,
                                  R& /*random*/) const {
    return g_i;
  }

  template <class Memory>
  void apply(Memory& /*none*/, Vector<S>& x, const S& gamma, const Vector<S>& mean) const {
    x -= gamma * mean;
  }

  [[nodiscard]] Index message_bits(Index /*d*/, Index /*scalar_bits*/, Index estimate_bits) const {
    return estimate_bits;
  }
};

}  // namespace touchstone::inline v0
