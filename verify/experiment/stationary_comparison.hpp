#pragma once
/// \file
/// The slides' comparison of chapter 5 on real data: how fast GD, QGD, DIANA and MARINA find points of small gradient, by their
/// theorems and measured, in iterations and in bits.
///
/// The problem is classification with the squared sigmoid loss (problems/losses.hpp), which is not convex. The number that is
/// compared is the mean of |grad f(x^k)|^2 over k < K, which is what E|grad f(xhat^K)|^2 is of the run, against
/// epsilon^2 = accuracy * |grad f(x^0)|^2, x^0 = 0. Of inf f it is used that it is at least 0.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "touchstone/numbers/rational.hpp"
#include "touchstone/problems/sparse_data.hpp"
#include "verify/experiment/course.hpp"
#include "verify/experiment/settings.hpp"

namespace touchstone::inline v0 {

struct StationarySettings {
  std::optional<Index> features;
  Index workers = 20;
  AnyCompressor compressor{RandK{1}};  ///< unbiased
  double regularization = 0;           ///< lambda
  Rational stepsize = 1;               ///< in multiples of those of the theorems
  Rational accuracy{1, 100};           ///< epsilon^2 in multiples of |grad f(x^0)|^2
  Index iterations = 5000;
  std::uint64_t seed = 1;
};

/// After K iterations.
struct StationaryPoint {
  Index K;
  Index bits;       ///< sent by all workers so far, 64 bits a scalar
  double gradient;  ///< |grad f(x^{K-1})|^2
  double mean;      ///< over k < K
  double bound;     ///< what the theorem says of its expectation (QGD: of the least)
};

struct StationaryRun {
  std::string id, name;
  double gamma;
  double promised;               ///< iterations that the theorem needs for epsilon^2
  double promised_bits;          ///< what is sent until then, in the mean
  std::optional<Index> reached;  ///< the first K whose mean is at most epsilon^2
  std::optional<Index> reached_bits;
  bool kept;             ///< the mean (QGD: the least) was below the bound for every K
  double largest_share;  ///< of the bound
  std::vector<StationaryPoint> points;
};

/// Iterations and bits that a theorem needs for an accuracy.
struct ComplexityPoint {
  std::string id;
  double accuracy, iterations, bits;
};

struct StationaryComparison {
  std::string title;    ///< of the figures
  std::string setting;  ///< for a reader: lines of at most 80 columns
  double epsilon_squared;
  std::vector<StationaryRun> runs;
  std::vector<ComplexityPoint> complexity;
  std::vector<Statement> statements;
};

/// In double. `progress` is told which method begins. Throws usage_error and precondition_error where the settings do not fit.
[[nodiscard]] StationaryComparison compare_stationary(const StationarySettings& settings, const SparseData& data,
                                                      const std::function<void(const std::string&)>& progress);

}  // namespace touchstone::inline v0
