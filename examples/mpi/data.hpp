#pragma once
/// \file
/// The rows of the workers of one rank, and their logistic losses.

#include <span>
#include <string>
#include <vector>

/// f_i(x) = (n/M) sum over the rows r of worker i of log(1 + exp(-b_r a_r'x)) + lambda |x|^2/2. Rows are dealt in order; the
/// first M mod n workers have one more.
class Shards {
 public:
  /// Reads the file, keeps the rows of workers first, ..., last - 1 of n. Throws input_error.
  Shards(const std::string& path, int n, int first, int last);

  int rows = 0;      ///< M, of all workers
  int features = 0;  ///< d, the largest index in the file
  double lambda = 0;

  /// Of worker i (counted within the rank): its rows, m_i.
  [[nodiscard]] int components(int i) const { return begin_[index(i) + 1] - begin_[index(i)]; }

  /// g = grad f_i(x)
  void gradient(int i, std::span<const double> x, std::span<double> g) const {
    gradient_of_rows(begin_[index(i)], begin_[index(i) + 1], static_cast<double>(n_) / rows, x, g);
  }
  /// g = grad f_ij(x), where f_i is the mean of the f_ij
  void component_gradient(int i, int j, std::span<const double> x, std::span<double> g) const {
    const int r = begin_[index(i)] + j;
    gradient_of_rows(r, r + 1, static_cast<double>(n_) * components(i) / rows, x, g);
  }

 private:
  static std::size_t index(int i) { return static_cast<std::size_t>(i); }
  void gradient_of_rows(int first, int last, double weight, std::span<const double> x, std::span<double> g) const;

  int n_;
  std::vector<int> begin_;  ///< first row of each worker, counted within the rank; and the end
  std::vector<int> start_;  ///< compressed rows b_r a_r
  std::vector<int> column_;
  std::vector<double> value_;
};
