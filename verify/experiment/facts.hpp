#pragma once
/// \file
/// What the theorems ask about a problem and its solution, as exact numbers that are proven bounds.

#include <optional>

#include "verify/experiment/solutions.hpp"

namespace touchstone::inline v0 {

/// Upper bounds, but for mu, which is exact.
struct ProblemFacts {
  Index d, n;
  Index m;      ///< components of the first worker: all of them where n = 1
  Rational mu;  ///< lambda
  Rational L, largest_L_i, largest_L_ij;
  Rational zeta;               ///< (1/n) sum_i |grad f_i(x*)|^2
  Rational sampling_variance;  ///< (1/n) sum_i (1/m_i) sum_j |grad f_ij(x*) - grad f_i(x*)|^2; if wanted
  Rational start_variance;     ///< (1/n) sum_i (1/m_i) sum_j |grad f_ij(0) - grad f_ij(x*)|^2; if wanted
};

/// What costs a gradient of every component, and is 0 where it is not wanted.
struct WantedFacts {
  bool sampling_variance = false;
  bool start_variance = false;
};

/// The box around a certified solution in which x* lies.
template <unsigned Digits>
[[nodiscard]] Vector<Interval<Digits>> enclosure(const CertifiedSolution<Digits>& solution) {
  const Interval<Digits> radius =
      detail::interval_between<Digits>(Real<Digits>(-solution.distance_bound), solution.distance_bound);
  Vector<Interval<Digits>> box = solution.x.template cast<Interval<Digits>>();
  for (Index c = 0; c < box.size(); ++c) box[c] += radius;
  return box;
}

/// `f` has the workers of the run; `box` encloses x*. `declared` are the constants of the same problem in double.
template <unsigned Digits>
[[nodiscard]] ProblemFacts problem_facts(const LogisticRegression<Interval<Digits>>& f,
                                         const ProblemConstants<double>& declared, const Rational& mu,
                                         const Vector<Interval<Digits>>& box, const WantedFacts& wanted) {
  using I = Interval<Digits>;
  const Vector<I> start = Vector<I>::Zero(f.dimension());
  I zeta(0);
  I variance(0);
  I from_start(0);
  for (Index i = 0; i < f.workers(); ++i) {
    const Vector<I> of_worker = f.gradient(i, box);
    const I m = integer<I>(f.components(i));
    zeta += detail::squared_norm<Digits>(of_worker);
    for (Index j = 0; wanted.sampling_variance && j < f.components(i); ++j)
      variance += I(detail::squared_norm<Digits>(Vector<I>(f.component_gradient(i, j, box) - of_worker)) / m);
    for (Index j = 0; wanted.start_variance && j < f.components(i); ++j)
      from_start += I(detail::squared_norm<Digits>(
                          Vector<I>(f.component_gradient(i, j, start) - f.component_gradient(i, j, box))) /
                      m);
  }
  const auto mean = [&](const I& sum) { return Rational(upper_end(I(sum / integer<I>(f.workers())))); };
  return {.d = f.dimension(),
          .n = f.workers(),
          .m = f.components(0),
          .mu = mu,
          .L = Rational(declared.L),
          .largest_L_i = Rational(declared.largest_L_i()),
          .largest_L_ij = Rational(declared.largest_L_ij()),
          .zeta = mean(zeta),
          .sampling_variance = mean(variance),
          .start_variance = mean(from_start)};
}

/// A number of workers, components or coordinates, as the theory takes it.
[[nodiscard]] inline Rational count(Index n) {
  return integer<Rational>(n);
}

/// A problem as its theorems see it.
struct EnclosedProblem {
  LogisticRegression<Interval<50>> f;
  Vector<Interval<50>> box;  ///< encloses x*
  ProblemFacts facts;
};

/// Throws as the problem does, and std::runtime_error where no solution can be certified.
[[nodiscard]] EnclosedProblem enclosed_problem(const SparseData& data, Index workers, double lambda,
                                               const WantedFacts& wanted);

/// lambda; 1/M, rounded, where none is given.
[[nodiscard]] double regularization(const std::optional<double>& given, const SparseData& data);

}  // namespace touchstone::inline v0
