#pragma once
/// \file
/// Random columns: the columns of X are projected on the range of r of them, chosen uniformly at random.
///
///     C(X) = P_S X,      P_S the orthogonal projection on the range of the columns in S,
///                        S uniform on the r-subsets of the columns
///
/// Contract   contractive with delta = r/columns, attained where X has one column that is not zero, and where all columns
///            are orthogonal: P_S keeps the columns in S, so E|C(X)|^2 >= E sum over j in S of |X_j|^2 = (r/columns)|X|^2
/// Flags      odd, homogeneous
/// Draws      S
/// Sends      two matrices, rows x r and columns x r: r (rows + columns) B bits, always
/// Numbers    no root: rational for rational X
/// Source     derived; PowerSGD's step with r columns of the identity as start

#include "touchstone/compressors/subspace_projection.hpp"

namespace touchstone::inline v0 {

struct RandomColumn {
  static constexpr bool linear = false;
  static constexpr bool odd = true;
  static constexpr bool homogeneous = true;
  static constexpr bool two_homogeneous = true;
  static constexpr bool deterministic = false;
  static constexpr bool attained_everywhere = false;

  Index rows;
  Index columns;
  Index r;  ///< columns chosen, 1 <= r <= columns

  template <Field S>
  using Message = LowRankMessage<S>;

  /// Throws precondition_error unless d = rows * columns, 1 <= r <= columns and all coordinates are finite.
  template <DecidingField S, Randomness<S> R>
  [[nodiscard]] Message<S> message(const Vector<S>& x, R& random) const {
    require_compressible(x);
    require_parameters(x.size());
    Matrix<S> start = Matrix<S>::Zero(columns, r);
    Index k = 0;
    for (const Index j : random.subset(columns, r)) start(j, k++) = S(1);
    return projected_on_range(as_matrix(x, rows), start);
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
    return ratio<S>(r, columns);
  }

  template <Field S>
  [[nodiscard]] std::optional<Vector<S>> worst_case(Index d) const {
    require_parameters(d);
    return Vector<S>(Vector<S>::Unit(d, 0));
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
    require_rank(r, columns);
  }
};

}  // namespace touchstone::inline v0
