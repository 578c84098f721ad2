#pragma once
/// \file
/// The methods of chapter 3 side by side: the comparison of slides 51-54 on real data, and the story of Top1 (slides 43-46) in
/// rational numbers; and what the slides say about them, checked.

#include <functional>

#include "touchstone/problems/sparse_data.hpp"
#include "verify/experiment/course.hpp"
#include "verify/experiment/settings.hpp"

namespace touchstone::inline v0 {

/// "ec-gd-star", "EC-GDstar", and what is said about it.
struct ComparedMethod {
  std::string id, name;
  Behaviour stated;
};

struct ComparedRun {
  ComparedMethod method;
  Index bits_per_iteration;  ///< from all workers, 64 bits a scalar
  std::vector<GapPoint> points;
  Course course;
};

struct Comparison {
  std::string title;    ///< of the figures
  std::string setting;  ///< for a reader: lines of at most 80 columns
  std::vector<ComparedRun> runs;
  std::vector<Statement> statements;
};

struct ComparisonSettings {
  std::optional<Index> features;
  Index workers = 20;
  AnyCompressor compressor{TopK{1}};
  AnyCompressor shift_compressor{RandK{1}};
  std::optional<double> regularization;  ///< lambda; 1/M, rounded, if absent
  Rational stepsize = 1;                 ///< in multiples of 1/L, for all methods
  Index iterations = 1000;
  std::uint64_t seed = 1;
};

/// The eight methods of the slides.
[[nodiscard]] const std::vector<ComparedMethod>& compared_methods();

/// Iterations whose gaps are recorded: about two hundred, and the last.
[[nodiscard]] bool is_recorded(Index k, Index iterations);

using Progress = std::function<void(const std::string& method)>;

/// In the number type S, from x^0 = 0. Throws usage_error and precondition_error where the settings do not fit.
template <FieldWithSqrt S>
[[nodiscard]] Comparison compare_on_data(const ComparisonSettings& settings, const SparseData& data,
                                         const Progress& progress);

extern template Comparison compare_on_data<double>(const ComparisonSettings&, const SparseData&, const Progress&);
extern template Comparison compare_on_data<Real<50>>(const ComparisonSettings&, const SparseData&, const Progress&);
extern template Comparison compare_on_data<Real<100>>(const ComparisonSettings&, const SparseData&,
                                                      const Progress&);
extern template Comparison compare_on_data<Real<200>>(const ComparisonSettings&, const SparseData&,
                                                      const Progress&);
extern template Comparison compare_on_data<Real<1000>>(const ComparisonSettings&, const SparseData&,
                                                       const Progress&);

/// Exactly, in rational numbers. `stepsize` in multiples of 1/L, L that of the first of its two problems.
[[nodiscard]] Comparison compare_on_top1(const Rational& stepsize, Index iterations);

}  // namespace touchstone::inline v0
