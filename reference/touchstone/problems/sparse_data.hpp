#pragma once
/// \file
/// Labelled rows of few nonzeros: the data of a classification problem, before it is split among workers.

#include <string>
#include <vector>

#include <Eigen/SparseCore>

#include "touchstone/numbers/scalar.hpp"

namespace touchstone::inline v0 {

template <class S>
using SparseRows = Eigen::SparseMatrix<S, Eigen::RowMajor>;

/// M rows a_1, ..., a_M in R^d with labels b_1, ..., b_M. The entries are doubles whatever the number type of the
/// problem made from them: the data are these numbers, exactly, in every number type that can hold a double.
struct SparseData {
  std::string name;         ///< where the rows come from, for messages and reports
  SparseRows<double> rows;  ///< M x d, compressed
  std::vector<int> labels;  ///< M values, each -1 or +1
};

}  // namespace touchstone::inline v0
