#pragma once
/// \file
/// The rate of gossip, with J = 11'/n:
///
///     disp(W theta) <= lambda^2 disp(theta)     iff     lambda^2 (I - J) - (W - J)^2 >= 0
///
/// lambda = max{|lambda_2|, |lambda_n|} is the least; no eigenvalue need be known to check one. On a ring of n peers with weight a for
/// oneself and b for each of two neighbours the eigenvalues are a + 2 b cos(2 pi j/n):
///
///     n = 3   a = b = 1/3      lambda = 0: the mean in one step
///     n = 4   a = b = 1/3      lambda = 1/3
///     n = 4   a = 1/2, b = 1/4 lambda = 1/2
///     n = 6   a = b = 1/3      lambda = 2/3
///     n = 6   a = 1/2, b = 1/4 lambda = 3/4
///
/// Source     derived; folklore

#include "touchstone/core/require.hpp"
#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

/// J
template <Field S>
[[nodiscard]] Matrix<S> averaging_matrix(Index n) {
  return Matrix<S>::Constant(n, n, ratio<S>(1, n));
}

/// lambda^2 (I - J) - (W - J)^2
template <Field S>
[[nodiscard]] Matrix<S> gossip_gap_form(const Matrix<S>& W, const S& lambda) {
  const Matrix<S> J = averaging_matrix<S>(W.rows());
  const Matrix<S> rest = W - J;
  return Matrix<S>(Matrix<S>(Matrix<S>::Identity(W.rows(), W.cols()) - J) * S(lambda * lambda) - rest * rest);
}

/// Of a ring of n >= 3 peers with weights a, b, b. Throws precondition_error where n < 3.
template <Field S>
[[nodiscard]] Matrix<S> ring_mixing_matrix(Index n, const S& a, const S& b) {
  require(n >= 3, "a ring has n >= 3 peers (n)", n);
  Matrix<S> W = Matrix<S>::Zero(n, n);
  for (Index i = 0; i < n; ++i) {
    W(i, i) = a;
    W(i, (i + 1) % n) = b;
    W((i + 1) % n, i) = b;
  }
  return W;
}

}  // namespace touchstone::inline v0
