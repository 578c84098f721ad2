#pragma once
/// \file
/// A randomized method on real data against its theorem, E V^k <= bound_k. Runs are independent, and each has V^k above
/// 2 bound_k with probability at most 1/2 (Markov). So more than q of N runs above it refute the theorem, or the method,
/// with error probability at most P(Bin(N, 1/2) > q), which is computed exactly; q is the least for which all comparisons
/// of the check together err with probability below 10^-6.
///
/// A bound below (16 u |x*|/(gamma mu))^2, u the roundoff of double, is not compared.

#include <functional>
#include <string>
#include <vector>

#include "verify/claim.hpp"
#include "verify/claims/data_sets.hpp"
#include "verify/experiment/methods.hpp"

namespace touchstone::inline v0 {

struct DataCase {
  ExperimentSettings settings;  ///< method, workers, compressor, batch, iterations
  Rational share;               ///< of the largest stepsize that the theorem allows
};

/// A run from x^0 = 0 as stated, or varied.
struct DataFactors {
  Rational rate = 1;      ///< the bound shrinks so many times as fast
  Rational stepsize = 1;  ///< of the run; the bound is that of the stepsize as stated
};

/// What is the same for all runs of a case on a data set.
struct DataSetting {
  const SolvedData& on;
  LogisticRegression<double> f;
  double gamma;
  double sigma_weight;
  std::vector<Index> compared;  ///< the k at which V^k is looked at
  std::vector<double> bounds;   ///< at these k
};

[[nodiscard]] DataSetting data_setting(const DataCase& at, const SolvedData& on, const DataFactors& factors);

constexpr Index runs_of_a_case = 40;

/// V^k of one run at the k that are compared; infinite once the run is.
using Trajectory = std::function<std::vector<double>(const DataSetting& setting, Seeded& random)>;

[[nodiscard]] Finding data_finding(const CheckContext& context, const DataCase& at, const DataFactors& factors,
                                   const Trajectory& trajectory);

template <class Entry>
using MethodOf =
    decltype(std::declval<const Entry&>().template method<double>(std::declval<const Ingredients<double>&>()));

/// A fault is planted in the parameters of the method, or in what a step returns.
template <class Entry>
struct DataVariation {
  using State = typename MethodOf<Entry>::State;
  struct Step {
    const DataSetting& setting;
    const State& initial;
    const Vector<double>& x;  ///< before the step
  };
  DataFactors factors{};
  std::function<void(MethodOf<Entry>&)> change{};
  std::function<void(const Step& step, State& after)> alter{};
};

template <class Entry>
[[nodiscard]] std::vector<double> trajectory_of(const DataCase& at, const DataVariation<Entry>& variation,
                                                const DataSetting& setting, Seeded& random) {
  const LogisticRegression<double>& f = setting.f;
  const Vector<double>& x_star = setting.on.x_star;
  MethodOf<Entry> method = entry_of<Entry>(at.settings).template method<double>({f, x_star, setting.gamma});
  if (variation.change) variation.change(method);
  const auto initial = method.initial(f, Vector<double>(Vector<double>::Zero(f.dimension())));
  auto state = initial;
  std::vector<double> values;
  Vector<double> before;
  for (Index k = 0; values.size() < setting.compared.size(); ++k) {
    random.begin_iteration(k);
    if (variation.alter) before = state.x;
    state = method.step(f, std::move(state), random);
    if (variation.alter) variation.alter({setting, initial, before}, state);
    if (k + 1 != setting.compared[values.size()]) continue;
    double V = (state.x - x_star).squaredNorm();
    if constexpr (requires { method.sigma_squared(f, state, x_star); })
      V += setting.sigma_weight * method.sigma_squared(f, state, x_star);
    values.push_back(V);
  }
  return values;
}

template <class Entry>
[[nodiscard]] Check data_check(const DataCase& at, std::vector<Mutant<DataVariation<Entry>>> mutants) {
  const auto run = [at](const CheckContext& context, const DataVariation<Entry>& variation) {
    return data_finding(context, at, variation.factors, [&](const DataSetting& setting, Seeded& random) {
      return trajectory_of<Entry>(at, variation, setting, random);
    });
  };
  return make_check<DataVariation<Entry>>(Layer::sampled, Level::measured, run, {}, std::move(mutants));
}

}  // namespace touchstone::inline v0
