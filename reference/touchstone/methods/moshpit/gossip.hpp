#pragma once
/// \file
/// Gossip: every peer averages with its neighbours, with fixed weights.
///
///     peer i     theta_i <- sum_j W_ij theta_j         W symmetric, nonnegative, every row sums to 1
///
/// Thesis     chapter 6, what Moshpit All-Reduce is compared with
/// State      theta_0, ..., theta_{n-1} in R^d
/// Parameters W in R^{n x n}; W_ij != 0 for neighbours only
/// Draws      nothing
/// Sends      d scalars for every neighbour; 1 step of latency
/// Theory     theory/moshpit/gossip.hpp; the mean is kept, the dispersion falls by the square of the second largest |eigenvalue|
/// Reductions W = (1/n) 11': the exact mean in one step

#include "touchstone/methods/moshpit/peers.hpp"

namespace touchstone::inline v0 {

template <Field S>
class Gossip {
 public:
  /// Throws precondition_error unless W is square and symmetric and its rows sum to 1 (exactly, for exact numbers) and, where
  /// numbers can be compared, no entry is negative.
  explicit Gossip(Matrix<S> W) : mixing_(std::move(W)) {
    require(mixing_.rows() >= 1 && mixing_.rows() == mixing_.cols(),
            "a mixing matrix is n x n, n >= 1 (rows, columns)", mixing_.rows(), mixing_.cols());
    require(mixing_ == mixing_.transpose(), "a mixing matrix is symmetric");
    for (Index i = 0; i < mixing_.rows(); ++i) {
      const S sum = mixing_.row(i).sum();
      if constexpr (is_exact<S>)
        require(sum == S(1), "the rows of a mixing matrix sum to 1 (row, its sum)", i, sum);
      if constexpr (OrderedField<S>)
        for (Index j = 0; j < mixing_.cols(); ++j)
          require(S(0) <= mixing_(i, j), "a mixing matrix has no negative entry (row, column, entry)", i, j,
                  mixing_(i, j));
    }
  }

  [[nodiscard]] const Matrix<S>& W() const { return mixing_; }

  /// One step. Throws precondition_error unless there are n peers with vectors of one length.
  [[nodiscard]] PeerAverage<S> average(const PeerVectors<S>& x) const {
    require_peers(x);
    const Index n = mixing_.rows();
    require(static_cast<Index>(x.size()) == n,
            "gossip needs a row of the mixing matrix for every peer (peers, rows)", x.size(), n);
    PeerAverage<S> next{{}, Traffic::none(n)};
    next.traffic.latency_steps = 1;
    for (Index i = 0; i < n; ++i) {
      Vector<S> sum = Vector<S>::Zero(x.front().size());
      for (Index j = 0; j < n; ++j) {
        if (mixing_(i, j) == S(0)) continue;
        sum += mixing_(i, j) * x[static_cast<std::size_t>(j)];
        if (i != j) next.traffic.add(i, sum.size());
      }
      next.x.push_back(std::move(sum));
    }
    return next;
  }

 private:
  Matrix<S> mixing_;
};

}  // namespace touchstone::inline v0
