#pragma once
/// \file
/// One-sided Jacobi: a matrix's columns are rotated in pairs until they are orthogonal.
///
///     X V = W,  the columns of W orthogonal, those of V too:      X = sum over j of w_j v_j^T / |v_j|^2
///
///     for a pair of columns with alpha = |w_i|^2, beta = |w_j|^2, gamma = w_i.w_j != 0:
///         zeta = (beta - alpha)/(2 gamma),  t = sign(zeta)/(|zeta| + sqrt(1 + zeta^2))
///         (w_i, w_j) <- c (w_i - t w_j, t w_i + w_j),  the same for V
///
/// c = 1/sqrt(1 + t^2) in a type with roots. An exact type takes c = 1, so its only root is sqrt(1 + zeta^2), which it
/// refuses where it does not hold it: orthogonal columns, and pairs rotated by Pythagorean angles, need none.

#include <limits>

#include "touchstone/numbers/norm.hpp"

namespace touchstone::inline v0 {

template <Field S>
struct OrthogonalColumns {
  Matrix<S> W;
  Matrix<S> V;
  Vector<S> squares;  ///< |w_j|^2 / |v_j|^2: the squares of the singular values, in the order of the columns
};

/// gamma = 0; for rounded numbers as nearly as m terms tell, and a column that is nothing but rounding of X counts as zero.
template <DecidingField S>
[[nodiscard]] bool orthogonal(const S& alpha, const S& beta, const S& gamma, [[maybe_unused]] const S& square,
                              [[maybe_unused]] Index m) {
  if constexpr (OrderedField<S> && !is_exact<S>) {
    const S tolerance = S(integer<S>(m) * std::numeric_limits<S>::epsilon());
    const S negligible = S(tolerance * tolerance * square);
    return alpha <= negligible || beta <= negligible || gamma * gamma <= tolerance * tolerance * alpha * beta;
  } else {
    return decided_equal(gamma, S(0));
  }
}

/// For a matrix with at least as many rows as columns. Throws precondition_error where S does not hold a root, and when
/// 60 sweeps are not enough.
template <DecidingField S>
[[nodiscard]] OrthogonalColumns<S> orthogonal_columns(const Matrix<S>& X) {
  const Index n = X.cols();
  const S square = X.squaredNorm();
  OrthogonalColumns<S> f{X, Matrix<S>::Identity(n, n), Vector<S>(n)};
  const auto rotate = [](Matrix<S>& A, Index i, Index j, const S& t, const S& c) {
    const Vector<S> a_i = A.col(i);
    const Vector<S> a_j = A.col(j);
    A.col(i) = c * (a_i - t * a_j);
    A.col(j) = c * (t * a_i + a_j);
  };
  bool rotated = true;
  for (int sweep = 0; rotated; ++sweep) {
    require(sweep < 60, "the singular values need at most 60 sweeps (rows, columns)", X.rows(), n);
    rotated = false;
    for (Index i = 0; i < n; ++i)
      for (Index j = i + 1; j < n; ++j) {
        const S alpha = f.W.col(i).squaredNorm();
        const S beta = f.W.col(j).squaredNorm();
        const S gamma = f.W.col(i).dot(f.W.col(j));
        if (orthogonal(alpha, beta, gamma, square, X.rows())) continue;
        const S zeta = S((beta - alpha) / (integer<S>(2) * gamma));
        const S root = square_root(S(S(1) + zeta * zeta));
        const S t = S((decided_less(zeta, S(0)) ? S(-1) : S(1)) / S(magnitude(zeta) + root));
        const S c = is_exact<S> ? S(1) : S(S(1) / square_root(S(S(1) + t * t)));
        rotate(f.W, i, j, t, c);
        rotate(f.V, i, j, t, c);
        rotated = true;
      }
  }
  for (Index j = 0; j < n; ++j) f.squares[j] = S(f.W.col(j).squaredNorm() / f.V.col(j).squaredNorm());
  return f;
}

}  // namespace touchstone::inline v0
