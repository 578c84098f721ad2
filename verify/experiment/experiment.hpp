#pragma once
/// \file
/// A method on a data set, beside what its theorem promises.

#include <functional>
#include <limits>

#include "touchstone/numbers/real.hpp"
#include "touchstone/problems/sparse_data.hpp"
#include "verify/experiment/facts.hpp"
#include "verify/experiment/guarantee.hpp"
#include "verify/experiment/settings.hpp"

namespace touchstone::inline v0 {

/// What is known before the first step.
struct ExperimentHeader {
  ProblemFacts facts;
  Index rows;
  Rational gamma;                            ///< the stepsize, exactly as the run uses it
  std::optional<Rational> largest_stepsize;  ///< of the theorem, if there is one
  std::optional<Guarantee> guarantee;        ///< if the theorem allows gamma
  bool deterministic;                        ///< whether every run keeps the promise
  std::string claim;                         ///< that checks the theorem
  Index bits_per_iteration;                  ///< from all workers, 64 bits a scalar
  std::string resolution;                    ///< how closely the solution is known, such as "1e-44"
};

struct ExperimentRow {
  Index k;                        ///< iterations done
  Real<50> distance_squared;      ///< |x^k - x*|^2, an upper bound that is tight to the digits shown
  std::optional<Real<50>> bound;  ///< of the theorem
  std::optional<Real<50>> gap;    ///< f(x^k) - f(x*), an upper bound; every `gap_every` iterations
  std::vector<std::string> x;     ///< if states_wanted: decimals that S reads back to the same number
};

/// How the run compares with the promise.
struct ExperimentVerdict {
  bool finite = true;                  ///< no coordinate became infinite or NaN
  std::optional<Index> first_above;    ///< the first k at which the promise is broken
  std::optional<Index> last_compared;  ///< the last k whose bound is above the roundoff of S
};

using HeaderSink = std::function<void(const ExperimentHeader&)>;
using RowSink = std::function<void(const ExperimentRow&)>;

/// Runs the method in the number type S from x^0 = 0. `row` is called for k = 0, ..., iterations, or until the
/// iterates are no longer finite.
///
/// The promise of a deterministic method is compared in every iteration, that of a randomized one, which is about
/// the mean, in the last: there a run counts as above only beyond 10^6 times the bound, which by Markov's inequality
/// happens to a correct method with probability at most 10^-6. What rounding leaves is no breach: a bound below
/// (16 u |x*|/(gamma mu))^2, u the roundoff of S, is not compared.
///
/// Throws usage_error where the settings do not fit, the theorem does not allow the stepsize and this is not
/// wanted; precondition_error as the problem does; std::runtime_error where no solution can be certified.
template <FieldWithSqrt S>
[[nodiscard]] ExperimentVerdict run_experiment(const ExperimentSettings& settings, const SparseData& data,
                                               const HeaderSink& header, const RowSink& row);

extern template ExperimentVerdict run_experiment<double>(const ExperimentSettings&, const SparseData&,
                                                         const HeaderSink&, const RowSink&);
extern template ExperimentVerdict run_experiment<Real<50>>(const ExperimentSettings&, const SparseData&,
                                                           const HeaderSink&, const RowSink&);
extern template ExperimentVerdict run_experiment<Real<100>>(const ExperimentSettings&, const SparseData&,
                                                            const HeaderSink&, const RowSink&);
extern template ExperimentVerdict run_experiment<Real<200>>(const ExperimentSettings&, const SparseData&,
                                                            const HeaderSink&, const RowSink&);
extern template ExperimentVerdict run_experiment<Real<1000>>(const ExperimentSettings&, const SparseData&,
                                                             const HeaderSink&, const RowSink&);

}  // namespace touchstone::inline v0
