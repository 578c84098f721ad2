#pragma once
/// \file
/// A generalized linear model on sparse data, l2-regularized, split among n workers:
///
///     f(x)    = (1/M) sum_r l(b_r a_r'x) + lambda |x|^2/2,      x in R^d
///     f_i(x)  = (n/M) sum_{r in shard i} l(b_r a_r'x) + lambda |x|^2/2
///     f_ij(x) = (n m_i/M) l(b_r a_r'x) + lambda |x|^2/2         r the j-th row of shard i
///
/// with labels b_r = -1, +1 and a loss l of the margin, |l''| <= C (losses.hpp). Shards are contiguous; the first M mod n of them
/// have one row more. f does not depend on n, and f = (1/n) sum_i f_i, f_i = (1/m_i) sum_j f_ij.
///
/// Constants  L, L_i, L_ij are lambda plus upper bounds, exact to about 1e-11 (spectral_bound.hpp), on
///            C lambda_max(A'A)/M, n C lambda_max(A_i'A_i)/M, n m_i C |a_r|^2/M; mu = lambda if the loss is convex, else 0

#include <utility>
#include <vector>

#include "touchstone/problems/losses.hpp"
#include "touchstone/problems/problem.hpp"
#include "touchstone/problems/sparse_data.hpp"
#include "touchstone/problems/spectral_bound.hpp"

namespace touchstone::inline v0 {

template <FieldWithSqrt S, MarginLoss<S> Loss>
class GeneralizedLinearModel {
 public:
  /// Throws precondition_error unless 1 <= n <= M, d >= 1, lambda is finite and > 0 for a convex loss, >= 0 for another, one
  /// label -1 or +1 for each row, and entries that are finite and whose squares do not overflow.
  GeneralizedLinearModel(SparseData data, Index n, S lambda) : lambda_(std::move(lambda)) {
    const Index M = data.rows.rows();
    require(1 <= n && n <= M, "a generalized linear model needs 1 <= n <= M (workers n, rows M)", n, M);
    require(data.rows.cols() >= 1, "a generalized linear model needs dimension d >= 1", data.rows.cols());
    require(static_cast<Index>(data.labels.size()) == M, "one label for each row (labels, rows)",
            data.labels.size(), M);
    require_regularization();
    for (Index i = 0; i <= n; ++i) first_.push_back(i * (M / n) + std::min(i, M % n));
    data.rows.makeCompressed();
    declare_constants(data.rows);
    multiply_by_labels(data);
    if constexpr (std::same_as<S, double>)
      rows_ = std::move(data.rows);
    else
      rows_ = data.rows.unaryExpr([](double a) { return S(a); });
  }

  [[nodiscard]] Index workers() const { return static_cast<Index>(first_.size()) - 1; }
  [[nodiscard]] Index dimension() const { return rows_.cols(); }
  /// M
  [[nodiscard]] Index rows() const { return rows_.rows(); }
  /// m_i
  [[nodiscard]] Index components(Index i) const { return end(i) - begin(i); }
  [[nodiscard]] const S& lambda() const { return lambda_; }
  [[nodiscard]] const ProblemConstants<S>& constants() const { return constants_; }
  /// The rows b_r a_r, M x d: all that the losses depend on. Those of worker i are begin(i), ..., end(i) - 1.
  [[nodiscard]] const SparseRows<S>& labelled_rows() const { return rows_; }
  [[nodiscard]] Index begin(Index i) const { return first_[static_cast<std::size_t>(i)]; }
  [[nodiscard]] Index end(Index i) const { return first_[static_cast<std::size_t>(i) + 1]; }

  /// Of f_i. x has length d.
  [[nodiscard]] Vector<S> gradient(Index i, const Vector<S>& x) const {
    return gradient_of_rows(begin(i), end(i), ratio<S>(workers(), rows()), x);
  }
  /// Of f_ij. x has length d.
  [[nodiscard]] Vector<S> component_gradient(Index i, Index j, const Vector<S>& x) const {
    const Index r = begin(i) + j;
    return gradient_of_rows(r, r + 1, ratio<S>(workers() * components(i), rows()), x);
  }

  /// f(x), f_i(x), f_ij(x). x has length d.
  [[nodiscard]] S value(const Vector<S>& x) const { return value_of_rows(0, rows(), ratio<S>(1, rows()), x); }
  [[nodiscard]] S value(Index i, const Vector<S>& x) const {
    return value_of_rows(begin(i), end(i), ratio<S>(workers(), rows()), x);
  }
  [[nodiscard]] S component_value(Index i, Index j, const Vector<S>& x) const {
    const Index r = begin(i) + j;
    return value_of_rows(r, r + 1, ratio<S>(workers() * components(i), rows()), x);
  }

 private:
  using StorageIndex = typename SparseRows<S>::StorageIndex;

  /// lambda x plus the sum over these rows c_r of weight l'(c_r'x) c_r. One pass over the data. A row's
  /// multiple is added when the next row's product is known, so that the exponential does not hold the pass up;
  /// rows are short (14 entries in a9a): unrolling by two is best, by four costs three percent.
  [[nodiscard]] Vector<S> gradient_of_rows(Index first, Index last, const S& weight, const Vector<S>& x) const {
    const StorageIndex* starts = rows_.outerIndexPtr();
    const StorageIndex* columns = rows_.innerIndexPtr();
    const S* entries = rows_.valuePtr();
    const S zero(0);
    S margin(0);
    S slope(0);
    Vector<S> g = lambda_ * x;
    const auto add_multiple_of_row = [&](Index r) {
#pragma GCC unroll 2
      for (StorageIndex k = starts[r]; k < starts[r + 1]; ++k) add_product(g[columns[k]], entries[k], slope);
    };
    for (Index r = first; r < last; ++r) {
      margin = zero;
#pragma GCC unroll 2
      for (StorageIndex k = starts[r]; k < starts[r + 1]; ++k) add_product(margin, entries[k], x[columns[k]]);
      if (r > first) add_multiple_of_row(r - 1);
      slope = weight * Loss::slope(margin);
    }
    add_multiple_of_row(last - 1);
    return g;
  }

  [[nodiscard]] S value_of_rows(Index first, Index last, const S& weight, const Vector<S>& x) const {
    const StorageIndex* starts = rows_.outerIndexPtr();
    const StorageIndex* columns = rows_.innerIndexPtr();
    const S* entries = rows_.valuePtr();
    S losses(0);
    for (Index r = first; r < last; ++r) {
      S margin(0);
      for (StorageIndex k = starts[r]; k < starts[r + 1]; ++k) add_product(margin, entries[k], x[columns[k]]);
      losses += Loss::value(margin);
    }
    S squares(0);
    for (Index c = 0; c < x.size(); ++c) add_product(squares, x[c], x[c]);
    return S(S(weight * losses) + S(S(lambda_ * squares) / S(2)));
  }

  void require_regularization() const {
    if constexpr (Loss::is_convex)
      require(is_finite(lambda_) && is_finite(S(S(1) / lambda_)) && static_cast<double>(lambda_) > 0,
              "a convex generalized linear model needs lambda > 0, with a finite inverse", lambda_);
    else
      require(is_finite(lambda_) && static_cast<double>(lambda_) >= 0,
              "a generalized linear model needs a finite lambda >= 0", lambda_);
  }

  static void multiply_by_labels(SparseData& data) {
    double* entries = data.rows.valuePtr();
    for (Index r = 0; r < data.rows.rows(); ++r) {
      const int b = data.labels[static_cast<std::size_t>(r)];
      require(b == -1 || b == 1, "a label needs to be -1 or +1 (row, label)", r, b);
      for (StorageIndex k = data.rows.outerIndexPtr()[r]; k < data.rows.outerIndexPtr()[r + 1]; ++k)
        entries[k] *= b;
    }
  }

  void declare_constants(const SparseRows<double>& A) {
    const Index M = A.rows();
    const Index n = workers();
    for (Index k = 0; k < A.nonZeros(); ++k)
      require(std::isfinite(A.valuePtr()[k]), "an entry of the data needs to be finite", A.valuePtr()[k]);
    constants_.mu = Loss::is_convex ? lambda_ : S(0);
    constants_.L = smoothness(largest_gram_eigenvalue_bound(A), 1, M);
    const std::vector<double> squares = squared_row_norm_bounds(A);
    for (Index i = 0; i < n; ++i) {
      const double largest =
          largest_gram_eigenvalue_bound(SparseRows<double>(A.middleRows(begin(i), components(i))));
      constants_.L_i.push_back(smoothness(largest, n, M));
      constants_.L_ij.emplace_back();
      for (Index r = begin(i); r < end(i); ++r)
        constants_.L_ij.back().push_back(smoothness(squares[static_cast<std::size_t>(r)], n * components(i), M));
    }
  }

  /// At least C p/M eigenvalue + lambda: the last factor exceeds what the roundings before it can lose.
  [[nodiscard]] S smoothness(double eigenvalue, Index p, Index M) const {
    require(std::isfinite(eigenvalue), "the squares of the data overflow; the largest eigenvalue found is",
            eigenvalue);
    constexpr Fraction C = Loss::curvature;
    const Index resolution = Index{1} << (std::same_as<S, float> ? 20 : 48);
    const S loss(S(S(eigenvalue) * integer<S>(C.numerator * p)) / integer<S>(C.denominator * M));
    return S(S(loss + lambda_) * S(S(1) + ratio<S>(1, resolution)));
  }

  S lambda_;
  std::vector<Index> first_;  ///< of each shard, and M
  SparseRows<S> rows_;        ///< b_r a_r
  ProblemConstants<S> constants_;
};

}  // namespace touchstone::inline v0
