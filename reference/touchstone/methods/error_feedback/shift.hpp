#pragma once
/// \file
/// What a worker makes of its gradient ghat_i before it is fed back: one axis of the methods of chapter 3.
///
///     NoShift               g_i = ghat_i
///     StarShift             g_i = ghat_i - grad f_i(x*)             the gradients at the solution are assumed known
///     LearnedShift          g_i = ghat_i - h_i + (1/n) sum_j h_j,   h_i <- h_i + alpha Q(ghat_i - h_i)
///     Quantized             g_i = Q(ghat_i)
///     QuantizedDifference   g_i = h_i + m_i,  h_i <- h_i + alpha m_i,    m_i = Q(ghat_i - h_i), drawn once
///
/// Everything on the right is read before it changes; the h_j of the mean are those from before the step.
///
/// Parameters Q unbiased, drawn independently by the workers; 0 < alpha <= 1/(1 + omega)
/// Draws      those of Q

#include <tuple>
#include <utility>
#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/methods/memory.hpp"
#include "touchstone/methods/shift.hpp"
#include "touchstone/problems/problem.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct ShiftMemory {
  std::vector<Vector<S>> h;  ///< n shifts, length d each
  [[nodiscard]] auto parts() { return std::tie(h); }
  [[nodiscard]] auto parts() const { return std::tie(h); }
  bool operator==(const ShiftMemory&) const = default;
};

template <Field S, class Q>
struct LearnedShift {
  using Memory = ShiftMemory<S>;
  template <class R>
  static constexpr bool accepts = UnbiasedCompressor<Q, S, R>;

  Q compressor;
  S alpha;  ///< stepsize of the shifts

  [[nodiscard]] Memory memory(Index n, Index d) const { return {zero_vectors<S>(n, d)}; }
  /// (1/n) sum_j h_j
  [[nodiscard]] Vector<S> mean(const Memory& memory, Index d) const {
    Vector<S> sum = Vector<S>::Zero(d);
    for (const Vector<S>& h_j : memory.h) sum += h_j;
    return sum / integer<S>(static_cast<Index>(memory.h.size()));
  }
  template <Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(Memory& memory, Index i, Vector<S> gradient, const Vector<S>& mean,
                                   R& random) const {
    Vector<S>& h_i = memory.h[static_cast<std::size_t>(i)];
    gradient -= h_i;
    h_i += alpha * compressor.compress(gradient, random);
    return gradient + mean;
  }
  [[nodiscard]] Index estimate_bits(Index d, Index scalar_bits) const { return d * scalar_bits; }
  [[nodiscard]] Index extra_bits(Index d, Index scalar_bits) const {
    return compressor.message_bits(d, scalar_bits);
  }
};

template <Field S, class Q>
struct Quantized {
  template <class R>
  static constexpr bool accepts = UnbiasedCompressor<Q, S, R>;

  Q compressor;

  template <class Memory, Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(Memory& /*none*/, Index /*i*/, const Vector<S>& gradient,
                                   const Vector<S>& /*mean*/, R& random) const {
    return compressor.compress(gradient, random);
  }
  [[nodiscard]] Index estimate_bits(Index d, Index scalar_bits) const {
    return compressor.message_bits(d, scalar_bits);
  }
  [[nodiscard]] Index extra_bits(Index /*d*/, Index /*scalar_bits*/) const { return 0; }
};

template <Field S, class Q>
struct QuantizedDifference {
  using Memory = ShiftMemory<S>;
  template <class R>
  static constexpr bool accepts = UnbiasedCompressor<Q, S, R>;

  Q compressor;
  S alpha;  ///< stepsize of the shifts

  [[nodiscard]] Memory memory(Index n, Index d) const { return {zero_vectors<S>(n, d)}; }
  template <Randomness<S> R>
  [[nodiscard]] Vector<S> estimate(Memory& memory, Index i, Vector<S> gradient, const Vector<S>& /*mean*/,
                                   R& random) const {
    Vector<S>& h_i = memory.h[static_cast<std::size_t>(i)];
    gradient -= h_i;
    const Vector<S> m_i = compressor.compress(gradient, random);
    gradient = h_i + m_i;
    h_i += alpha * m_i;
    return gradient;
  }
  [[nodiscard]] Index estimate_bits(Index d, Index scalar_bits) const {
    return compressor.message_bits(d, scalar_bits);
  }
  [[nodiscard]] Index extra_bits(Index /*d*/, Index /*scalar_bits*/) const { return 0; }
};

}  // namespace touchstone::inline v0
