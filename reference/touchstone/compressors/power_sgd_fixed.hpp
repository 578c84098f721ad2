#pragma once
/// \file
/// PowerSGD's compressor with a given start: the columns of X are projected on the range of X Q0.
///
///     C(X) = P X,      P the orthogonal projection on the range of X Q0,      X rows x columns, Q0 columns x r
///
/// Contract   none: |C(X) - X|^2 = |X|^2 - |C(X)|^2 <= |X|^2 and no delta > 0 holds for every X. With Q0 = (1, 0)^T and
///            X = [0 1; 0 0] the result is 0. So neither omega nor delta is stated
/// Flags      odd, homogeneous, deterministic
/// Draws      none
/// Sends      two matrices, rows x r and columns x r: r (rows + columns) B bits, always
/// Numbers    no root: rational for rational X and Q0. The number type is that of Q0, which is warm in practice
/// Source     PowerSGD (Vogels et al.), one step. The projection does not depend on how the range is made orthogonal

#include "touchstone/compressors/subspace_projection.hpp"

namespace touchstone::inline v0 {

template <DecidingField T>
struct PowerSgdFixed {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = false;

  Index rows;       ///< of X
  Matrix<T> start;  ///< Q0, columns x r; finite

  template <Field S>
  using Message = LowRankMessage<S>;

  /// Throws precondition_error unless d = rows * columns, 1 <= r <= columns and all numbers are finite.
  template <class R>
  requires Randomness<R, T>
  [[nodiscard]] LowRankMessage<T> message(const Vector<T>& x, R& /*random*/) const {
    require_compressible(x);
    require_parameters(x.size());
    return projected_on_range(as_matrix(x, rows), start);
  }

  [[nodiscard]] Vector<T> reconstruct(const LowRankMessage<T>& message, Index /*d*/) const {
    return product_of(message);
  }

  template <class R>
  requires Randomness<R, T>
  [[nodiscard]] Vector<T> compress(const Vector<T>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  [[nodiscard]] Index message_bits(Index /*d*/, Index scalar_bits) const {
    return low_rank_bits(rows, start.rows(), start.cols(), scalar_bits);
  }

  [[nodiscard]] Index bits(const LowRankMessage<T>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  void write(const LowRankMessage<T>& message, Index /*d*/, BitWriter& out) const requires WireScalar<T> {
    put_low_rank(message, out);
  }

  template <WireScalar S>
  requires std::same_as<S, T>
  [[nodiscard]] LowRankMessage<S> read(Index d, BitReader& in) const {
    require_parameters(d);
    return get_low_rank<S>(rows, start.rows(), start.cols(), in);
  }

 private:
  void require_parameters(Index d) const {
    require_shape(rows, start.rows(), d);
    require_rank(start.cols(), start.rows());
    for (Index j = 0; j < start.cols(); ++j)
      for (Index i = 0; i < start.rows(); ++i)
        require(is_finite(start(i, j)), "PowerSGD needs a finite start (row, column)", i, j);
  }
};

}  // namespace touchstone::inline v0
