#pragma once
/// \file
/// The message of a low-rank compressor: the vector x in R^d is a matrix X, column by column, and what is sent of it is a
/// product of two thin matrices.
///
///     X(i, j) = x[i + rows j],  d = rows columns;      C(X) = left right^T,  left rows x r, right columns x r
///
/// Norms of x are Frobenius norms of X.

#include "touchstone/compressors/compressor.hpp"
#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct LowRankMessage {
  Matrix<S> left;
  Matrix<S> right;
  bool operator==(const LowRankMessage& other) const { return same(left, other.left) && same(right, other.right); }

 private:
  static bool same(const Matrix<S>& A, const Matrix<S>& B) {
    return A.rows() == B.rows() && A.cols() == B.cols() && A == B;
  }
};

inline void require_shape(Index rows, Index columns, Index d) {
  require(rows >= 1 && columns >= 1 && rows * columns == d,
          "a low-rank compressor needs d = rows * columns (rows, columns, d)", rows, columns, d);
}

inline void require_rank(Index r, Index largest) {
  require(1 <= r && r <= largest, "the rank needs to be at least 1 and at most (rank, at most)", r, largest);
}

template <Field S>
[[nodiscard]] Matrix<S> as_matrix(const Vector<S>& x, Index rows) {
  return Eigen::Map<const Matrix<S>>(x.data(), rows, x.size() / rows);
}

template <Field S>
[[nodiscard]] Vector<S> as_vector(const Matrix<S>& X) {
  return Eigen::Map<const Vector<S>>(X.data(), X.size());
}

/// left right^T as a vector.
template <Field S>
[[nodiscard]] Vector<S> product_of(const LowRankMessage<S>& message) {
  const Matrix<S> X = message.left * message.right.transpose();
  Vector<S> x = as_vector(X);
  for (Index i = 0; i < x.size(); ++i) x[i] = positive_zero(x[i]);
  return x;
}

/// The exponent e with 2^e <= |x|_inf < 2^(e+1) for floating point, where squares of X 2^-e neither overflow nor all
/// underflow; 0 for other numbers and for x = 0.
template <Field S>
[[nodiscard]] int scale_exponent(const Vector<S>& x) {
  if constexpr (std::floating_point<S>) {
    const S largest = max_norm(x);
    return largest == S(0) ? 0 : std::ilogb(largest);
  }
  return 0;
}

/// X 2^e, for floating point; other numbers stay as they are.
template <Field S>
void multiply_by_power_of_two(Matrix<S>& X, int e) {
  if constexpr (std::floating_point<S>)
    for (Index j = 0; j < X.cols(); ++j)
      for (Index i = 0; i < X.rows(); ++i) X(i, j) = std::scalbn(X(i, j), e);
}

/// Two matrices with r columns: r (rows + columns) scalars.
[[nodiscard]] inline Index low_rank_bits(Index rows, Index columns, Index r, Index scalar_bits) {
  return r * (rows + columns) * scalar_bits;
}

template <WireScalar S>
void put_low_rank(const LowRankMessage<S>& message, BitWriter& out) {
  for (const Matrix<S>* A : {&message.left, &message.right})
    for (Index j = 0; j < A->cols(); ++j)
      for (Index i = 0; i < A->rows(); ++i) put_scalar((*A)(i, j), out);
}

template <WireScalar S>
[[nodiscard]] LowRankMessage<S> get_low_rank(Index rows, Index columns, Index r, BitReader& in) {
  LowRankMessage<S> message{Matrix<S>(rows, r), Matrix<S>(columns, r)};
  for (Matrix<S>* A : {&message.left, &message.right})
    for (Index j = 0; j < A->cols(); ++j)
      for (Index i = 0; i < A->rows(); ++i) (*A)(i, j) = get_scalar<S>(in);
  return message;
}

}  // namespace touchstone::inline v0
