#pragma once
/// \file
/// The theorem of a method of `touchstone run`, whatever number type the method runs in.

#include <functional>
#include <optional>
#include <string>

#include "verify/experiment/facts.hpp"
#include "verify/experiment/guarantee.hpp"
#include "verify/experiment/settings.hpp"

namespace touchstone::inline v0 {

struct Theorem {
  std::string claim;   ///< that checks it
  bool deterministic;  ///< whether every run keeps the promise, not only the mean over runs
  WantedFacts wanted;
  /// Nothing where there is no theorem.
  std::function<std::optional<Rational>(const ProblemFacts&)> largest_stepsize;
  /// For a stepsize that is at most the largest.
  std::function<Guarantee(const ProblemFacts&, const Rational& gamma)> guarantee;
  /// V^0 = |x^0 - x*|^2 + sigma_weight sigma_0^2 + start for x^0 = 0, an upper bound. `box` encloses x*.
  std::function<Rational(const Guarantee&, const LogisticRegression<Interval<50>>& f,
                         const Vector<Interval<50>>& box, const Rational& gamma)>
      initial_lyapunov;
};

/// Of settings.method. Throws usage_error for an unknown method and for settings that do not fit it.
[[nodiscard]] Theorem theorem_of(const ExperimentSettings& settings);

}  // namespace touchstone::inline v0
