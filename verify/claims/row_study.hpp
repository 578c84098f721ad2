#pragma once
/// \file
/// The three checks of a row of the unified theory, the same for every method: the assumption's lines at exact states,
/// the closed forms of the second moments, and the theorem's bound on E[V^k] for k = 0, ..., 200.

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "touchstone/problems/rational_quadratic.hpp"
#include "verify/claim.hpp"
#include "verify/engine/assumption.hpp"
#include "verify/engine/coordinates.hpp"
#include "verify/engine/second_moments.hpp"
#include "verify/engine/shared_choices.hpp"

namespace touchstone::inline v0 {

/// A method on an instance, at a state, with the row that is claimed for it.
template <class Method>
struct RowCase {
  Quadratic<Rational> f;
  Vector<Rational> x_star;
  Method method;
  typename Method::State state;
  typename Method::State solution;  ///< x = x* and sigma^2 = 0: where V vanishes
  ParametricConstants<Rational> row;
  Rational M;         ///< weight of sigma^2 in V
  std::string where;  ///< which instance and state, in a few words
};

/// What a mutant changes; as stated, nothing.
template <class Method>
struct RowVariation {
  using State = typename Method::State;
  std::function<void(RowCase<Method>&)> change{};  ///< of the row, the parameters or M
  std::function<void(const RowCase<Method>&, const State& before, State& after)> alter{};  ///< of the update
  bool shared_choices = false;  ///< all workers make worker 0's choices
  Rational mu_factor = 1;       ///< the rate is claimed for mu times this
};

template <class Method>
using RowCases = std::function<std::vector<RowCase<Method>>(Seeded&)>;

/// E|g|^2 and E sigma_{k+1}^2 as closed forms at a case.
template <class Method>
using ClosedForms = std::function<std::pair<Rational, Rational>(const RowCase<Method>&)>;

/// sigma_k^2, zero for methods without one.
template <class Method>
[[nodiscard]] Rational sigma_squared_at(const RowCase<Method>& at, const typename Method::State& state) {
  if constexpr (requires { at.method.sigma_squared(at.f, state, at.x_star); })
    return at.method.sigma_squared(at.f, state, at.x_star);
  else
    return Rational(0);
}

/// One step of the case under a variation.
template <class Method, class Source>
[[nodiscard]] typename Method::State varied_step(const RowCase<Method>& at, const RowVariation<Method>& variation,
                                                 const typename Method::State& before, Source& random) {
  typename Method::State after = [&] {
    if (!variation.shared_choices) return at.method.step(at.f, before, random);
    SharedChoices<Source> shared(random);
    return at.method.step(at.f, before, shared);
  }();
  if (variation.alter) variation.alter(at, before, after);
  return after;
}

template <class Method>
[[nodiscard]] AssumptionSides<Rational> sides_at(const RowCase<Method>& at, const RowVariation<Method>& variation) {
  using State = typename Method::State;
  return assumption_sides<Rational>([&](const Quadratic<Rational>&, const State& s,
                                        auto& random) { return varied_step(at, variation, s, random); },
                                    at.f, at.method.gamma, at.state, at.x_star, at.row,
                                    [&](const State& s) { return sigma_squared_at(at, s); });
}

/// (K1), (K2), (K3) at every case, exactly.
template <class Method>
[[nodiscard]] Check assumption_check(RowCases<Method> cases, std::vector<Mutant<RowVariation<Method>>> mutants) {
  const auto run = [cases](const CheckContext& context, const RowVariation<Method>& variation) {
    Seeded random = context.random("assumption");
    Inspection inspection;
    Tightness second_moment;
    Tightness next_sigma;
    std::size_t outcomes = 0;
    std::size_t states = 0;
    for (RowCase<Method>& at : cases(random)) {
      if (variation.change) variation.change(at);
      const AssumptionSides<Rational> sides = sides_at(at, variation);
      inspect(inspection, sides, [&] { return at.where; });
      const auto note = [](Tightness& line, const Rational& left, const Rational& right) {
        line.add(static_cast<double>(left), static_cast<double>(Rational(right - left)),
                 static_cast<double>(right));
      };
      note(second_moment, sides.second_moment, sides.second_moment_bound);
      note(next_sigma, sides.next_sigma_squared, sides.next_sigma_bound);
      outcomes += sides.outcomes;
      ++states;
    }
    return inspection.finding(fmt::format("{} states, {} outcomes; largest ratio (K2) {:.4g}, (K3) {:.4g}", states,
                                          outcomes, std::max(second_moment.ratio, 0.0),
                                          std::max(next_sigma.ratio, 0.0)));
  };
  return make_check<RowVariation<Method>>(Layer::exact, Level::exact, run, {}, std::move(mutants));
}

/// E|g|^2 and E sigma_{k+1}^2 equal their closed forms at every case.
template <class Method>
[[nodiscard]] Check closed_form_check(RowCases<Method> cases, ClosedForms<Method> closed_forms,
                                      std::vector<Mutant<RowVariation<Method>>> mutants) {
  const auto run = [cases, closed_forms](const CheckContext& context, const RowVariation<Method>& variation) {
    Seeded random = context.random("closed form");
    Inspection inspection;
    for (RowCase<Method>& at : cases(random)) {
      const auto [second_moment, next_sigma] = closed_forms(at);
      if (variation.change) variation.change(at);
      const AssumptionSides<Rational> sides = sides_at(at, variation);
      inspection.equal(sides.second_moment, second_moment, [&] { return at.where + " E|g|^2"; });
      inspection.equal(sides.next_sigma_squared, next_sigma, [&] { return at.where + " E sigma+^2"; });
    }
    return inspection.finding(fmt::format("{} equalities", inspection.comparisons()));
  };
  return make_check<RowVariation<Method>>(Layer::exact, Level::exact, run, {}, std::move(mutants));
}

/// The theorem's bound on E[V^k], k = 0, ..., steps, from the second moments: enclosed by intervals with 200 digits,
/// and exact for the first few k.
struct RateSettings {
  Index steps = 200;
  Index exact_steps = 6;
};

/// In coordinates relative to the solution: there nothing cancels while V shrinks, and enclosures stay relative to V.
template <class Method>
[[nodiscard]] SecondMoments second_moments_of(const RowCase<Method>& at, const RowVariation<Method>& variation,
                                              Seeded& random) {
  using State = typename Method::State;
  const Vector<Rational> center = coordinates<Rational>(at.solution);
  const auto state_at = [&at, center](const Vector<Rational>& z) {
    return with_coordinates(at.state, Vector<Rational>(center + z));
  };
  const auto outcomes = [&](const Vector<Rational>& z) {
    const State state = state_at(z);
    std::vector<std::pair<Rational, Vector<Rational>>> law;
    for_each_outcome<Rational>([&](auto& source) { return varied_step(at, variation, state, source); },
                               [&](const Rational& p, const State& next) {
                                 law.emplace_back(p, Vector<Rational>(coordinates<Rational>(next) - center));
                               });
    return law;
  };
  const auto V = [&](const Vector<Rational>& z) {
    const State state = state_at(z);
    return Rational((state.x - at.x_star).squaredNorm() +
                    at.M * at.method.gamma * at.method.gamma * sigma_squared_at(at, state));
  };
  const Index size = center.size();
  return {outcomes, V, size, {random_vector(random, size), random_vector(random, size)}};
}

template <class Method>
[[nodiscard]] Check rate_check(RowCases<Method> cases, std::vector<Mutant<RowVariation<Method>>> mutants,
                               RateSettings settings = {}) {
  const auto run = [cases, settings](const CheckContext& context, const RowVariation<Method>& variation) {
    using Enclosure = Interval<200>;
    Seeded random = context.random("rate");
    Inspection inspection;
    std::size_t instances = 0;
    for (RowCase<Method>& at : cases(random)) {
      if (variation.change) variation.change(at);
      const Rational gamma = at.method.gamma;
      const Rational mu = at.f.constants().mu * variation.mu_factor;
      const auto factors = contraction_factors(at.row, gamma, mu, at.M);
      const auto gaps = contraction_gaps(at.row, gamma, mu, at.M);
      const Rational q = *std::max_element(factors.begin(), factors.end());
      const Rational floor = noise(at.row, gamma, at.M) / *std::min_element(gaps.begin(), gaps.end());
      const SecondMoments moments = second_moments_of(at, variation, random);
      const Vector<Rational> start = coordinates<Rational>(at.state) - coordinates<Rational>(at.solution);
      const std::vector<Rational> exact = moments.exact(start, settings.exact_steps);
      const auto enclosed = moments.enclosed<200>(start, settings.steps);
      Rational power = q;
      for (Index k = 1; k <= settings.exact_steps; ++k, power *= q)
        inspection.less_equal(exact[static_cast<std::size_t>(k)], Rational(power * exact.front() + floor),
                              [&] { return fmt::format("{} E V^{}", at.where, k); });
      Enclosure enclosed_power = convert<Enclosure>(power);
      for (Index k = settings.exact_steps + 1; k <= settings.steps; ++k, enclosed_power *= convert<Enclosure>(q))
        inspection.less_equal(
            enclosed[static_cast<std::size_t>(k)],
            Enclosure(enclosed_power * convert<Enclosure>(exact.front()) + convert<Enclosure>(floor)),
            [&] { return fmt::format("{} E V^{}", at.where, k); });
      ++instances;
    }
    return inspection.finding(fmt::format("{} instances, every k <= {} (exact to k = {}, then enclosed)", instances,
                                          settings.steps, settings.exact_steps));
  };
  return make_check<RowVariation<Method>>(Layer::moments, Level::certified, run, {}, std::move(mutants));
}

}  // namespace touchstone::inline v0
