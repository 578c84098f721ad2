#pragma once
/// \file
/// The best approximation of rank r.
///
///     C(X) = sum over the r largest sigma_j of sigma_j u_j v_j^T,      X = sum over j of sigma_j u_j v_j^T
///
/// Contract   contractive with delta = r/min(rows, columns), attained where all singular values are equal; biased.
///            |C(X) - X|^2 = |X|^2 - |C(X)|^2
/// Flags      odd, homogeneous, deterministic
/// Draws      none
/// Sends      two matrices, rows x r and columns x r: r (rows + columns) B bits, always
/// Ties       between singular values keep the column that the decomposition has first; the result is then not the only
///            best one, its error is
/// Numbers    by one-sided Jacobi (one_sided_jacobi.hpp), of X^T where X has more columns than rows. Exact in an exact type
///            that holds the roots met: X with orthogonal columns, Pythagorean rotations of such; refused otherwise
/// Source     literature (Eckart, Young)

#include <algorithm>
#include <numeric>

#include "touchstone/compressors/low_rank_message.hpp"
#include "touchstone/compressors/one_sided_jacobi.hpp"

namespace touchstone::inline v0 {

struct SvdRankR {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = true;
  static constexpr bool attained_everywhere = false;

  Index rows;
  Index columns;
  Index r;  ///< 1 <= r <= min(rows, columns)

  template <Field S>
  using Message = LowRankMessage<S>;

  /// Throws precondition_error unless d = rows * columns, 1 <= r <= min(rows, columns), all coordinates are finite and S
  /// holds the roots that are needed.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& /*random*/) const {
    require_compressible(x);
    require_parameters(x.size());
    const int exponent = scale_exponent(x);
    Matrix<S> X = as_matrix(x, rows);
    multiply_by_power_of_two(X, -exponent);
    const bool wide = columns > rows;
    const OrthogonalColumns<S> f = orthogonal_columns(wide ? Matrix<S>(X.transpose()) : X);
    Matrix<S> W(f.W.rows(), r);
    Matrix<S> V(f.V.rows(), r);
    const Indices largest = largest_of(f.squares);
    for (Index k = 0; k < r; ++k) {
      const Index j = largest[static_cast<std::size_t>(k)];
      W.col(k) = f.W.col(j) / f.V.col(j).squaredNorm();
      V.col(k) = f.V.col(j);
    }
    multiply_by_power_of_two(W, exponent);
    return wide ? Message<S>{V, W} : Message<S>{W, V};
  }

  template <Field S>
  [[nodiscard]] Vector<S> reconstruct(const LowRankMessage<S>& message, Index /*d*/) const {
    return product_of(message);
  }

  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Vector<S> compress(const Vector<S>& x, R& random) const {
    return reconstruct(message(x, random), x.size());
  }

  template <Field S>
  [[nodiscard]] S delta(Index d) const {
    require_parameters(d);
    return ratio<S>(r, std::min(rows, columns));
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_parameters(d);
    return as_vector(Matrix<S>(Matrix<S>::Identity(rows, columns)));
  }

  [[nodiscard]] Index message_bits(Index /*d*/, Index scalar_bits) const {
    return low_rank_bits(rows, columns, r, scalar_bits);
  }

  template <Field S>
  [[nodiscard]] Index bits(const LowRankMessage<S>& /*message*/, Index d, Index scalar_bits) const {
    return message_bits(d, scalar_bits);
  }

  template <WireScalar S>
  void write(const LowRankMessage<S>& message, Index /*d*/, BitWriter& out) const {
    put_low_rank(message, out);
  }

  template <WireScalar S>
  [[nodiscard]] LowRankMessage<S> read(Index d, BitReader& in) const {
    require_parameters(d);
    return get_low_rank<S>(rows, columns, r, in);
  }

 private:
  void require_parameters(Index d) const {
    require_shape(rows, columns, d);
    require_rank(r, std::min(rows, columns));
  }

  /// The r largest, in descending order, ties to the lower index.
  template <DecidingField S>
  [[nodiscard]] Indices largest_of(const Vector<S>& squares) const {
    Indices order(static_cast<std::size_t>(squares.size()));
    std::iota(order.begin(), order.end(), Index{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](Index i, Index j) { return decided_less(squares[j], squares[i]); });
    order.resize(static_cast<std::size_t>(r));
    return order;
  }
};

}  // namespace touchstone::inline v0
