#pragma once
/// \file
/// What the server has of its workers' vectors, whether they compress them each on its own or all with one shared choice.

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/joint.hpp"
#include "touchstone/methods/average.hpp"

namespace touchstone::inline v0 {

/// Unbiased messages of n workers.
template <class Q, class S, class R>
concept WorkersCompressor = UnbiasedCompressor<Q, S, R> || JointCompressor<Q, S, R>;

/// (1/n) sum_i Q_i(v(i)), 0 <= i < n. v(i), of length d, is asked once of every worker, ascending. Draws those of Q; by every
/// worker on its own, or by the server for a joint compressor.
template <Field S, class Q, class VectorOf, Randomness<S> R>
requires UnbiasedCompressor<Q, S, R>
[[nodiscard]] Vector<S> mean_of_messages(const Q& compressor, Index n, VectorOf v, R& random) {
  Vector<S> sum = compressor.compress(v(Index{0}), random.worker(0));
  for (Index i = 1; i < n; ++i) sum += compressor.compress(v(i), random.worker(i));
  return sum / integer<S>(n);
}

template <Field S, class Q, class VectorOf, Randomness<S> R>
requires JointCompressor<Q, S, R>
[[nodiscard]] Vector<S> mean_of_messages(const Q& compressor, Index n, VectorOf v, R& random) {
  std::vector<Vector<S>> all;
  for (Index i = 0; i < n; ++i) all.push_back(v(i));
  return average(compressor.compress_all(all, random));
}

/// Of one message of every worker, in bits.
template <class Q>
[[nodiscard]] Index bits_of_messages(const Q& compressor, Index n, Index d, Index scalar_bits) {
  if constexpr (requires { compressor.message_bits(n, d, scalar_bits); })
    return n * compressor.message_bits(n, d, scalar_bits);
  else
    return n * compressor.message_bits(d, scalar_bits);
}

}  // namespace touchstone::inline v0
