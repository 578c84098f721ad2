#pragma once
/// \file
/// The logistic regression of the figures: small, from a seed, its solution certified.

#include <cstdint>

#include "verify/experiment/facts.hpp"
#include "verify/experiment/iterates.hpp"

namespace touchstone::inline v0 {

struct SeededShape {
  Index rows, features;
  Index kinds;  ///< of rows, in blocks as equal as shards are
  std::uint64_t seed = 1;
};

/// Entries are multiples of 1/8 in [-1, 1]. The label of a row is the sign of one of its entries, of another for
/// each kind: where every worker has a kind of its own, their solutions differ.
[[nodiscard]] SparseData seeded_data(const SeededShape& shape);

struct SeededProblem {
  SparseData data;
  double lambda;
  LogisticRegression<double> f;
  Vector<double> x_star;  ///< rounded
};

[[nodiscard]] SeededProblem seeded_problem(const SeededShape& shape, Index workers, double lambda);

/// settings.method on the problem, from x^0 = 0. `problem` must outlive it.
[[nodiscard]] std::unique_ptr<Iterates<double>> iterates_on(const SeededProblem& problem,
                                                            const ExperimentSettings& settings, double gamma);

/// f(x) - f(x*)
[[nodiscard]] double gap_on(const SeededProblem& problem, const Vector<double>& x);

}  // namespace touchstone::inline v0
