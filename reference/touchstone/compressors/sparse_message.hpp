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

/// The indices, then the scalars. The receiver knows how many there are.
template <WireScalar S>
void put_sparse(const SparseMessage<S>& message, Index d, BitWriter& out) {
  for (const Index i : message.indices) put_index(i, d, out);
  for (const S& value : message.values) put_scalar(value, out);
}

/// Throws precondition_error unless there are K ascending indices below d and K finite scalars.
template <WireScalar S>
[[nodiscard]] SparseMessage<S> get_sparse(Index K, Index d, BitReader& in) {
  SparseMessage<S> message;
  for (Index j = 0; j < K; ++j) {
    const Index i = get_index(d, in);
    require(j == 0 || message.indices.back() < i, "the indices of a message ascend (index, index before it)", i,
            j == 0 ? i : message.indices.back());
    message.indices.push_back(i);
  }
  for (Index j = 0; j < K; ++j) message.values.push_back(get_scalar<S>(in));
  return message;
}

}  // namespace touchstone::inline v0
