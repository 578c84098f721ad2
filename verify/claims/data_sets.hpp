#pragma once
/// \file
/// The real data of the claims `unified-sgd/METHOD/data` and `error-feedback/comparison/DATA`, with their solutions.
///
/// heart_scale comes with Debian's liblinear-tools. Where the environment variable TOUCHSTONE_DATA names a folder, the
/// first rows of those of mushrooms, phishing, a9a and w8a that are in it are taken too, and heart_scale itself where the
/// package has left it out.

#include <vector>

#include "verify/experiment/solutions.hpp"

namespace touchstone::inline v0 {

/// f(x) = (1/M) sum_r log(1 + exp(-b_r a_r'x)) + |x|^2/16: lambda = 1/8 makes the theorems' rates visible.
struct SolvedData {
  static constexpr double lambda = 0.125;
  std::string name;                ///< "heart_scale", "a9a (first 300 rows)"
  SparseData data;                 ///< those rows
  Vector<double> x_star;           ///< rounded
  Vector<Interval<50>> enclosure;  ///< of x*
};

/// heart_scale first. Throws input_error where that is not to be found.
[[nodiscard]] const std::vector<SolvedData>& solved_data();

/// The names of their files, in that order; known without reading one.
[[nodiscard]] std::vector<std::string> data_set_names();

}  // namespace touchstone::inline v0
