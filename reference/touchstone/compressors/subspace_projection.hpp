#pragma once
/// \file
/// The projection of a matrix's columns on the range of X Q0: one step of the power method, as in PowerSGD.
///
///     R <- X
///     for k = 1..r:   p = R q_k;      if p != 0:   c = R^T p / |p|^2,   R <- R - p c^T
///     C(X) = X - R = sum over k of p_k c_k^T
///
/// p_k is (I - P_{k-1}) X q_k, P_{k-1} the projection on the vectors before it: Gram-Schmidt without normalisation, so no
/// root is taken and what is rational stays rational. Every step takes from R its projection on one vector, hence
/// |X - C(X)|^2 = |X|^2 - |C(X)|^2 <= |X|^2, and rounding in p costs nothing of the inequality.

#include "touchstone/compressors/low_rank_message.hpp"

namespace touchstone::inline v0 {

/// The p_k and c_k; both zero where p_k is. `start` is Q0, with as many rows as X has columns.
template <DecidingField S>
[[nodiscard]] LowRankMessage<S> projected_on_range(Matrix<S> X, const Matrix<S>& start) {
  const int exponent = scale_exponent(as_vector(X));
  multiply_by_power_of_two(X, -exponent);
  LowRankMessage<S> m{Matrix<S>::Zero(X.rows(), start.cols()), Matrix<S>::Zero(X.cols(), start.cols())};
  for (Index k = 0; k < start.cols(); ++k) {
    Matrix<S> p = X * start.col(k);
    multiply_by_power_of_two(p, -scale_exponent(as_vector(p)));
    const S squares = p.squaredNorm();
    require(is_finite(squares), "a subspace projection needs a finite X Q0 (column)", k);
    if (decided_equal(squares, S(0))) continue;
    const Matrix<S> c = X.transpose() * p / squares;
    X -= p * c.transpose();
    m.left.col(k) = p;
    m.right.col(k) = c;
  }
  multiply_by_power_of_two(m.right, exponent);
  return m;
}

}  // namespace touchstone::inline v0
