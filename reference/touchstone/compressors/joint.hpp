#pragma once
/// \file
/// Compressors of several workers that share a random choice. The messages of different workers are dependent, so what
/// counts is their average:
///
///     E|(1/n) sum Q_i(a_i) - a|^2 <= A (1/n) sum |a_i|^2 - B |a|^2,      a = (1/n) sum a_i, for all a_1, ..., a_n
///
/// The shared choice is known to all and not sent: a message consists of scalars.
///
///     shared_choice(n, d, random)      the coordinates of every worker, ascending; drawn once, by the server
///     message(a_i, n, coordinates)     what worker i sends
///     compress_all(a, random)          what the server has from a_1, ..., a_n
///
/// Source     literature (permutation compressors)

#include <vector>

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/compressors/sparse_message.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct JointConstants {
  S A;
  S B;
};

/// As a collection (joint_constants) and one by one (omega): each worker's part is an unbiased compressor.
template <class C, class S, class R>
concept JointCompressor = CompressorFlags<C> && C::joint &&
    requires(const C& c, const std::vector<Vector<S>>& a, R& random, Index n, Index d) {
  { c.compress_all(a, random) } -> std::same_as<std::vector<Vector<S>>>;
  { c.shared_choice(n, d, random) } -> std::same_as<std::vector<Indices>>;
  { c.template omega<S>(n, d) } -> std::same_as<S>;
  { c.template joint_constants<S>(n, d) } -> std::same_as<JointConstants<S>>;
  { c.message_bits(n, d, d) } -> std::same_as<Index>;
};

/// Every worker has a vector of the same dimension that can be compressed.
template <Field S>
void require_compressible(const std::vector<Vector<S>>& a) {
  require(!a.empty(), "a joint compressor needs a worker");
  for (const Vector<S>& a_i : a) {
    require_compressible(a_i);
    require(a_i.size() == a.front().size(), "a joint compressor needs vectors of one dimension", a_i.size(),
            a.front().size());
  }
}

/// scale * the coordinates of x that are the worker's.
template <Field S>
[[nodiscard]] SparseMessage<S> scaled_coordinates(const Vector<S>& x, const Indices& coordinates, const S& scale) {
  SparseMessage<S> message{coordinates, {}};
  for (const Index i : coordinates) message.values.push_back(positive_zero(S(scale * x[i])));
  return message;
}

template <class C, Field S, Randomness<S> R>
[[nodiscard]] std::vector<Vector<S>> jointly_compressed(const C& compressor, const std::vector<Vector<S>>& a,
                                                        R& random) {
  require_compressible(a);
  const Index d = a.front().size();
  const auto n = static_cast<Index>(a.size());
  const std::vector<Indices> coordinates = compressor.shared_choice(n, d, random);
  std::vector<Vector<S>> received;
  for (std::size_t i = 0; i < a.size(); ++i)
    received.push_back(compressor.reconstruct(compressor.message(a[i], n, coordinates[i]), d));
  return received;
}

/// The scalars only.
template <WireScalar S>
void put_values(const SparseMessage<S>& message, BitWriter& out) {
  for (const S& value : message.values) put_scalar(value, out);
}
template <WireScalar S>
[[nodiscard]] SparseMessage<S> get_values(const Indices& coordinates, BitReader& in) {
  SparseMessage<S> message{coordinates, {}};
  for (std::size_t j = 0; j < coordinates.size(); ++j) message.values.push_back(get_scalar<S>(in));
  return message;
}

}  // namespace touchstone::inline v0
