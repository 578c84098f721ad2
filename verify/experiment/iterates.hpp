#pragma once
/// \file
/// A method of `touchstone run` on its way, whichever it is, and what its number type can see.

#include <limits>
#include <memory>

#include "touchstone/numbers/convert.hpp"
#include "touchstone/randomness/seeded.hpp"
#include "verify/experiment/entry.hpp"

namespace touchstone::inline v0 {

template <class S>
class Iterates {
 public:
  Iterates() = default;
  virtual ~Iterates() = default;
  Iterates(const Iterates&) = delete;
  Iterates& operator=(const Iterates&) = delete;
  Iterates(Iterates&&) = delete;
  Iterates& operator=(Iterates&&) = delete;
  [[nodiscard]] virtual const Vector<S>& x() const = 0;
  virtual void step(Seeded& random) = 0;
  [[nodiscard]] virtual Index bits_per_iteration(Index scalar_bits) const = 0;
};

/// settings.method from x^0 = 0. `from.f` must outlive it. Throws usage_error where the settings do not fit.
template <FieldWithSqrt S>
[[nodiscard]] std::unique_ptr<Iterates<S>> iterates(const ExperimentSettings& settings, const Ingredients<S>& from);

extern template std::unique_ptr<Iterates<double>> iterates(const ExperimentSettings&, const Ingredients<double>&);
extern template std::unique_ptr<Iterates<Real<50>>> iterates(const ExperimentSettings&,
                                                             const Ingredients<Real<50>>&);
extern template std::unique_ptr<Iterates<Real<100>>> iterates(const ExperimentSettings&,
                                                              const Ingredients<Real<100>>&);
extern template std::unique_ptr<Iterates<Real<200>>> iterates(const ExperimentSettings&,
                                                              const Ingredients<Real<200>>&);
extern template std::unique_ptr<Iterates<Real<1000>>> iterates(const ExperimentSettings&,
                                                               const Ingredients<Real<1000>>&);

template <class S>
[[nodiscard]] bool all_finite(const Vector<S>& x) {
  for (Index c = 0; c < x.size(); ++c)
    if (!is_finite(x[c])) return false;
  return true;
}

/// Iteration k. False where the run ends: an iterate is not finite, or a compressor refused what is not.
template <class S>
[[nodiscard]] bool advance(Iterates<S>& run, Seeded& random, Index k) {
  random.begin_iteration(k);
  try {
    run.step(random);
  } catch (const precondition_error&) {
    return false;
  }
  return all_finite(run.x());
}

/// Digits that see what is below the roundoff of S.
template <class S>
inline constexpr unsigned solution_digits = 50;
template <unsigned Digits>
inline constexpr unsigned solution_digits<Real<Digits>> = Digits < 100   ? 100
                                                          : Digits < 200 ? 200
                                                                         : 1000;

/// (16 u |x*|/(gamma mu))^2: what rounding in S leaves of |x - x*|^2. `decay` is gamma mu.
template <class S>
[[nodiscard]] Real<50> unresolved_distance_squared(const Real<50>& norm, const Rational& decay) {
  const Real<50> roundoff(std::numeric_limits<S>::epsilon());
  const Real<50> stalled = 16 * roundoff * norm / convert<Real<50>>(decay);
  return stalled * stalled;
}

}  // namespace touchstone::inline v0
