#pragma once
/// \file
/// What a theorem promises about a run: for all k,
///
///     E|x^k - x*|^2 <= factor (q^k V^0 + floor),      V^0 = |x^0 - x*|^2 + sigma_weight sigma_0^2 + start

#include <algorithm>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/theory/error_feedback/error_compensation.hpp"
#include "touchstone/theory/unified_sgd/assumption.hpp"

namespace touchstone::inline v0 {

struct Guarantee {
  Rational q;             ///< contraction factor, 0 <= q < 1
  Rational floor;         ///< what remains for k -> infinity, before the factor
  Rational sigma_weight;  ///< M gamma^2
  Rational factor = 1;    ///< from the Lyapunov value to the distance
  Rational start = 0;     ///< of V^0, what is known beforehand
};

/// A row of the unified theory and the weight M, which give both the stepsize and the bound.
struct WeightedRow {
  ParametricConstants<Rational> constants;
  Rational M = 0;
};

/// The largest stepsize of the unified theorem.
[[nodiscard]] inline Rational unified_stepsize(const WeightedRow& row, const Rational& mu) {
  const std::vector<Rational> bounds = stepsize_bounds(row.constants, mu, row.M);
  return *std::min_element(bounds.begin(), bounds.end());
}

/// The unified theorem's closed form, for an admissible gamma.
[[nodiscard]] inline Guarantee unified_guarantee(const WeightedRow& row, const Rational& gamma,
                                                 const Rational& mu) {
  const std::vector<Rational> gaps = contraction_gaps(row.constants, gamma, mu, row.M);
  const std::vector<Rational> factors = contraction_factors(row.constants, gamma, mu, row.M);
  return {.q = *std::max_element(factors.begin(), factors.end()),
          .floor = Rational(noise(row.constants, gamma, row.M) / *std::min_element(gaps.begin(), gaps.end())),
          .sigma_weight = Rational(row.M * gamma * gamma)};
}

/// A row of error compensation, and what its theorem asks for besides.
struct CompensatedRow {
  ErrorCompensationConstants<Rational> constants;
  Rational L;       ///< of the error model
  Rational delta;   ///< of the compressor
  Rational s1, s2;  ///< the variance sequences at the start, where the method has them
};

/// A stepsize that the theorem of chapter 3 allows for contraction: the largest, but for a rounded root.
[[nodiscard]] Rational compensated_stepsize(const CompensatedRow& row);

/// Its closed form, for an admissible gamma.
[[nodiscard]] Guarantee compensated_guarantee(const CompensatedRow& row, const Rational& gamma, const Rational& mu);

/// The right-hand side, iteration after iteration, rounded up.
class BoundSequence {
 public:
  using Number = Interval<50>;

  BoundSequence(const Guarantee& g, const Rational& initial_lyapunov)
      : q_(convert<Number>(g.q)),
        value_(convert<Number>(initial_lyapunov)),
        floor_(convert<Number>(g.floor)),
        factor_(convert<Number>(g.factor)) {}

  [[nodiscard]] Real<50> current() const { return upper_end(Number(factor_ * Number(value_ + floor_))); }
  void advance() { value_ *= q_; }

 private:
  Number q_, value_, floor_, factor_;
};

}  // namespace touchstone::inline v0
