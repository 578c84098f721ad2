#pragma once
/// \file
/// The message of a sparsifier: some coordinates of a vector, the others are zero.

#include <vector>

#include "touchstone/compressors/wire.hpp"
#include "touchstone/randomness/randomness.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct SparseMessage {
  Indices indices;        ///< ascending
  std::vector<S> values;  ///< of these coordinates
  bool operator==(const SparseMessage&) const = default;
};

template <Field S>
[[nodiscard]] Vector<S> dense(const SparseMessage<S>& message, Index d) {
  Vector<S> x = Vector<S>::Zero(d);
  for (std::size_t j = 0; j < message.indices.size(); ++j) x[message.indices[j]] = message.values[j];
  return x;
}

inline void put_indices(const Indices& indices, Index d, BitWriter& out) {
  for (const Index i : indices) put_index(i, d, out);
}

/// Throws precondition_error unless there are K ascending indices below d.
[[nodiscard]] inline Indices get_indices(Index K, Index d, BitReader& in) {
  Indices indices;
  for (Index j = 0; j < K; ++j) {
    const Index i = get_index(d, in);
    require(j == 0 || indices.back() < i, "the indices of a message ascend (index, index before it)", i,
            j == 0 ? i : indices.back());
    indices.push_back(i);
  }
  return indices;
}

/// The indices, then the scalars. The receiver knows how many there are.
template <WireScalar S>
void put_sparse(const SparseMessage<S>& message, Index d, BitWriter& out) {
  put_indices(message.indices, d, out);
  for (const S& value : message.values) put_scalar(value, out);
}

/// Throws precondition_error unless there are K ascending indices below d and K finite scalars.
template <WireScalar S>
[[nodiscard]] SparseMessage<S> get_sparse(Index K, Index d, BitReader& in) {
  SparseMessage<S> message{get_indices(K, d, in), {}};
  for (Index j = 0; j < K; ++j) message.values.push_back(get_scalar<S>(in));
  return message;
}

/// A bit for every coordinate, one for those that are sent; then the scalars.
template <WireScalar S>
void put_masked(const SparseMessage<S>& message, Index d, BitWriter& out) {
  std::size_t j = 0;
  for (Index i = 0; i < d; ++i) {
    const bool sent = j < message.indices.size() && message.indices[j] == i;
    out.put(sent ? 1 : 0, 1);
    if (sent) ++j;
  }
  for (const S& value : message.values) put_scalar(value, out);
}

template <WireScalar S>
[[nodiscard]] SparseMessage<S> get_masked(Index d, BitReader& in) {
  SparseMessage<S> message;
  for (Index i = 0; i < d; ++i)
    if (in.get(1) == 1) message.indices.push_back(i);
  for (std::size_t j = 0; j < message.indices.size(); ++j) message.values.push_back(get_scalar<S>(in));
  return message;
}

template <Field S>
[[nodiscard]] Index masked_bits(const SparseMessage<S>& message, Index d, Index scalar_bits) {
  return d + static_cast<Index>(message.indices.size()) * scalar_bits;
}

}  // namespace touchstone::inline v0
